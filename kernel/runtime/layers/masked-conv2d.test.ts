import { inspect } from 'node:util';
import type { Rank, Tensor, Tensor4D, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { ready, tf } from '../tf/index.js';
import { maskedConv2d, MaskedConv2d, type MaskedConv2dConfig } from './index.js';

await ready;
const data = (tensor: Tensor) => Array.from(tensor.dataSync());
const close = (got: Tensor, want: Tensor, digits = 4) => {
  expect(got.shape).toEqual(want.shape);
  const wanted = data(want);
  data(got).forEach((value, k) => expect(value).toBeCloseTo(wanted[k]!, digits));
};

/** LeCun et al. 1998, table I: which maps of S2 (rows) reach which maps of C3 (columns). */
const LENET = `
  X...XXX..XXXX.XX
  XX...XXX..XXXX.X
  XXX...XXX..X.XXX
  .XXX..XXXX..X.XX
  ..XXX..XXXX.XX.X
  ...XXX..XXXX.XXX`;

/** A masked layer, and tfjs's conv2d with the same kernel, +0 where the mask has no connection. */
function pair(config: MaskedConv2dConfig, shape: number[]) {
  const seeded = { kernelInitializer: tf.initializers.randomNormal({ seed: 4 }), biasInitializer: tf.initializers.randomNormal({ seed: 5 }), ...config };
  const layer = maskedConv2d(seeded);
  layer.build([null, ...shape]);
  const { connections: _connections, biasMask: _biasMask, fan: _fan, ...rest } = seeded;
  const dense = tf.layers.conv2d({ ...rest, filters: layer.filters } as Parameters<typeof tf.layers.conv2d>[0]);
  dense.build([null, ...shape]);
  dense.setWeights(layer.getWeights());
  return { layer, dense };
}

describe.each(BACKENDS)('case 32: maskedConv2d on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each<[string, Partial<MaskedConv2dConfig>, boolean?]>([
    ['valid', {}],
    ['same', { padding: 'same' }],
    ['strides', { strides: 2 }],
    ['strides and same', { strides: [2, 3], padding: 'same' }],
    ['channels first', { dataFormat: 'channelsFirst', padding: 'same', strides: 2 }, true],
    ['an activation', { activation: 'tanh' }],
    ['softmax over the last axis of channels first', { dataFormat: 'channelsFirst', activation: 'softmax' }, true],
    ['no bias', { useBias: false }],
    ['a kernel of one place', { kernelSize: 1 }],
    ['a kernel that is not square', { kernelSize: [3, 2] }],
  ])('equals conv2d with a masked kernel in value and all gradients: %s', (_name, config, first) => tf.tidy(() => {
    const connections = masks.random(4, 5, { density: 0.5, seed: 3 });
    const shape = first ? [4, 7, 6] : [7, 6, 4];
    const { layer, dense } = pair({ kernelSize: 3, connections, ...config }, shape);
    const x = tf.randomNormal<Rank.R4>([3, ...shape] as [number, number, number, number], 0, 1, 'float32', 1);
    const [y, want] = [layer.apply(x) as Tensor, dense.apply(x) as Tensor];
    close(y, want);
    expect(y.shape.slice(1)).toEqual(layer.computeOutputShape([null, ...shape]).slice(1));
    const weigh = tf.randomNormal(y.shape, 0, 1, 'float32', 2);
    const grads = (conv: typeof layer | typeof dense) => {
      const loss = (input: Tensor) => tf.mul(conv.apply(input) as Tensor, weigh).sum().asScalar();
      const { grads: byName } = tf.variableGrads(() => loss(x));
      return { dx: tf.grad(loss)(x), weights: conv.weights.map((variable) => byName[(variable.read() as unknown as { name: string }).name]!) };
    };
    const [mine, theirs] = [grads(layer), grads(dense)];
    close(mine.dx, theirs.dx, 3);
    const kernel = theirs.weights[0]!.reshape(layer.mask.shape).arraySync() as number[][];
    const live = layer.mask.toEdges().map(([i, j]) => kernel[i]![j]!);
    data(mine.weights[0]!).forEach((value, k) => expect(value).toBeCloseTo(live[k]!, 3));
    if (layer.weights.length > 1) close(mine.weights[1]!, theirs.weights[1]!, 3);
    return undefined as never;
  }));

  // tfjs has no gradient of a dilated convolution; that of the same kernel with holes in its mask it has.
  it('dilation equals conv2d in value, and in gradients a kernel with holes', () => tf.tidy(() => {
    const connections = masks.random(4, 5, { density: 0.5, seed: 3 });
    const common = { connections, padding: 'same' as const, useBias: false };
    const { layer, dense } = pair({ ...common, kernelSize: 3, dilationRate: 2 }, [7, 6, 4]);
    const holes = maskedConv2d({ ...common, kernelSize: 5, connections: { shape: [5, 5, 4, 5], edges: [0, 2, 4].flatMap((y) => [0, 2, 4].flatMap((x) => connections.toEdges().map((edge) => [y, x, ...edge]))) } });
    const x = tf.randomNormal<Rank.R4>([3, 7, 6, 4], 0, 1, 'float32', 1);
    holes.build(x.shape);
    holes.weights[0]!.write(layer.weights[0]!.read());
    close(layer.apply(x) as Tensor, dense.apply(x) as Tensor);
    const [mine, want] = [layer, holes].map((conv) => {
      const loss = (input: Tensor) => (conv.apply(input) as Tensor).square().sum().asScalar();
      return [tf.grad(loss)(x), ...Object.values(tf.variableGrads(() => loss(x), [conv.weights[0]!.read() as Variable]).grads)];
    });
    mine!.forEach((gradient, k) => close(gradient, want![k]!, 3));
    return undefined as never;
  }));

  it('agrees with finite differences in input, live weights and bias', () => tf.tidy(() => {
    const connections = Mask.from((row, filter) => (row + filter) % 3 !== 0, { shape: [2 * 2 * 2, 3] });
    const four = tf.reshape(connections.toTensor(), [2, 2, 2, 3]);
    const { layer } = pair({ kernelSize: 2, connections: four, activation: 'tanh', padding: 'same', biasMask: [1, 0, 1] }, [3, 3, 2]);
    const x = tf.randomNormal<Rank.R4>([2, 3, 3, 2], 0, 0.7, 'float32', 6);
    const weigh = tf.randomNormal([2, 3, 3, 3], 0, 1, 'float32', 7);
    const loss = (input: Tensor) => tf.mul(layer.apply(input) as Tensor, weigh).sum().asScalar();
    const [kernel, bias] = layer.weights.map((variable) => variable.read());
    const { grads } = tf.variableGrads(() => loss(x));
    const analytic = [tf.grad(loss)(x), ...[kernel, bias].map((variable) => grads[(variable as unknown as { name: string }).name]!)];
    const at = (k: number, values: Float32Array) => {
      if (k === 0) return data(loss(tf.tensor4d(values, x.shape)))[0]!;
      layer.weights[k - 1]!.write(tf.tensor1d(values));
      return data(loss(x))[0]!;
    };
    [x, kernel!, bias!].forEach((tensor, k) => {
      const base = Float32Array.from(tensor.dataSync());
      const want = data(analytic[k]!);
      base.forEach((_, n) => {
        const moved = (by: number) => at(k, base.map((value, i) => (i === n ? value + by : value)));
        const slope = (8 * (moved(1e-2) - moved(-1e-2)) - (moved(2e-2) - moved(-2e-2))) / 0.12;
        expect(Math.abs(slope - want[n]!), `${['x', 'kernel', 'bias'][k]}[${n}]`).toBeLessThan(3e-3);
      });
      at(k, base);
    });
    return undefined as never;
  }));

  it('case 15: NaN and Inf in a channel that reaches no filter reach nothing; nor does NaN that is set at a missing place', () => tf.tidy(() => {
    const layer = maskedConv2d({ kernelSize: 2, connections: [[1, 0], [0, 0], [1, 1]], kernelInitializer: 'ones' });
    const bad = tf.stack([tf.ones([3, 3]), tf.fill([3, 3], NaN), tf.ones([3, 3])], -1).expandDims<Tensor4D>(0);
    expect(data(layer.apply(bad) as Tensor)).toEqual([8, 4, 8, 4, 8, 4, 8, 4]);
    const dx = tf.grad((input: Tensor) => (layer.apply(input) as Tensor).sum())(bad);
    expect(data(dx).every(Number.isFinite)).toBe(true);
    const kernel = tf.buffer([2, 2, 3, 2], 'float32', new Float32Array(24).fill(NaN));
    for (const y of [0, 1]) for (const x of [0, 1]) for (const [c, f] of [[0, 0], [2, 0], [2, 1]]) kernel.set(1, y, x, c!, f!);
    layer.setWeights([kernel.toTensor(), tf.zeros([2])]);
    expect(data(layer.apply(bad) as Tensor)).toEqual([8, 4, 8, 4, 8, 4, 8, 4]);
    expect(data(layer.getWeights()[0]!).filter((value) => Object.is(value, 0))).toHaveLength(12);
    return undefined as never;
  }));

  it('case 32: a filter without any connection outputs its bias; all fully masked trains on, without garbage', async () => {
    const layer = maskedConv2d({ kernelSize: 3, connections: masks.empty(2, 3), inputShape: [5, 5, 2], biasInitializer: 'ones', kernelRegularizer: 'l1l2', kernelConstraint: 'unitNorm' });
    const model = tf.sequential({ layers: [layer] });
    model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
    expect(layer.countParams()).toBe(3);
    expect(new Set(data(model.predict(tf.ones([1, 5, 5, 2])) as Tensor))).toEqual(new Set([1]));
    const { history } = await model.fit(tf.ones([4, 5, 5, 2]), tf.zeros([4, 3, 3, 3]), { epochs: 5, verbose: 0 });
    expect(history['loss']!.at(-1)).toBeLessThan(history['loss']![0] as number);
  });

  it('case 4: a mask of ones is conv2d: same draw, same training; no tensor leaks', async () => {
    const shape: [number, number, number] = [6, 6, 2];
    const common = { kernelSize: 3, inputShape: shape, activation: 'relu' as const };
    for (const initializer of ['glorotNormal', 'glorotUniform', 'heNormal', 'leCunUniform', 'randomNormal', 'orthogonal'] as const) {
      const kernelInitializer = tf.initializers[initializer]({ seed: 9 });
      const [a, b] = [maskedConv2d({ ...common, connections: masks.dense(2, 4), kernelInitializer }), tf.layers.conv2d({ ...common, filters: 4, kernelInitializer })];
      for (const layer of [a, b]) layer.build([null, ...shape]);
      expect(data(a.getWeights()[0]!)).toEqual(data(b.getWeights()[0]!));
    }
    const kernelInitializer = tf.initializers.glorotNormal({ seed: 9 });
    const runs: number[][] = [];
    for (const layer of [maskedConv2d({ ...common, connections: masks.dense(2, 4), kernelInitializer }), tf.layers.conv2d({ ...common, filters: 4, kernelInitializer })]) {
      const model = tf.sequential({ layers: [layer, tf.layers.flatten(), tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) })] });
      model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
      const [x, y] = [tf.randomNormal([8, ...shape], 0, 1, 'float32', 1), tf.randomNormal([8, 1], 0, 1, 'float32', 2)];
      await model.fit(x, y, { epochs: 1, batchSize: 4, shuffle: false, verbose: 0 });
      const tensors = tf.memory().numTensors;
      const { history } = await model.fit(x, y, { epochs: 9, batchSize: 4, shuffle: false, verbose: 0 });
      expect(tf.memory().numTensors).toBe(tensors);
      runs.push(history['loss']!.map(Number));
    }
    runs[0]!.forEach((loss, k) => expect(loss).toBeCloseTo(runs[1]?.[k] ?? NaN, 4));
  });
});

