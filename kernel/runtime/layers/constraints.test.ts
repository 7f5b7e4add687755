import type { Optimizer, Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import { maskedDense, type MaskedDense, type MaskedDenseConfig } from './index.js';

await ready;

/** The last column is empty. */
const A = [[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 1, 0]];
const data = (tensor: Tensor) => Array.from(tensor.dataSync());
const columns = (layer: MaskedDense) => {
  const kernel = layer.getWeights()[0]!;
  return kernel.transpose().arraySync() as number[][];
};
const norms = (layer: MaskedDense) => columns(layer).map((column) => Math.hypot(...column));
afterEach(() => vi.restoreAllMocks());

function build(config: Partial<MaskedDenseConfig>, optimizer: Optimizer = tf.train.sgd(0.3)) {
  const layer = maskedDense({ connections: A, inputShape: [3], kernelInitializer: tf.initializers.randomNormal({ stddev: 2, seed: 3 }), ...config });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return { layer, model };
}
const x = () => tf.randomNormal([16, 3], 0, 1, 'float32', 1);
const y = () => tf.randomNormal([16, 4], 0, 3, 'float32', 2);

const OPTIMIZERS: [string, () => Optimizer][] = [
  ['sgd', () => tf.train.sgd(0.3)],
  ['momentum', () => tf.train.momentum(0.1, 0.9)],
  ['adam', () => tf.train.adam(0.2)],
  ['adamax', () => tf.train.adamax(0.2)],
  ['rmsprop', () => tf.train.rmsprop(0.1)],
  ['adagrad', () => tf.train.adagrad(0.3)],
  ['adadelta', () => tf.train.adadelta(1)],
];

describe.each(BACKENDS)('case 11: constraints on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(OPTIMIZERS)('unitNorm holds after fit with %s: columns of norm 1, the empty one stays 0, no NaN', async (_name, optimizer) => {
    const { layer, model } = build({ kernelConstraint: 'unitNorm' }, optimizer());
    await model.fit(x(), y(), { epochs: 3, batchSize: 8, verbose: 0 });
    norms(layer).forEach((norm, j) => expect(norm).toBeCloseTo(j < 3 ? 1 : 0, 5));
    expect(columns(layer)[3]!.every((weight) => Object.is(weight, 0))).toBe(true);
  });

  it('maxNorm, nonNeg and minMaxNorm hold after train, and the loss still falls', async () => {
    const bounds: [MaskedDenseConfig['kernelConstraint'], (norm: number, column: number[]) => boolean][] = [
      [tf.constraints.maxNorm({ maxValue: 0.5 }), (norm) => norm <= 0.5 + 1e-6],
      ['nonNeg', (_norm, column) => column.every((weight) => weight >= 0)],
      [tf.constraints.minMaxNorm({ minValue: 0.7, maxValue: 0.8 }), (norm) => norm >= 0.7 - 1e-6 && norm <= 0.8 + 1e-6],
    ];
    for (const [kernelConstraint, holds] of bounds) {
      const { layer, model } = build({ kernelConstraint: kernelConstraint! });
      const run = await train(model, x(), y(), { epochs: 5, batchSize: 4, seed: 1 });
      columns(layer).slice(0, 3).forEach((column) => expect(holds(Math.hypot(...column), column), String(column)).toBe(true));
      expect(run.history['loss']!.at(-1)).toBeLessThan(run.history['loss']![0]!);
    }
  });

  it('is one step of the optimizer, then the constraint: Keras’ formula on live weights', async () => {
    const free = build({});
    const bound = build({ kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.5, maxValue: 1, rate: 0.25 }) });
    bound.layer.setWeights(free.layer.getWeights());
    for (const { model } of [free, bound]) await model.fit(x(), y(), { epochs: 1, batchSize: 16, shuffle: false, verbose: 0 });
    const want = columns(free.layer).map((column) => {
      const norm = Math.hypot(...column);
      const desired = 0.25 * Math.min(1, Math.max(0.5, norm)) + 0.75 * norm;
      return column.map((weight) => (weight * desired) / (1e-7 + norm));
    });
    columns(bound.layer).forEach((column, j) => column.forEach((weight, i) => expect(weight).toBeCloseTo(want[j]![i]!, 5)));
  });

  it('leaks no tensor', async () => {
    const { model } = build({ kernelConstraint: 'unitNorm', biasConstraint: 'nonNeg' }, tf.train.adam(0.1));
    const [a, b] = [x(), y()];
    await model.fit(a, b, { epochs: 1, verbose: 0 });
    const before = tf.memory();
    await model.fit(a, b, { epochs: 20, verbose: 0 });
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });
});

it('case 11: a bias is one vector to its norm, as in Keras; a masked bias stays 0', async () => {
  for (const biasMask of [undefined, [1, 0, 1, 0]]) {
    const { layer, model } = build({ biasConstraint: 'unitNorm', biasInitializer: 'ones', ...(biasMask && { biasMask }) });
    await model.fit(x(), y(), { epochs: 2, verbose: 0 });
    const bias = data(layer.getWeights()[1]!);
    expect(Math.hypot(...bias)).toBeCloseTo(1, 5);
    expect(bias.map((value) => Object.is(value, 0))).toEqual(biasMask ? [false, true, false, true] : [false, false, false, false]);
  }
});

it('case 11: acts in a loop of one’s own, by minimize and by applyGradients', () => {
  const { layer, model } = build({ kernelConstraint: 'unitNorm' });
  const loss = () => tf.losses.meanSquaredError(y(), model.apply(x()) as Tensor).asScalar();
  tf.tidy(() => void tf.train.sgd(0.1).minimize(loss));
  norms(layer).slice(0, 3).forEach((norm) => expect(norm).toBeCloseTo(1, 5));
  layer.setWeights([tf.fill([3, 4], 9), tf.zeros([4])]);
  tf.tidy(() => tf.train.adam(0.1).applyGradients(tf.variableGrads(loss).grads as never));
  norms(layer).slice(0, 3).forEach((norm) => expect(norm).toBeCloseTo(1, 5));
});

