import { inspect } from 'node:util';
import type { Rank, Tensor, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { CustomConnected, maskedConv2d, maskedDense, MaskedDense } from './index.js';

await ready;

const A = [[1, 0], [0, 1], [1, 1]];
const data = (t: Tensor | Tensor[]) => Array.from((Array.isArray(t) ? t[0]! : t).dataSync());
const isPlusZero = (x: number) => Object.is(x, 0);

describe.each(BACKENDS)('maskedDense on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it("case 2: answers the question's arithmetic: a kernel of ones takes [1, 2, 4] to [5, 6], every time", () => {
    const layer = maskedDense({ units: 2, connections: A, inputShape: [3], kernelInitializer: 'ones' });
    const x = tf.tensor2d([[1, 2, 4]]);
    expect(data(layer.apply(x) as Tensor)).toEqual([5, 6]);
    expect(data(layer.apply(x) as Tensor)).toEqual([5, 6]);
    expect(data(CustomConnected(2, Mask.from(A), { kernelInitializer: 'ones', useBias: false }).apply(x) as Tensor)).toEqual([5, 6]);
  });

  it('case 2: the same with tanh, with and without a bias, by name and as an argument of CustomConnected', () => {
    const x = tf.tensor2d([[1, 2, 4]]);
    const [five, six] = [Math.tanh(0.5), Math.tanh(0.6)];
    const tenth = tf.initializers.constant({ value: 0.1 });
    for (const layer of [
      maskedDense({ units: 2, connections: A, activation: 'tanh', useBias: false, kernelInitializer: tenth }),
      CustomConnected(2, A, { activation: 'tanh', kernelInitializer: tenth }),
      CustomConnected(2, A, { activation: 'tanh', useBias: false, kernelInitializer: tenth }),
    ]) {
      const [a, b] = data(layer.apply(x) as Tensor);
      expect(a).toBeCloseTo(five, 6);
      expect(b).toBeCloseTo(six, 6);
    }
  });

  it('shows itself as a sentence', () => {
    const layer = maskedDense({ connections: A, inputShape: [3], name: 'wired' });
    expect(inspect(layer)).toBe('MaskedDense wired: 3×2 mask: 4 of 6 connected (66.7 %), not built yet');
    tf.sequential({ layers: [layer] });
    expect(inspect(layer)).toBe('MaskedDense wired: 3×2 mask: 4 of 6 connected (66.7 %), 6 parameters');
    expect(() => maskedDense({ connections: A }).liveWeights()).toThrow(/has no weights yet: give it an inputShape/);
  });

  it('case 18: has nnz + biases parameters, and a dense view with +0 at missing entries', () => {
    const layer = maskedDense({ units: 2, connections: A, inputShape: [3] });
    tf.sequential({ layers: [layer] });
    expect(layer.countParams()).toBe(6);
    const [kernel, bias] = layer.getWeights();
    expect(kernel!.shape).toEqual([3, 2]);
    expect(bias!.shape).toEqual([2]);
    const values = data(kernel!);
    expect([values[1]!, values[2]!].every(isPlusZero)).toBe(true);
    expect([values[0], values[3], values[4], values[5]]).toEqual([...layer.liveWeights()]);
  });

  it('case 14: masks what setWeights is given, drops NaN at missing entries, and refuses wrong shapes with nothing set', () => {
    const layer = maskedDense({ connections: A, inputShape: [3] });
    const model = tf.sequential({ layers: [layer] });
    layer.setWeights([tf.tensor2d([[1, NaN], [Infinity, 2], [3, 4]]), tf.tensor1d([7, 8])]);
    expect([...layer.liveWeights()]).toEqual([1, 2, 3, 4]);
    expect(data(layer.getWeights()[0]!)).toEqual([1, 0, 0, 2, 3, 4]);
    expect(() => layer.setWeights([tf.ones([2, 3]), tf.zeros([2])])).toThrow(/weight 0 has shape \[2, 3\], expected .*kernel \[3, 2\]/);
    expect(() => layer.setWeights([tf.ones([3, 2])])).toThrow(/1 weights were given, it has 2/);
    expect(() => layer.setWeights([tf.zeros([3, 2]), tf.zeros([3])])).toThrow(/weight 1/);
    expect([...layer.liveWeights()]).toEqual([1, 2, 3, 4]);
    const [kernel, bias] = model.getWeights();
    expect(data(kernel!)).toEqual([1, 0, 0, 2, 3, 4]);
    model.setWeights([tf.fill([3, 2], 9), bias!]);
    expect(data(model.getWeights()[0]!)).toEqual([9, 0, 0, 9, 9, 9]);
    expect(() => model.setWeights([tf.ones([6, 1]), bias!])).toThrow(/expected .*\[3, 2\]/);
  });

  it('case 1: refuses a transposed matrix with both shapes and the way out', () => {
    const message = 'connections has shape [2, 3] but this layer needs [inputs, outputs] = [3, 2]; is it transposed? Mask.from(A).transpose()';
    const transposed = Mask.from(A).transpose();
    expect(() => maskedDense({ units: 2, connections: transposed, inputShape: [3] })).toThrow(message);
    expect(() => tf.sequential({ layers: [maskedDense({ connections: transposed, inputShape: [3] })] })).toThrow(message);
    expect(() => CustomConnected(2, transposed).apply(tf.zeros([1, 3]))).toThrow(message);
    expect(() => maskedDense({ units: 4, connections: A, inputShape: [3] })).toThrow('[3, 2] but this layer needs [inputs, outputs] = [3, 4]; inputs is the last axis');
  });

  it('case 15: lets NaN and Inf in an input without connections reach nothing', () => {
    const layer = maskedDense({ connections: [[1, 0], [0, 0], [1, 1]], kernelInitializer: 'ones' });
    const x = tf.tensor2d([[1, NaN, 4], [1, Infinity, 4]]);
    expect(data(layer.apply(x) as Tensor)).toEqual([5, 4, 5, 4]);
    const dx = tf.grad((t: Tensor) => (layer.apply(t) as Tensor).sum())(x);
    expect(data(dx)).toEqual([1, 0, 2, 1, 0, 2]);
  });

  it('case 6: takes any batch size, and the last axis of inputs of higher rank', () => {
    const layer = maskedDense({ connections: A, kernelInitializer: 'ones' });
    for (const batch of [0, 1, 3, 4, 5, 7, 8, 31, 32, 33, 128]) {
      const y = layer.apply(tf.fill([batch, 3], 1)) as Tensor;
      expect(y.shape).toEqual([batch, 2]);
      expect(data(y)).toEqual(Array.from({ length: 2 * batch }, () => 2));
    }
    const y = layer.apply(tf.tensor3d([[[1, 2, 4], [0, 0, 1]], [[1, 0, 0], [0, 1, 0]]])) as Tensor;
    expect(y.shape).toEqual([2, 2, 2]);
    expect(data(y)).toEqual([5, 6, 1, 1, 1, 0, 0, 1]);
    expect(layer.computeOutputShape([null, 7, 3])).toEqual([null, 7, 2]);
  });

  it('takes inputs of int32 and bool', () => {
    const layer = maskedDense({ connections: A, kernelInitializer: 'ones' });
    expect(data(layer.apply(tf.tensor2d([[1, 2, 4]], [1, 3], 'int32')) as Tensor)).toEqual([5, 6]);
    expect(data(layer.apply(tf.tensor2d([[true, false, true]], [1, 3], 'bool')) as Tensor)).toEqual([2, 1]);
    const conv = maskedConv2d({ connections: [[1]], kernelSize: 2, kernelInitializer: 'ones' });
    expect(data(conv.apply(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1], 'int32')) as Tensor)).toEqual([10]);
  });

  it('case 5: outputs the bias alone without any connection, and trains without touching garbage', async () => {
    const layer = maskedDense({ connections: [[0, 0], [0, 0], [0, 0]], inputShape: [3], activation: 'tanh', kernelRegularizer: 'l1l2', biasInitializer: 'ones' });
    const model = tf.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
    expect(layer.countParams()).toBe(2);
    expect(data(model.predict(tf.ones([1, 3])) as Tensor)).toEqual([Math.fround(Math.tanh(1)), Math.fround(Math.tanh(1))].map((v) => expect.closeTo(v, 5) as number));
    const loss = (t: Tensor) => (layer.apply(t) as Tensor).sum();
    expect(data(tf.grad(loss)(tf.ones([2, 3]))).every(isPlusZero)).toBe(true);
    const kernel = layer.weights[0]!.read() as Variable;
    expect(tf.variableGrads(() => loss(tf.ones([2, 3])).asScalar()).grads[kernel.name]!.shape).toEqual([0]);
    const { history } = await model.fit(tf.randomNormal([8, 3]), tf.zeros([8, 2]), { epochs: 20, verbose: 0 });
    expect(history['loss']!.every((loss) => Number.isFinite(loss as number))).toBe(true);
    expect(history['loss']!.at(-1)).toBeLessThan(history['loss']![0] as number);
    expect(data(layer.getWeights()[0]!).every(isPlusZero)).toBe(true);
    expect(data(tf.grad((t: Tensor) => (layer.apply(t) as Tensor).sum())(tf.ones([2, 3])))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['sgd', () => tf.train.sgd(0.05)],
    ['momentum', () => tf.train.momentum(0.02, 0.9)],
    ['adam', () => tf.train.adam(0.01)],
    ['rmsprop', () => tf.train.rmsprop(0.005, 0.9, 0.5)],
    ['adagrad', () => tf.train.adagrad(0.05)],
  ] as const)('keeps masked entries +0 through 200 steps of %s, with penalties, and leaks no tensor', async (_name, optimizer) => {
    const first = maskedDense({ connections: A, inputShape: [3], activation: 'tanh', kernelRegularizer: tf.regularizers.l1l2({ l1: 1e-3, l2: 1e-3 }), biasMask: [1, 0] });
    const second = maskedDense({ connections: [[1, 0, 1], [0, 1, 1]] });
    const model = tf.sequential({ layers: [first, second] });
    model.compile({ optimizer: optimizer(), loss: 'meanSquaredError' });
    const x = tf.randomNormal([20, 3], 0, 1, 'float32', 1);
    const y = tf.randomNormal([20, 3], 0, 1, 'float32', 2);
    const before = first.liveWeights();
    await model.fit(x, y, { epochs: 1, batchSize: 20, shuffle: false, verbose: 0 });
    const tensors = tf.memory().numTensors;
    await model.fit(x, y, { epochs: 199, batchSize: 20, shuffle: false, verbose: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    const [kernel, bias] = first.getWeights();
    const k = data(kernel!);
    expect([k[1]!, k[2]!].every(isPlusZero)).toBe(true);
    expect(isPlusZero(data(bias!)[1]!)).toBe(true);
    const s = data(second.getWeights()[0]!);
    expect([s[1]!, s[3]!].every(isPlusZero)).toBe(true);
    expect(first.liveWeights().every((w, i) => w !== before[i])).toBe(true);
  });

  it('case 4: equals tfjs dense for a mask of ones: same draw, output, gradients and training', async () => {
    const ones = Mask.from((_i, _j) => true, { shape: [4, 3] });
    const make = (kernelInitializer: ReturnType<typeof tf.initializers.glorotNormal>) => {
      const sparse = tf.sequential({ layers: [maskedDense({ connections: ones, inputShape: [4], activation: 'sigmoid', kernelInitializer })] });
      const dense = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4], activation: 'sigmoid', kernelInitializer })] });
      return { sparse, dense };
    };
    for (const initializer of ['glorotNormal', 'glorotUniform', 'heNormal', 'heUniform', 'leCunNormal', 'leCunUniform', 'randomNormal', 'randomUniform', 'truncatedNormal'] as const) {
      const { sparse, dense } = make(tf.initializers[initializer]({ seed: 5 }));
      expect(data(sparse.getWeights()[0]!)).toEqual(data(dense.getWeights()[0]!));
    }
    const { sparse, dense } = make(tf.initializers.glorotNormal({ seed: 5 }));
    const x = tf.randomNormal([10, 4], 0, 1, 'float32', 3);
    const y = tf.randomUniform([10, 3], 0, 1, 'float32', 4);
    const losses: number[][] = [];
    for (const model of [sparse, dense]) {
      model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
      const { history } = await model.fit(x, y, { epochs: 20, batchSize: 4, shuffle: false, verbose: 0 });
      losses.push((history['loss'] ?? []).map(Number));
    }
    losses[0]!.forEach((loss, i) => expect(loss).toBeCloseTo(losses[1]![i] ?? NaN, 5));
    dense.setWeights(sparse.getWeights());
    const [a, b] = [sparse, dense].map((model) => {
      const loss = (t: Tensor) => (model.apply(t) as Tensor).square().sum();
      const variables = model.weights.map((weight) => weight.read() as Variable);
      const { grads } = tf.variableGrads(() => loss(x).asScalar(), variables);
      return [loss(x), tf.grad(loss)(x), ...variables.map(({ name }) => grads[name]!)].map(data);
    });
    expect(a!.map(({ length }) => length)).toEqual([1, 40, 12, 3]);
    a!.forEach((values, k) => values.forEach((v, i) => expect(v).toBeCloseTo(b![k]![i]!, 5)));
  });

  it('draws with live fans: a stack of sparse layers keeps the scale of its signal', () => {
    const mask = Mask.from((i, j) => (i + j) % 16 === 0, { shape: [256, 256] });
    const spread = (fan: 'live' | 'dense') => {
      const layer = maskedDense({ connections: mask, kernelInitializer: tf.initializers.heNormal({ seed: 7 }), fan });
      layer.apply(tf.zeros([1, 256]));
      return Math.sqrt(layer.liveWeights().reduce((sum, w) => sum + w * w, 0) / mask.nnz);
    };
    // 16 live inputs a unit; a truncated normal has 0.88 of its standard deviation.
    expect(spread('live')).toBeCloseTo(0.88 * Math.sqrt(2 / 16), 1);
    expect(spread('live') / spread('dense')).toBeCloseTo(4, 4);
  });

  it('case 19: without a mask an output without inputs keeps its bias, as in Keras; a masked bias stays +0 in training', async () => {
    for (const [biasMask, count] of [[undefined, 2], [null, 2], [[1, 0], 1]] as const) {
      const layer = maskedDense({ connections: [[1, 0], [1, 0]], biasInitializer: 'ones', inputShape: [2], ...(biasMask !== undefined && { biasMask }), biasRegularizer: tf.regularizers.l1l2({ l1: 0.1, l2: 0.1 }) });
      const model = tf.sequential({ layers: [layer] });
      expect(layer.countParams()).toBe(2 + count);
      model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
      await model.fit(tf.ones([4, 2]), tf.fill([4, 2], 3), { epochs: 5, verbose: 0 });
      const second = data(layer.getWeights()[1]!)[1]!;
      if (count === 2) expect(second).toBeGreaterThan(1);
      else expect(isPlusZero(second)).toBe(true);
    }
  });

  it('case 19: freezes masked biases; auto leaves out those of outputs without inputs', () => {
    const layer = maskedDense({ connections: [[1, 0], [1, 0]], biasMask: 'auto', biasInitializer: 'ones', kernelInitializer: 'ones', inputShape: [2] });
    const model = tf.sequential({ layers: [layer] });
    expect(layer.countParams()).toBe(3);
    expect(data(model.predict(tf.ones([1, 2])) as Tensor)).toEqual([3, 0]);
    layer.setWeights([tf.ones([2, 2]), tf.tensor1d([5, NaN])]);
    expect(data(layer.getWeights()[1]!)).toEqual([5, 0]);
    expect(() => maskedDense({ connections: A, biasMask: [1, 2] })).toThrow(/biasMask\[1\] is 2, expected 0 or 1/);
    expect(() => maskedDense({ connections: A, biasMask: [1] })).toThrow(/vector of 2 entries/);
  });

  it('case 21: survives save and load, packed and without registration; loads a dense checkpoint and Keras names', async () => {
    const model = tf.sequential({ layers: [maskedDense({ connections: A, inputShape: [3], activation: 'tanh', biasMask: [0, 1], name: 'wired', kernelRegularizer: 'l1l2' }), tf.layers.dense({ units: 1 })] });
    const x = tf.randomNormal<Rank.R2>([4, 3], 0, 1, 'float32', 8);
    let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] | undefined;
    await model.save(tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }));
    expect(saved!.weightSpecs!.map(({ shape }) => shape)).toEqual([[4], [1], [2, 1], [1]]);
    const loaded = (await tf.loadLayersModel(tf.io.fromMemory(structuredClone(saved!)))) as ReturnType<typeof tf.sequential>;
    expect(data(loaded.predict(x) as Tensor)).toEqual(data(model.predict(x) as Tensor));
    expect(loaded.layers[0]).toBeInstanceOf(MaskedDense);
    expect((loaded.layers[0] as MaskedDense).mask.equals(Mask.from(A))).toBe(true);
    model.loadWeights({ 'wired/kernel': tf.fill([3, 2], 2), 'wired/bias': tf.ones([2]) }, false);
    expect(data(model.getWeights()[0]!)).toEqual([2, 0, 0, 2, 2, 2]);
    const keras = JSON.parse(JSON.stringify({ class_name: 'Sequential', config: [{ class_name: 'Custom>CustomConnected', config: { name: 'c', units: 2, connections: A, bias_mask: [1, 0], activation: 'relu', batch_input_shape: [null, 3] } }] }));
    const imported = await tf.models.modelFromJSON({ modelTopology: { model_config: keras } as never });
    expect((imported.layers[0] as MaskedDense).countParams()).toBe(5);
  });
});