describe("case 18: LeNet-5's S2 → C3", () => {
  const C3 = Mask.from(LENET);
  const layer = maskedConv2d({ kernelSize: 5, connections: C3, filters: 16, inputShape: [14, 14, 6], name: 'c3' });
  const model = tf.sequential({ layers: [layer] });

  it('has 60 of 96 map pairs, 1,516 parameters and 151,600 connections', () => {
    expect([C3.nnz, layer.channelMask.equals(C3), layer.mask.nnz]).toEqual([60, true, 1500]);
    expect([layer.countParams(), model.countParams()]).toEqual([1516, 1516]);
    const [, height, width] = layer.computeOutputShape([null, 14, 14, 6]) as number[];
    expect((layer.liveWeights().length + 16) * height! * width!).toBe(151_600);
    expect(layer.getWeights().map(({ shape }) => shape)).toEqual([[5, 5, 6, 16], [16]]);
    expect(inspect(layer)).toBe('MaskedConv2d c3: 150×16 mask: 1500 of 2400 connected (62.5 %), 1516 parameters');
  });

  it('case 31: draws with the fan-in that each filter has: 3, 4 or 6 maps of 25 places', () => {
    const drawn = maskedConv2d({ kernelSize: 5, connections: C3, kernelInitializer: tf.initializers.varianceScaling({ scale: 3, mode: 'fanIn', distribution: 'uniform', seed: 1 }) });
    drawn.build([null, 14, 14, 6]);
    const largest = new Float64Array(16);
    drawn.mask.toEdges().forEach(([, filter], k) => {
      largest[filter] = Math.max(largest[filter]!, Math.abs(drawn.liveWeights()[k]!));
    });
    C3.inDegree().forEach((maps, filter) => {
      const bound = 3 / Math.sqrt(25 * maps);
      expect(largest[filter]!).toBeLessThanOrEqual(bound);
      expect(largest[filter]!).toBeGreaterThan(0.9 * bound);
    });
  });
});

