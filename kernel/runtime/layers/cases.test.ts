import type { Rank, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import { maskedConv2d, maskedDense, type MaskedDense } from './index.js';

await ready;
const A = [[1, 0], [0, 1], [1, 1]];
const data = (tensor: Tensor | Tensor[]) => Array.from((tensor as Tensor).dataSync());
const x = () => tf.randomNormal<Rank.R2>([12, 3], 0, 1, 'float32', 1);
const y = () => tf.randomNormal<Rank.R2>([12, 2], 0, 1, 'float32', 2);
const mse = (a: Tensor, b: Tensor) => data(tf.losses.meanSquaredError(a, b))[0]!;

describe.each(BACKENDS)('masked layers on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  /** What the layer must output, from its dense kernel. */
  const dense = (layer: MaskedDense, input: Tensor): Tensor => {
    const [kernel, bias] = layer.getWeights();
    return tf.add(tf.matMul(input as never, kernel as never), bias!);
  };

  it('case 3: a call changes no weight and returns a tensor; the weights are the same objects before and after', () => {
    const layer = maskedDense({ connections: A, inputShape: [3] });
    const first = layer.apply(x()) as Tensor;
    const [objects, values] = [layer.weights.map((variable) => variable.read()), layer.getWeights().map(data)];
    const second = layer.apply(x()) as Tensor;
    expect(first).toBeInstanceOf(tf.Tensor);
    expect(data(first)).toEqual(data(second));
    expect(layer.weights.map((variable) => variable.read())).toEqual(objects);
    expect(layer.getWeights().map(data)).toEqual(values);
  });

  it('case 12: is masked before any fit: weights, prediction, evaluation and the first loss', async () => {
    const layer = maskedDense({ connections: A, inputShape: [3], biasInitializer: 'ones' });
    const model = tf.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const kernel = layer.getWeights()[0]!.arraySync() as number[][];
    expect([kernel[0]![1], kernel[1]![0]]).toEqual([0, 0]);
    const want = dense(layer, x());
    data(model.predict(x())).forEach((value, k) => expect(value).toBeCloseTo(data(want)[k]!, 5));
    const loss = mse(y(), want);
    expect(data(model.evaluate(x(), y(), { verbose: 0 }) as Tensor)[0]).toBeCloseTo(loss, 5);
    expect((await train(model, x(), y(), { batchSize: 12 })).steps[0]).toBeCloseTo(loss, 5);
  });

  it('case 13: what is evaluated after the last step is the masked network', async () => {
    const layer = maskedDense({ connections: A, inputShape: [3], kernelRegularizer: tf.regularizers.l1l2({ l1: 0.01, l2: 0.01 }) });
    const model = tf.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.momentum(0.1, 0.9), loss: 'meanSquaredError' });
    await train(model, x(), y(), { epochs: 5, batchSize: 4 });
    expect(data(model.evaluate(x(), y(), { verbose: 0 }) as Tensor)[0]).toBeCloseTo(mse(y(), dense(layer, x())), 5);
  });

  it.each([
    ['one live weight', [[0, 0], [0, 1], [0, 0]]],
    ['a row of 0', [[0, 0], [1, 1], [1, 0]]],
    ['a column of 0', [[1, 0], [1, 0], [1, 0]]],
    ['one input', [[1, 0, 1]]],
    ['one output', [[1], [0], [1]]],
    ['one of each', [[1]]],
  ])('case 6: %s', (_name, connections) => {
    const layer = maskedDense({ connections, biasInitializer: 'ones' });
    const input = tf.randomNormal<Rank.R2>([7, connections.length], 0, 1, 'float32', 3);
    const got = data(layer.apply(input) as Tensor);
    data(dense(layer, input)).forEach((value, k) => expect(got[k]).toBeCloseTo(value, 5));
    expect(data(tf.grad((t: Tensor) => (layer.apply(t) as Tensor).sum())(input)).every(Number.isFinite)).toBe(true);
  });

  it('case 17: agrees with a float64 product to the rounding of float32', () => {
    const layer = maskedDense({ connections: masks.random(50, 20, { density: 0.3, seed: 2 }), kernelInitializer: 'randomNormal', biasInitializer: 'randomNormal' });
    const input = tf.randomNormal<Rank.R2>([9, 50], 0, 1, 'float32', 4);
    const got = (layer.apply(input) as Tensor).arraySync() as number[][];
    const [kernel, bias] = layer.getWeights().map((weights) => weights.arraySync()) as [number[][], number[]];
    input.arraySync().forEach((row, b) => bias.forEach((start, j) => {
      const want = row.reduce((sum, value, i) => sum + value * kernel[i]![j]!, start);
      expect(Math.abs(got[b]![j]! - want)).toBeLessThanOrEqual(2 ** -23 * Math.max(1, Math.abs(want)));
    }));
  });

  it('case 17: -0 and denormal weights and inputs count as what they are', () => {
    const tiny = 1e-40;
    const layer = maskedDense({ connections: A, inputShape: [3], useBias: false, weights: [tf.tensor2d([[-0, 9], [9, tiny], [1, -1]])] });
    tf.sequential({ layers: [layer] });
    expect([...layer.liveWeights()]).toEqual([-0, Math.fround(tiny), 1, -1]);
    expect(data(layer.apply(tf.tensor2d([[5, 1, 0], [5, 1, -0]])) as Tensor).map(Math.abs)).toEqual([0, Math.fround(tiny), 0, Math.fround(tiny)]);
    // Terms that cancel leave an error of the size of their last place, not of the result's.
    const sum = maskedDense({ connections: [[1], [1], [1]], useBias: false, kernelInitializer: 'ones' });
    expect(Math.abs(data(sum.apply(tf.tensor2d([[1e4, 1, -1e4]])) as Tensor)[0]! - 1)).toBeLessThan(2 ** -23 * 2e4);
  });
});