it('case 11: leaves alone what is set, loaded or frozen, as Keras does', async () => {
  const layer = maskedDense({ connections: A, inputShape: [3], kernelConstraint: 'unitNorm', trainable: false });
  const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 4 })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  layer.setWeights([tf.fill([3, 4], 9), tf.zeros([4])]);
  expect([...layer.liveWeights()].every((weight) => weight === 9)).toBe(true);
  await model.fit(x(), y(), { epochs: 1, verbose: 0 });
  expect([...layer.liveWeights()].every((weight) => weight === 9)).toBe(true);
});

class Symmetric extends tf.serialization.Serializable {
  static readonly className = 'Symmetric';
  getConfig() {
    return {};
  }
  apply(weights: Tensor): Tensor {
    return tf.div(tf.add(weights, tf.transpose(weights)), 2);
  }
}
tf.serialization.registerClass(Symmetric);

it('case 11: a constraint of one’s own sees the dense kernel, and is saved when it is a registered class', async () => {
  const seen: number[][] = [];
  const connections = [[1, 1, 0], [1, 1, 0], [0, 0, 1]];
  const spy = { apply: (weights: Tensor) => { seen.push(weights.shape); return tf.mul(weights, 0.5); } };
  const config = { connections, inputShape: [3], kernelInitializer: 'glorotUniform' as const };
  const own = tf.sequential({ layers: [maskedDense({ ...config, kernelConstraint: spy })] });
  own.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
  const before = (own.layers[0] as MaskedDense).liveWeights();
  await own.fit(x(), tf.zeros([16, 3]), { epochs: 1, batchSize: 16, verbose: 0 });
  expect(seen).toEqual([[3, 3]]);
  expect([...(own.layers[0] as MaskedDense).liveWeights()]).toEqual([...before].map((weight) => weight / 2));
  expect(() => own.toJSON()).toThrow(/kernelConstraint is an Object, which cannot be saved.*registerClass/);

  const layer = maskedDense({ ...config, kernelConstraint: new Symmetric() });
  const model = tf.sequential({ layers: [layer] });
  const copy = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string) as never);
  copy.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await copy.fit(x(), tf.zeros([16, 3]), { epochs: 1, verbose: 0 });
  const kernel = copy.getWeights()[0]!.arraySync() as number[][];
  expect(kernel[0]![1]).toBe(kernel[1]![0]);
  expect(kernel[0]![1]).not.toBe(0);
});

it('case 11: names and arguments of constraints survive saving', async () => {
  const { model } = build({ kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.25 }), biasConstraint: 'nonNeg' });
  const copy = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string) as never);
  copy.compile({ optimizer: tf.train.sgd(1), loss: 'meanSquaredError' });
  await copy.fit(x(), y(), { epochs: 2, verbose: 0 });
  norms(copy.layers[0] as MaskedDense).forEach((norm) => expect(norm).toBeLessThanOrEqual(0.25 + 1e-6));
  expect(data(copy.getWeights()[1]!).every((value) => value >= 0)).toBe(true);
});

it('case 11: a norm by input (axis 1) works on the dense kernel; what is no constraint is refused', async () => {
  const { layer, model } = build({ kernelConstraint: tf.constraints.unitNorm({ axis: 1 }) });
  await model.fit(x(), y(), { epochs: 1, verbose: 0 });
  (layer.getWeights()[0]!.arraySync() as number[][]).forEach((row) => expect(Math.hypot(...row)).toBeCloseTo(1, 5));
  expect(() => maskedDense({ connections: A, kernelConstraint: 3 as never })).toThrow(/maskedDense: kernelConstraint is 3, expected 'maxNorm'/);
  expect(() => maskedDense({ connections: A, biasConstraint: {} })).toThrow(/maskedDense: biasConstraint is an Object/);
  const wrong = build({ kernelConstraint: { apply: () => tf.zeros([2, 2]) } });
  await expect(wrong.model.fit(x(), y(), { verbose: 0 })).rejects.toThrow(/the constraint Object: a value of shape \[2, 2\] was given, but the weight has shape \[3, 4\]/);
});

it('case 10: an L1 penalty leaves a live weight of exactly 0 alone, as in Keras, and counts live weights only', async () => {
  const layer = maskedDense({ connections: A, inputShape: [3], useBias: false, kernelRegularizer: tf.regularizers.l1l2({ l1: 0.5, l2: 0.25 }), weights: [tf.tensor2d([[2, 9, 0, 9], [9, -1, 0, 9], [0, 0, 0, 9]])] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  const loss = model.evaluate(tf.zeros([1, 3]), tf.zeros([1, 4]), { verbose: 0 });
  // tfjs's evaluate leaves penalties out; the first loss of fit has them: 0.5 (2 + 1) + 0.25 (4 + 1).
  expect(data(loss as Tensor)).toEqual([0]);
  const { history } = await model.fit(tf.zeros([1, 3]), tf.zeros([1, 4]), { epochs: 1, verbose: 0 });
  expect(history['loss']![0]).toBeCloseTo(2.75, 6);
  const after = data(layer.getWeights()[0]!);
  const want = [2 - 0.1 * (0.5 + 1), 0, 0, 0, 0, -1 + 0.1 * (0.5 + 0.5), 0, 0, 0, 0, 0, 0];
  after.forEach((weight, k) => expect(weight).toBeCloseTo(want[k]!, 6));
});