it('case 21: saves and loads, with channel masks and with masks of places', async () => {
  const places = { shape: [2, 2, 3, 2] as const, edges: [[0, 0, 0, 0], [0, 1, 2, 0], [1, 1, 1, 1], [1, 0, 2, 1]] };
  for (const connections of [[[1, 0], [1, 1], [0, 1]], places]) {
    const layer = maskedConv2d({ kernelSize: 2, connections, inputShape: [4, 4, 3], activation: 'tanh', biasMask: 'auto', strides: 2, kernelConstraint: 'nonNeg', padding: 'same' });
    const model = tf.sequential({ layers: [layer] });
    let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] | undefined;
    await model.save(tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }));
    expect(saved!.weightSpecs![0]!.shape).toEqual([layer.mask.nnz]);
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(structuredClone(saved!)));
    const x = tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 1);
    expect(data(loaded.predict(x) as Tensor)).toEqual(data(model.predict(x) as Tensor));
    expect((loaded.layers[0] as MaskedConv2d).mask.equals(layer.mask)).toBe(true);
    expect(loaded.layers[0]).toBeInstanceOf(MaskedConv2d);
  }
});

it('case 24: updateMask takes channels, places, and its own mask', () => {
  const layer = maskedConv2d({ kernelSize: 2, connections: [[1, 0], [1, 1]], inputShape: [3, 3, 2], kernelInitializer: 'ones' });
  tf.sequential({ layers: [layer] });
  layer.updateMask([[0, 1], [1, 1]]);
  expect([layer.mask.nnz, layer.countParams()]).toEqual([12, 14]);
  expect(layer.liveWeights().reduce((sum, weight) => sum + weight)).toBe(8);
  layer.updateMask({ shape: [2, 2, 2, 2], edges: [[1, 1, 1, 1]] });
  expect([[...layer.liveWeights()], layer.channelMask.toArray()]).toEqual([[1], [[0, 0], [0, 1]]]);
  const { mask } = layer;
  layer.updateMask(masks.dense(2, 2), { newWeights: 'init' });
  layer.updateMask(mask);
  expect([layer.mask.equals(mask), [...layer.liveWeights()]]).toEqual([true, [1]]);
  expect(() => layer.updateMask(masks.dense(2, 3))).toThrow('connections has shape [2, 3] but this layer needs [inChannels, filters] = [2, 2]');
});