it('case 18: 100,000 × 100,000 with fan-in 4: mask and layer within 2 s and 100 MB; with Adam some bytes a connection', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numBytes;
  const used = () => { const { heapUsed, arrayBuffers } = process.memoryUsage(); return heapUsed + arrayBuffers; };
  // Time of this process, which others on the machine do not lengthen. Nothing is collected in between: what is measured is more than what is held.
  const [cpu, memory] = [process.cpuUsage(), used()];
  const connections = masks.fixedFanIn(100_000, 100_000, { fanIn: 4, seed: 1 });
  const layer = maskedDense({ connections, inputShape: [100_000] });
  const model = tf.sequential({ layers: [layer] });
  const { user, system } = process.cpuUsage(cpu);
  // 0.5 s and 15 MB on two cores; a dense kernel would be 40 GB.
  expect((user + system) / 1e6, 'seconds').toBeLessThan(2);
  expect((used() - memory) / 1e6, 'megabytes').toBeLessThan(100);
  expect([layer.countParams(), layer.mask.nnz]).toEqual([500_000, 400_000]);
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
  await model.fit(tf.ones([2, 100_000]), tf.ones([2, 100_000]), { epochs: 1, verbose: 0 });
  // Weights and two slots of 4 bytes each, and the four tensors of data above.
  expect(tf.memory().numBytes - before).toBeLessThan(3 * 4 * 500_000 + 2 * 4 * 200_000 + 10_000);
});

it('case 22: its dense weights in a stock layer, and those back in a masked one, give the same output', async () => {
  const config = { inputShape: [3], activation: 'tanh' as const };
  const layer = maskedDense({ ...config, connections: A, biasMask: [0, 1], biasInitializer: 'ones' });
  const stock = tf.layers.dense({ ...config, units: 2 });
  const again = maskedDense({ ...config, connections: A, biasMask: [0, 1] });
  const [from, plain, to] = [layer, stock, again].map((each) => tf.sequential({ layers: [each] }));
  plain!.setWeights(from!.getWeights());
  to!.setWeights(plain!.getWeights());
  const want = data(from!.predict(x()));
  data(plain!.predict(x())).forEach((value, k) => expect(value).toBeCloseTo(want[k]!, 5));
  expect(data(to!.predict(x()))).toEqual(want);
});

