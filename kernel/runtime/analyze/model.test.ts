import type { LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MaskedDense, maskedConv2d, maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { ready, tf } from '../tf/index.js';
import { analyze } from './index.js';

beforeAll(async () => {
  await ready;
  await tf.setBackend('cpu');
});

/** Weights from 0.1 to 0.3: nothing cancels, and nothing saturates, so that no path is too weak to be seen. */
function positive(model: LayersModel): LayersModel {
  model.setWeights(model.getWeights().map((weights) => tf.randomUniform(weights.shape, 0.1, 0.3, 'float32', 7)));
  return model;
}

/** 1 where a change of input i changes output k, one row an input: what a finite difference sees. */
function influence(model: LayersModel): number[][] {
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tidy(() => {
    const base = tf.randomUniform([1, size], -0.1, 0.1, 'float32', 3);
    const changed = base.tile([size, 1]).add(tf.eye(size).mul(0.5));
    const predict = (x: Tensor) => (model.predict(x.reshape([-1, ...shape])) as Tensor).reshape([x.shape[0], -1]);
    return predict(changed).sub(predict(base)).abs().greater(1e-7).toInt().arraySync() as number[][];
  });
}

const apply = (layer: tf.layers.Layer, x: SymbolicTensor | SymbolicTensor[]) => layer.apply(x) as SymbolicTensor;
const random = (n: number, m: number, seed: number, density = 0.3) => masks.random(n, m, { density, seed });

describe('case 27: the zeros of the Jacobian are those of the reachability', () => {
  it('through three masked layers', () => {
    const model = tf.sequential();
    model.add(maskedDense({ connections: random(7, 6, 1), activation: 'tanh', inputShape: [7] }));
    model.add(maskedDense({ connections: random(6, 5, 2), activation: 'sigmoid' }));
    model.add(maskedDense({ connections: random(5, 6, 3), activation: 'softplus' }));
    expect(analyze(model).reachability.toArray()).toEqual(influence(positive(model)));
  });

  it.each([
    ['valid', 'channelsLast', [1, 1], [1, 1]],
    ['same', 'channelsLast', [2, 1], [1, 1]],
    ['same', 'channelsLast', [1, 1], [2, 1]],
    ['valid', 'channelsFirst', [1, 2], [1, 1]],
  ] as const)('through convolutions, masked or not, and pooling: %s, %s, strides %j, dilation %j', (padding, dataFormat, strides, dilationRate) => {
    const first = { kernelSize: [3, 2] as [number, number], padding, dataFormat, strides: [...strides] as [number, number], dilationRate: [...dilationRate] as [number, number] };
    const model = tf.sequential();
    model.add(maskedConv2d({ ...first, connections: Mask.from('X.X\n.XX'), activation: 'tanh', inputShape: dataFormat === 'channelsLast' ? [6, 5, 2] : [2, 6, 5] }));
    model.add(tf.layers.averagePooling2d({ poolSize: [2, 1], strides: [1, 1], dataFormat }));
    model.add(tf.layers.conv2d({ filters: 2, kernelSize: 2, dataFormat, activation: 'tanh' }));
    const result = analyze(model);
    expect(result.reachability.toArray()).toEqual(influence(positive(model)));
    expect(result.layers[0]!.nnz / result.layers[0]!.density).toBeCloseTo(result.layers[0]!.denseFlops / 2, 6);
  });

  it('through a graph with shortcuts, merges, and a model inside', () => {
    const x = tf.input({ shape: [6] });
    const inner = tf.sequential();
    inner.add(maskedDense({ connections: random(6, 4, 4), activation: 'tanh', inputShape: [6] }));
    inner.add(tf.layers.dropout({ rate: 0.5 }));
    const a = apply(inner, x);
    const b = apply(maskedDense({ connections: random(6, 4, 5), activation: 'tanh' }), x);
    const sum = apply(tf.layers.add(), [a, b]);
    const joined = apply(tf.layers.concatenate(), [sum, x]);
    const shaped = apply(tf.layers.concatenate({ axis: 1 }), [apply(tf.layers.reshape({ targetShape: [5, 2] }), joined), apply(tf.layers.reshape({ targetShape: [2, 2] }), a)]);
    const model = tf.model({ inputs: x, outputs: apply(tf.layers.flatten(), apply(maskedDense({ connections: [[1, 0, 1], [0, 1, 0]] }), shaped)) });
    expect(analyze(model).reachability.toArray()).toEqual(influence(positive(model)));
  });

  it('in a MADE', () => {
    const model = tf.sequential();
    for (const [layer, mask] of masks.made({ inputs: 5, hidden: [9, 8], order: [3, 0, 4, 1, 2] }).entries()) {
      model.add(maskedDense({ connections: mask, activation: 'tanh', ...(layer === 0 && { inputShape: [5] }) }));
    }
    const result = analyze(model);
    expect(result.reachability.toArray()).toEqual(influence(positive(model)));
    expect([result.unreachableOutputs, result.deadInputs]).toEqual([[3], [2]]);
  });
});

describe('analyze of a model', () => {
  it('case 28: names dead units, and without them the outputs are equal', () => {
    // Hidden unit 1 has no inputs, unit 3 leads nowhere.
    const first = Mask.from('X.XX\nX..X\n..X.');
    const second = Mask.from('X.\nXX\n.X\n..');
    const net = (a: Mask, b: Mask) => tf.sequential({ layers: [maskedDense({ name: 'hidden', connections: a, activation: 'tanh', inputShape: [3] }), maskedDense({ name: 'out', connections: b })] });
    const model = net(first, second);
    const result = analyze(model);
    expect(result.deadUnits).toEqual([{ layer: 0, unit: 1 }, { layer: 0, unit: 3 }]);
    expect(String(result)).toContain('reach no output: hidden: 1, 3');
    const alive = [0, 2];
    const pruned = net(Mask.from(first.toArray().map((row) => alive.map((j) => row[j]!))), Mask.from(alive.map((j) => second.toArray()[j]!)));
    const [k1, b1, k2, b2] = model.getWeights() as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D];
    pruned.setWeights([k1.gather(alive, 1), b1.gather(alive), k2.gather(alive), b2]);
    const x = tf.randomNormal([4, 3]);
    expect((pruned.predict(x) as Tensor).arraySync()).toEqual((model.predict(x) as Tensor).arraySync());
    expect([analyze(pruned).deadUnits, analyze(pruned).deadInputs]).toEqual([[], []]);
  });

  it("counts LeNet-5's C3", () => {
    const model = tf.sequential();
    model.add(maskedConv2d({ name: 'c3', kernelSize: 5, connections: masks.lenet5C3(), inputShape: [14, 14, 6] }));
    const [c3] = analyze(model).layers;
    // 151,600 connections with the 1,600 of biases.
    expect(c3).toMatchObject({ name: 'c3', inputs: 1176, outputs: 1600, nnz: 150_000, density: 60 / 96, params: 1516, denseParams: 2416, flops: 300_000, denseFlops: 480_000 });
  });

  it('counts paths over shortcuts: XOR as 2-1-1', () => {
    const x = tf.input({ shape: [2] });
    const hidden = apply(maskedDense({ name: 'hidden', connections: [[1], [1]], activation: 'tanh' }), x);
    const model = tf.model({ inputs: x, outputs: apply(maskedDense({ name: 'out', connections: [[1], [1], [1]] }), apply(tf.layers.concatenate(), [hidden, x])) });
    const result = analyze(model);
    expect([result.paths(0, 0), result.paths(1, 0), result.receptiveField('hidden', 0), result.total.params]).toEqual([2, 2, [0, 1], 7]);
  });

  it('counts the parameters of a shared layer once, and its connections where it is used', () => {
    const shared = new MaskedDense({ name: 'shared', connections: Mask.from('X.\n.X') });
    const x = tf.input({ shape: [2] });
    const result = analyze(tf.model({ inputs: x, outputs: apply(shared, apply(shared, x)) }));
    expect([result.layers.length, result.total.params, result.total.denseParams, result.total.nnz]).toEqual([2, 4, 6, 4]);
    expect(() => result.receptiveField('shared', 0)).toThrow('an index, as the layer is used 2 times: 0 shared, 1 shared');
  });

  it('takes several inputs and outputs one after the other', () => {
    const [x, y, unused] = [tf.input({ shape: [2] }), tf.input({ shape: [1] }), tf.input({ shape: [1] })];
    const first = apply(tf.layers.dense({ units: 1 }), x);
    const model = tf.model({ inputs: [x, unused, y], outputs: [first, apply(tf.layers.concatenate(), [y, first])] });
    const result = analyze(model);
    expect(result.reachability.toDrawing()).toBe('X.X\nX.X\n...\n.X.');
    expect([result.deadInputs, result.deadUnits, result.paths(3, 1)]).toEqual([[2], [], 1]);
  });

  it('works on a dense layer at every place of a sequence, with and without bias', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3, 4], useBias: false }), maskedDense({ connections: [[1], [0]] })] });
    const [dense, masked] = analyze(model).layers;
    expect(dense).toMatchObject({ inputs: 12, outputs: 6, nnz: 24, density: 1, params: 8, denseParams: 8 });
    expect(masked).toMatchObject({ inputs: 6, outputs: 3, nnz: 3, density: 0.5, params: 2, denseParams: 3 });
  });

  it('case 34: says which layer it cannot follow, and why', () => {
    const lstm = tf.sequential({ layers: [tf.layers.lstm({ name: 'memory', units: 2, inputShape: [3, 4] })] });
    expect(() => analyze(lstm)).toThrow('analyze: layer memory: how a LSTM connects its units is not known; analyze(masks) takes a list of masks instead');
    expect(() => analyze(tf.sequential())).toThrow('analyze: the model has no input shape yet');
    const free = tf.sequential({ layers: [tf.layers.dense({ name: 'wide', units: 2, inputShape: [null, 4] })] });
    expect(() => analyze(free)).toThrow(/analyze: layer wide.* has the shape \[null, null, 4\], and units can be counted only when all but the batch is known/);
  });
});
