/** Where tfjs's derivatives and Keras' differ, and whose a model has. (Whole networks: the fixtures l1-at-zero-… and selu-dead-unit.) */
import type { SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { maskedConv2d, maskedDense } from './index.js';

await ready;
const data = (tensor: Tensor) => Array.from(tensor.dataSync());
const l1 = () => tf.regularizers.l1({ l1: 0.5 });
const stock = (config: object = {}) => tf.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelInitializer: 'zeros', kernelRegularizer: l1(), ...config });
const masked = () => maskedDense({ connections: [[1]], useBias: false, kernelInitializer: 'ones' });

/** The kernel of the first layer after one step of rate 1 on inputs of 0, which the penalty alone moves. */
async function afterStep(layers: ReturnType<typeof stock>[], optimizer: unknown): Promise<number[]> {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: optimizer as 'sgd', loss: 'meanSquaredError' });
  await model.trainOnBatch(tf.zeros([1, 2]), tf.zeros([1, 1]));
  return data(model.layers[0]!.getWeights()[0]!);
}

describe("L1 at a weight of exactly 0 in tfjs's own layers", () => {
  it.each([
    ['of a model with a masked layer, with an optimizer of tf.train', () => afterStep([stock(), masked() as never], tf.train.sgd(1)), [0, 0]],
    ['of a model that an optimizer of ours trains', () => afterStep([stock()], optimizers.sgd({ learningRate: 1 })), [0, 0]],
    ['in a model within such a model', () => afterStep([tf.sequential({ layers: [stock()] }) as never, masked() as never], tf.train.sgd(1)), [0, 0]],
    ['of any other model, which stays as tfjs has it', () => afterStep([stock()], tf.train.sgd(1)), [0.5, 0.5]],
    ['where weights are not 0', () => afterStep([stock({ kernelInitializer: 'ones' }), masked() as never], tf.train.sgd(1)), [0.5, 0.5]],
  ] as const)('%s', async (_name, step, kernel) => expect(await step()).toEqual(kernel));

  it('the value is the same, and a model that is not compiled has penalties, too', () => {
    const input = tf.input({ shape: [2] });
    const model = tf.model({ inputs: input, outputs: masked().apply(stock({ kernelInitializer: 'ones' }).apply(input)) as SymbolicTensor });
    expect(model.calculateLosses().map(data)).toEqual([[1]]);
  });

  it('a bias of a masked layer, masked or not', async () => {
    for (const biasMask of [null, [1, 0]]) {
      const layer = maskedDense({ connections: [[1, 1]], inputShape: [1], biasMask, biasRegularizer: l1() });
      const model = tf.sequential({ layers: [layer] });
      model.compile({ optimizer: tf.train.sgd(1), loss: 'meanSquaredError' });
      await model.trainOnBatch(tf.zeros([1, 1]), tf.zeros([1, 2]));
      expect(data(layer.getWeights()[1]!)).toEqual([0, 0]);
    }
  });
});

describe.each(BACKENDS)('activations at their kinks on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  const at = [-2, 0, 3, 6, 7];
  /** Values and slopes of a layer that hands its input to its activation. */
  const through = (activation: string) => {
    const layer = maskedDense({ connections: [[1]], useBias: false, kernelInitializer: 'ones', activation: activation as 'relu' });
    const x = tf.tensor2d(at, [5, 1]);
    return [data(layer.apply(x) as Tensor), data(tf.grad((t: Tensor) => (layer.apply(t) as Tensor).sum())(x))] as const;
  };
  const scale = 1.0507;

  it.each([
    // tf.grad of tf.selu at 0 is 1.7581, of tf.relu6 at 6 it is 1.
    ['selu', [scale * 1.6733 * (Math.exp(-2) - 1), 0, 3 * scale, 6 * scale, 7 * scale], [scale * 1.6733 * Math.exp(-2), scale, scale, scale, scale]],
    ['relu6', [0, 0, 3, 6, 6], [0, 0, 1, 0, 0]],
    ['relu', [0, 0, 3, 6, 7], [0, 0, 1, 1, 1]],
    ['elu', [Math.exp(-2) - 1, 0, 3, 6, 7], [Math.exp(-2), 1, 1, 1, 1]],
  ])("%s has TensorFlow's slopes", (name, values, slopes) => {
    const [got, gotSlopes] = through(name);
    got.forEach((value, k) => expect(value).toBeCloseTo(values[k]!, 4));
    gotSlopes.forEach((slope, k) => expect(slope).toBeCloseTo(slopes[k]!, 4));
  });

  it('NaN stays NaN, and convolutions have them as well', () => {
    expect(data(maskedDense({ connections: [[1]], activation: 'selu' }).apply(tf.tensor2d([[NaN]])) as Tensor)).toEqual([NaN]);
    const conv = maskedConv2d({ kernelSize: 1, connections: [[1]], kernelInitializer: 'ones', activation: 'relu6' });
    expect(data(tf.grad((t: Tensor) => (conv.apply(t) as Tensor).sum())(tf.fill([1, 1, 1, 1], 6)))).toEqual([0]);
  });
});