it('case 23: two layers that share a mask train apart', async () => {
  const shared = Mask.from(A);
  const [first, second] = [maskedDense({ connections: shared, inputShape: [3], name: 'first' }), maskedDense({ connections: shared, inputShape: [3], name: 'second' })];
  const [model] = [first, second].map((layer) => tf.sequential({ layers: [layer] }));
  const before = second.liveWeights();
  model!.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model!.fit(x(), y(), { verbose: 0 });
  expect([...second.liveWeights()]).toEqual([...before]);
  expect([first.mask, second.mask, shared.toArray()]).toEqual([shared, shared, A]);
});

it('case 23: what the caller does to its array afterwards does not matter; a clone has weights of its own', async () => {
  const connections = A.map((row) => [...row]);
  const layer = maskedDense({ connections, inputShape: [3], name: 'wired' });
  const model = tf.sequential({ layers: [layer] });
  connections[0]![1] = 1;
  expect(layer.mask.equals(Mask.from(A))).toBe(true);
  const copy = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string) as never);
  copy.setWeights(model.getWeights());
  (copy.layers[0] as MaskedDense).updateMask(masks.empty(3, 2));
  expect(layer.mask.equals(Mask.from(A))).toBe(true);
  expect(layer.liveWeights().some((weight) => weight !== 0)).toBe(true);
});

it('case 27: an output of a convolution behind a convolution depends on an input exactly where the masks connect them', () => {
  const [first, second] = [masks.random(4, 5, { density: 0.3, seed: 4 }), masks.random(5, 3, { density: 0.3, seed: 5 })];
  const seeded = (seed: number) => ({ kernelInitializer: tf.initializers.randomNormal({ seed }) });
  const a = maskedConv2d({ kernelSize: 2, connections: first, ...seeded(1), activation: 'tanh' });
  const b = maskedConv2d({ kernelSize: 2, connections: second, ...seeded(2) });
  const input = tf.randomNormal<Rank.R4>([1, 3, 3, 4], 0, 1, 'float32', 6);
  const reached = Mask.from((channel, filter) => {
    const dx = tf.grad((t: Tensor) => tf.slice(b.apply(a.apply(t) as Tensor) as Tensor, [0, 0, 0, filter], [1, 1, 1, 1]).sum())(input);
    return data(tf.slice(dx, [0, 0, 0, channel], [1, 3, 3, 1])).some((value) => value !== 0);
  }, { shape: [4, 3] });
  const paths = first.then(second);
  expect(reached.equals(paths)).toBe(true);
  expect(paths.nnz).toBeGreaterThan(0);
  expect(paths.nnz).toBeLessThan(12);
});

it('case 31: five layers deep, live fans keep the scale of a signal within 4 times that of dense layers of the same fan', () => {
  const spread = (layers: { apply(input: Tensor): unknown }[]) => {
    const out = layers.reduce<Tensor>((signal, layer) => tf.relu(layer.apply(signal) as Tensor), tf.randomNormal([64, 256], 0, 1, 'float32', 1));
    return Math.sqrt(data(tf.moments(out).variance)[0]!);
  };
  const init = (seed: number) => ({ kernelInitializer: tf.initializers.heNormal({ seed }) });
  const sparse = Array.from({ length: 5 }, (_, k) => maskedDense({ connections: masks.fixedFanIn(256, 256, { fanIn: 16, seed: k + 1 }), ...init(k + 1) }));
  const full = Array.from({ length: 5 }, (_, k) => tf.layers.dense({ units: 256, ...init(k + 1) }));
  const ratio = spread(sparse) / spread(full);
  expect(ratio).toBeGreaterThan(1 / 4);
  expect(ratio).toBeLessThan(4);
  const [layer] = sparse;
  const deviation = Math.sqrt(layer!.liveWeights().reduce((sum, weight) => sum + weight * weight, 0) / layer!.mask.nnz);
  // tfjs's heNormal is a normal cut off at two deviations, which has 0.88 of the deviation.
  expect(deviation / (0.88 * Math.sqrt(2 / 16))).toBeCloseTo(1, 1);
});
