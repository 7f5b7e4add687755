/** What a masked layer computes with, seen from below: the kernels that tfjs runs, and the operations that TensorFlow is asked for. */
import type { Rank, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import * as optimizers from '../optimizers/index.js';
import { tf } from '../tf/index.js';
import { maskedConv2d, maskedDense } from './index.js';
import { maskedMatMul, weightGradientOf } from './masked-mat-mul.js';

/** tfjs's kernels and TensorFlow's operations that multiply matrices or convolve. */
const DENSE = /^(?!Masked).*(MatMul|Einsum|Conv2D|Conv3D)/;

interface Native {
  binding?: { executeOp(name: string, ...rest: unknown[]): unknown };
}

/** Every kernel that runs meanwhile, and on tensorflow every operation that its library is asked for. */
async function namesDuring(run: () => void | Promise<void>): Promise<string[]> {
  const backend = tf.backend() as unknown as Native;
  const { binding } = backend;
  const operations: string[] = [];
  // The binding's own members cannot be replaced.
  if (binding) backend.binding = Object.create(binding, { executeOp: { value: (name: string, ...rest: unknown[]) => (operations.push(name), binding.executeOp(name, ...rest)) } }) as typeof binding;
  try {
    const { kernelNames } = await tf.profile(run);
    expect(operations.length > 0, 'operations of TensorFlow were seen').toBe(binding !== undefined);
    return [...kernelNames, ...operations];
  } finally {
    if (binding) backend.binding = binding;
  }
}

const dense = (names: readonly string[]) => [...new Set(names)].filter((name) => DENSE.test(name)).sort();

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('a dense layer is seen to multiply matrices: the observation works', async () => {
    const layer = tf.layers.dense({ units: 2, inputShape: [3] });
    const names = await namesDuring(() => tf.tidy(() => void tf.grad((x: Tensor) => (layer.apply(x) as Tensor).sum())(tf.ones([4, 3]))));
    // The last is TensorFlow's own name.
    expect(dense(names)).toEqual(expect.arrayContaining(['BatchMatMul', '_FusedMatMul', ...(backend === 'tensorflow' ? ['BatchMatMulV2'] : [])]));
  });

  it.each([
    ['maskedDense', () => maskedDense({ connections: masks.random(6, 5, { density: 0.3, seed: 1 }), inputShape: [6], activation: 'tanh', kernelRegularizer: 'l1l2', kernelConstraint: 'maxNorm', biasMask: [1, 0, 1, 1, 1] }), [6], [5]],
    ['maskedConv2d', () => maskedConv2d({ connections: masks.random(2, 3, { density: 0.5, seed: 1 }), kernelSize: 3, inputShape: [5, 5, 2], activation: 'relu' }), [5, 5, 2], [3, 3, 3]],
  ] as const)('%s: no product of matrices in its output, its gradients, fit and predict', async (_name, build, inputShape, outputShape) => {
    const layer = build();
    const model = tf.sequential({ layers: [layer] });
    model.compile({ optimizer: optimizers.adam({ weightDecay: 0.01, clipNorm: 1 }), loss: 'meanSquaredError' });
    const x = tf.randomNormal([8, ...inputShape], 0, 1, 'float32', 1);
    const y = tf.randomNormal([8, ...outputShape], 0, 1, 'float32', 2);
    const names = await namesDuring(async () => {
      tf.tidy(() => void tf.grad((input: Tensor) => (layer.apply(input) as Tensor).square().sum())(x));
      await model.fit(x, y, { epochs: 2, batchSize: 4, verbose: 0 });
      tf.dispose(model.predict(x));
    });
    expect(names).toEqual(expect.arrayContaining(['MaskedMatMul', 'MaskedMatMulInputGradient', 'MaskedMatMulWeightGradient']));
    expect(dense(names)).toEqual([]);
  });

  // Each kernel is linear in either input, so a central difference has no error but rounding, however long its step.
  it('the three kernels of the masked product and their gradients agree with finite differences', () => tf.tidy(() => {
    const mask = masks.random(5, 4, { density: 0.5, seed: 3 });
    const [x, dy] = [tf.randomNormal<Rank.R2>([3, 5], 0, 1, 'float32', 1), tf.randomNormal<Rank.R2>([3, 4], 0, 1, 'float32', 2)];
    const weights = tf.randomNormal<Rank.R1>([mask.nnz], 0, 1, 'float32', 4);
    const inputGradient = (d: Tensor, w: Tensor) => tf.grad((a: Tensor) => maskedMatMul(a as Tensor2D, w as Tensor1D, mask))(x, d);
    const kernels: [string, (a: Tensor, b: Tensor) => Tensor, Tensor, Tensor][] = [
      ['product', (a, b) => maskedMatMul(a as Tensor2D, b as Tensor1D, mask), x, weights],
      ['input gradient', inputGradient, dy, weights],
      ['weight gradient', (a, b) => weightGradientOf(a as Tensor2D, b as Tensor2D, mask), x, dy],
    ];
    for (const [name, kernel, a, b] of kernels) {
      const weigh = tf.randomNormal(kernel(a, b).shape, 0, 1, 'float32', 5);
      const loss = (...inputs: Tensor[]) => tf.mul(kernel(inputs[0]!, inputs[1]!), weigh).sum();
      const analytic = tf.grads(loss)([a, b]);
      [a, b].forEach((input, which) => {
        const want = analytic[which]!.dataSync();
        const base = Float32Array.from(input.dataSync());
        base.forEach((_, n) => {
          const moved = (by: number) => {
            const other = tf.tensor(base.map((value, i) => (i === n ? value + by : value)), input.shape);
            return (which === 0 ? loss(other, b) : loss(a, other)).dataSync()[0]!;
          };
          const slope = (moved(1) - moved(-1)) / 2;
          expect(Math.abs(slope - want[n]!), `${name}, input ${which}[${n}]: ${slope} and ${want[n]}`).toBeLessThan(1e-5);
        });
      });
    }
    return undefined as never;
  }));

  it('training holds no tensor, nor does it without any connection, where the output is the bias', async () => {
    for (const connections of [masks.random(6, 5, { density: 0.3, seed: 1 }), Mask.from((): boolean => false, { shape: [6, 5] })]) {
      const layer = maskedDense({ connections, inputShape: [6], biasInitializer: 'ones' });
      const model = tf.sequential({ layers: [layer] });
      model.compile({ optimizer: optimizers.adam(), loss: 'meanSquaredError' });
      const [x, y] = [tf.randomNormal([8, 6], 0, 1, 'float32', 1), tf.zeros([8, 5])];
      await model.fit(x, y, { epochs: 1, verbose: 0 });
      const before = tf.memory().numTensors;
      await model.fit(x, y, { epochs: 20, batchSize: 4, verbose: 0 });
      expect(tf.memory().numTensors).toBe(before);
      if (connections.nnz > 0) continue;
      const output = tf.tidy(() => Array.from((model.predict(x) as Tensor).dataSync()));
      const [, bias] = layer.getWeights();
      expect(output.slice(0, 5)).toEqual([...bias!.dataSync()]);
      expect([...layer.getWeights()[0]!.dataSync()].every((value) => Object.is(value, 0))).toBe(true);
    }
  });
});