it('case 34: says what does not fit', () => {
  expect(() => maskedConv2d({ kernelSize: 2, connections: [[[1]]] as never })).toThrow('maskedConv2d: connections is an array of 1, expected [inChannels, filters], or [kernelHeight, kernelWidth, inChannels, filters]. It has 3 axes.');
  expect(() => maskedConv2d({ kernelSize: 2, connections: tf.ones([2]) })).toThrow('It has 1 axis.');
  expect(() => maskedConv2d({ connections: [[1]] } as never)).toThrow('maskedConv2d: kernelSize is undefined, expected a whole number, or [height, width]');
  const message = 'connections has shape [16, 6] but this layer needs [inChannels, filters] = [6, 16]; is it transposed? Mask.from(A).transpose()';
  expect(() => maskedConv2d({ kernelSize: 5, filters: 16, connections: Mask.from(LENET).transpose(), inputShape: [14, 14, 6] })).toThrow(message);
  expect(() => tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [14, 14, 3] }), maskedConv2d({ kernelSize: 5, connections: Mask.from(LENET) })] })).toThrow(/connections has 6 input channels, but axis 3 of the input \[null, 14, 14, 3\] has 3/);
  expect(() => maskedConv2d({ kernelSize: 3, connections: tf.ones([2, 2, 1, 1]) })).toThrow('connections has shape [2, 2, 1, 1] but this layer needs [kernelHeight, kernelWidth, inChannels, filters] = [3, 3, any, any]');
  expect(() => maskedConv2d({ kernelSize: 2, connections: { shape: [2, 2, 1, 1], edges: [[0, 2, 0, 0]] } })).toThrow(/entry 1 of the edge \[0, 2, 0, 0\] is 2, expected a whole number from 0 to 1/);
  expect(() => maskedConv2d({ kernelSize: 1, connections: [[[[1, 2]]]] })).toThrow(/row 0, column 1 is 2, expected 0 or 1/);
  expect(() => maskedConv2d({ kernelSize: 1, connections: [[[[1], [1]], [[1]]]] as never })).toThrow(/inner lists differ in length/);
  expect(() => maskedConv2d({ kernelSize: 1 } as never)).toThrow(/connections is undefined, expected a Mask \[inChannels, filters\]/);
  expect(() => maskedConv2d({ kernelSize: 1, connections: [[1]], biasMask: [2] })).toThrow(/maskedConv2d: biasMask\[0\] is 2/);
});