it('case 16: keeps a live weight that is exactly 0: it trains, and survives saving', async () => {
  const layer = maskedDense({ connections: A, inputShape: [3], weights: [tf.zeros([3, 2]), tf.zeros([2])] });
  const model = tf.sequential({ layers: [layer] });
  expect([...layer.liveWeights()]).toEqual([0, 0, 0, 0]);
  let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] | undefined;
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(structuredClone(saved!)));
  loaded.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await loaded.fit(tf.ones([4, 3]), tf.ones([4, 2]), { verbose: 0 });
  expect((loaded.layers[0] as MaskedDense).liveWeights().every((weight) => weight > 0)).toBe(true);
});

it('works inside timeDistributed, next to other layers, and frozen', async () => {
  const inner = maskedDense({ connections: A });
  const model = tf.sequential({ layers: [tf.layers.timeDistributed({ layer: inner, inputShape: [5, 3] }), tf.layers.batchNormalization(), tf.layers.flatten(), maskedDense({ connections: Mask.from((i) => i % 2 === 0, { shape: [10, 1] }), trainable: false })] });
  const frozen = model.layers[3] as MaskedDense;
  expect(model.getWeights().map(({ shape }) => shape)).toEqual([[3, 2], [2], [2], [2], [2], [2], [10, 1], [1]]);
  const before = [...frozen.liveWeights()];
  model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
  await model.fit(tf.randomNormal([8, 5, 3]), tf.ones([8, 1]), { epochs: 2, verbose: 0 });
  expect([...frozen.liveWeights()]).toEqual(before);
  model.setWeights(model.getWeights());
  expect(model.getWeights(true)).toHaveLength(4);
});

it('agrees with itself on every backend of one process', async () => {
  const layer = maskedDense({ connections: A, inputShape: [3] });
  const x = tf.tensor2d([[1, 2, 4]]);
  const outputs = [];
  for (const backend of ['wasm', 'cpu', ...BACKENDS, 'wasm']) {
    await tf.setBackend(backend);
    outputs.push(data(layer.apply(x) as Tensor));
  }
  for (const output of outputs) expect(output).toEqual(outputs[0]);
});

it('works in a functional graph, and two layers may share a mask', () => {
  const mask = Mask.from(A);
  const input = tf.input({ shape: [3] });
  const left = maskedDense({ connections: mask }).apply(input);
  const right = maskedDense({ connections: mask }).apply(input);
  const model = tf.model({ inputs: input, outputs: tf.layers.add().apply([left, right] as never) as never });
  expect(model.countParams()).toBe(12);
  expect((model.predict(tf.ones([5, 3])) as Tensor).shape).toEqual([5, 2]);
});

it('refuses unknown activations as tfjs does', () => {
  expect(() => maskedDense({ connections: A, activation: 'rellu' as never })).toThrow(/rellu/);
  expect(() => maskedDense({ units: 2 } as never)).toThrow(/connections is undefined, expected a Mask/);
});
