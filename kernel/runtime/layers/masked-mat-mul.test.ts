import type { Rank, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import '../models/keras/activations.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense, type MaskedDenseConfig } from './index.js';
import { maskedMatMul } from './masked-mat-mul.js';

await ready;

const data = (tensor: Tensor) => Array.from(tensor.dataSync());

/** The same product with a dense kernel, by tfjs. */
function dense(x: Tensor2D, weights: Tensor1D, mask: Mask): Tensor2D {
  if (mask.nnz === 0) return tf.zeros([x.shape[0], mask.outputs]);
  const places = mask.toEdges().map(([i, j]) => i * mask.outputs + j);
  // One place too many, since oneHot refuses a depth of 1.
  const size = mask.inputs * mask.outputs;
  const scatter = tf.oneHot(tf.tensor1d(places, 'int32'), size + 1).toFloat().slice([0, 0], [mask.nnz, size]);
  return tf.matMul(x, tf.matMul(weights.reshape([1, mask.nnz]), scatter).reshape(mask.shape));
}

describe.each(BACKENDS)('maskedMatMul on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('cases 1 and 6: agrees with the dense product in value and both gradients, whatever the batch', () => {
    const cases = fc.record({ n: fc.integer({ min: 1, max: 9 }), m: fc.integer({ min: 1, max: 9 }), density: fc.double({ min: 0, max: 1, noNaN: true }), batch: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 33), seed: fc.integer({ min: 1, max: 1e6 }) });
    fc.assert(fc.property(cases, ({ n, m, density, batch, seed }) => tf.tidy(() => {
      const mask = masks.random(n, m, { density, seed });
      const x = tf.randomNormal<Rank.R2>([batch, n], 0, 1, 'float32', seed);
      const weights = mask.nnz ? tf.randomNormal<Rank.R1>([mask.nnz], 0, 1, 'float32', seed + 1) : tf.tensor1d([], 'float32');
      const dy = tf.randomNormal<Rank.R2>([batch, m], 0, 1, 'float32', seed + 2);
      const close = (got: Tensor, want: Tensor) => {
        expect(got.shape).toEqual(want.shape);
        data(got).forEach((value, k) => expect(value).toBeCloseTo(data(want)[k]!, 4));
      };
      close(maskedMatMul(x, weights, mask), dense(x, weights, mask));
      if (mask.nnz === 0) return;
      const grads = (product: typeof dense) => tf.grads((a: Tensor, w: Tensor) => product(a as Tensor2D, w as Tensor1D, mask))([x, weights], dy);
      const [mine, theirs] = [grads(maskedMatMul), grads(dense)];
      close(mine[0]!, theirs[0]!);
      close(mine[1]!, theirs[1]!);
    })), { numRuns: 40 });
  });

  it('takes an empty batch', () => {
    const mask = masks.identity(3);
    expect(maskedMatMul(tf.zeros([0, 3]), tf.ones([3]), mask).shape).toEqual([0, 3]);
  });

  it('has gradients of any order', () => {
    const mask = Mask.from([[1, 0], [1, 1]]);
    const [x, w] = [tf.tensor2d([[0.5, -1], [2, 0.25], [1, 3]]), tf.tensor1d([1, -2, 0.5])];
    const second = (product: typeof dense) => {
      const penalty = (a: Tensor) => tf.grad((b: Tensor) => product(b as Tensor2D, w, mask).square().sum())(a).square().sum();
      const byWeights = (v: Tensor) => tf.grad((b: Tensor) => product(b as Tensor2D, v as Tensor1D, mask).square().sum())(x).square().sum();
      return [...data(tf.grad(penalty)(x)), ...data(tf.grad(byWeights)(w))];
    };
    const want = second(dense);
    second(maskedMatMul).forEach((value, k) => expect(value).toBeCloseTo(want[k]!, 3));
  });

  it('case 7: gives the mask itself as the gradient of a sum over ones', () => {
    const mask = masks.random(6, 5, { density: 0.4, seed: 2 });
    const grad = tf.grad((w: Tensor) => maskedMatMul(tf.ones([1, 6]), w as Tensor1D, mask).sum())(tf.zeros([mask.nnz]));
    expect(data(grad)).toEqual(new Array(mask.nnz).fill(1));
  });

  it('works on tensors that live on another backend', async () => {
    const other = backend === 'wasm' ? 'cpu' : 'wasm';
    await tf.setBackend(other);
    const [x, w] = [tf.tensor2d([[1, 2, 4]]), tf.ones<Rank.R1>([4])];
    await tf.setBackend(backend);
    expect(data(maskedMatMul(x, w, Mask.from([[1, 0], [0, 1], [1, 1]])))).toEqual([5, 6]);
  });
});

describe('case 30: finite differences', () => {
  it.each(['linear', 'relu', 'tanh', 'sigmoid', 'softplus', 'softsign', 'elu', 'selu', 'swish', 'gelu', 'gelu_new', 'softmax', 'logSoftmax', 'hardSigmoid', 'relu6', 'mish', 'hardSigmoidKeras3', 'hardSilu', 'leakyRelu', 'exponential'])('%s: input, live weights and bias', (activation) => {
    const mask = Mask.from([[1, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1]]);
    const config: MaskedDenseConfig = { connections: mask, activation: activation as 'relu', biasMask: [1, 0, 1], kernelInitializer: tf.initializers.randomNormal({ stddev: 0.5, seed: 11 }), biasInitializer: tf.initializers.randomNormal({ stddev: 0.5, seed: 12 }) };
    const layer = maskedDense(config);
    const x = tf.tensor2d([[0.31, -0.72, 0.53, 0.94], [-1.13, 0.24, 0.85, -0.46]]);
    const weigh = tf.tensor2d([[0.7, -1.1, 0.4], [0.3, 0.9, -0.6]]);
    layer.apply(x);
    const loss = (input: Tensor) => tf.mul(layer.apply(input) as Tensor, weigh).sum();
    const [kernel, bias] = layer.weights.map((variable) => variable.read());
    const { grads } = tf.variableGrads(() => loss(x).asScalar());
    const analytic = [tf.grad(loss)(x), ...[kernel, bias].map((v) => grads[(v as unknown as { name: string }).name]!)];
    const step = 1e-2;
    const at = (k: number, values: Float32Array) => {
      if (k === 0) return loss(tf.tensor2d(values, [2, 4])).dataSync()[0]!;
      layer.weights[k - 1]!.write(tf.tensor1d(values));
      return loss(x).dataSync()[0]!;
    };
    [x, kernel!, bias!].forEach((tensor, k) => {
      const base = Float32Array.from(tensor.dataSync());
      const want = data(analytic[k]!);
      base.forEach((_, n) => {
        const moved = (by: number) => at(k, base.map((value, i) => (i === n ? value + by : value)));
        // Fourth-order central difference: float32 leaves about three digits.
        const slope = (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
        expect(Math.abs(slope - want[n]!), `${['x', 'kernel', 'bias'][k]}[${n}]: ${slope} and ${want[n]}`).toBeLessThan(2e-3);
      });
      at(k, base);
    });
  });
});
