import type { Optimizer, Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { A, B, x, y } from '../../../test/support/mask-change.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense, type MaskedDense } from './index.js';
import { survivingPositions } from './surviving.js';

await ready;
afterEach(() => vi.restoreAllMocks());

const data = (tensor: Tensor) => Array.from(tensor.dataSync());

/** An initializer that fails at its second call. */
class OnesOnce extends tf.serialization.Serializable {
  static readonly className = 'OnesOnce';
  #calls = 0;
  apply(shape: number[]): Tensor {
    if (this.#calls++ > 0) throw new Error('only once');
    return tf.ones(shape);
  }
  getConfig() {
    return {};
  }
}
tf.serialization.registerClass(OnesOnce);

function build(optimizer: Optimizer = tf.train.sgd(0.1)) {
  const layer = maskedDense({ connections: A, inputShape: [3], weights: [tf.tensor2d([[1, 0], [0, 2], [3, 4]]), tf.zeros([2])] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return { layer, model };
}

describe('case 24: updateMask', () => {
  it('keeps the weights that stay, starts new ones at 0, and resurrects nothing', () => {
    const { layer, model } = build();
    layer.updateMask(B);
    expect(layer.mask.equals(B)).toBe(true);
    expect(data(layer.getWeights()[0]!)).toEqual([1, 0, 0, 0, 0, 4]);
    expect(data(model.predict(tf.ones([1, 3])) as Tensor)).toEqual([1, 4]);
    layer.updateMask(A);
    expect(data(layer.getWeights()[0]!)).toEqual([1, 0, 0, 0, 0, 4]);
    layer.updateMask([[0, 0], [0, 0], [0, 0]]);
    layer.updateMask(masks.dense(3, 2));
    expect(data(layer.getWeights()[0]!)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('draws new connections from the initializer, with the fans of the new mask, when asked to', () => {
    const { layer } = build();
    layer.updateMask(B, { newWeights: 'init' });
    const [a, b, c, d] = layer.liveWeights();
    expect([a, d]).toEqual([1, 4]);
    expect(b).not.toBe(0);
    expect(c).not.toBe(0);
    expect(() => layer.updateMask(A, { newWeights: 'random' as never })).toThrow(/newWeights is "random", expected 'zero' or 'init'/);
    expect(() => layer.updateMask(A, { newWeight: 'init' } as never)).toThrow(/updateMask of .*: there is no option newWeight; there is newWeights/);
    expect(() => layer.updateMask(A, null as never)).toThrow(/options is null/);
  });

  it('keeps the variable, its name and its order in the model; counts, saves and loads the new wiring', async () => {
    const { layer, model } = build();
    const [kernel] = layer.weights;
    const inner = kernel!.read();
    const grown = masks.dense(3, 2);
    layer.updateMask(grown);
    expect(layer.weights[0]).toBe(kernel);
    expect(kernel!.read()).toBe(inner);
    expect([inner.shape, kernel!.shape, inner.size]).toEqual([[6], [6], 6]);
    expect([layer.countParams(), model.countParams()]).toEqual([8, 8]);
    const copy = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string) as never);
    copy.setWeights(model.getWeights());
    expect((copy.layers[0] as MaskedDense).mask.equals(grown)).toBe(true);
    expect(data(copy.predict(x()) as Tensor)).toEqual(data(model.predict(x()) as Tensor));
    model.setWeights([tf.fill([3, 2], 5), tf.zeros([2])]);
    expect([...layer.liveWeights()]).toEqual([5, 5, 5, 5, 5, 5]);
  });

  it('a failing update changes nothing', () => {
    const { layer } = build();
    const before = data(layer.getWeights()[0]!);
    expect(() => layer.updateMask(Mask.from([[1, 0, 1], [0, 1, 1]]))).toThrow(/\[2, 3\] but this layer needs \[inputs, outputs\] = \[3, 2\]; is it transposed/);
    expect(() => layer.updateMask([[1, 2], [0, 1], [0, 1]])).toThrow(/row 0, column 1 is 2/);
    const failing = maskedDense({ connections: A, inputShape: [3], kernelInitializer: { className: 'OnesOnce', config: {} } as never });
    tf.sequential({ layers: [failing] });
    expect(() => failing.updateMask(B, { newWeights: 'init' })).toThrow('only once');
    for (const each of [layer, failing]) expect(each.mask).toBe(A);
    expect(data(layer.getWeights()[0]!)).toEqual(before);
    expect(data(failing.getWeights()[0]!)).toEqual([1, 0, 0, 1, 1, 1]);
  });

  it('of a layer that shares its Mask with another, changes this one only', () => {
    const [first, second] = [maskedDense({ connections: A }), maskedDense({ connections: A })];
    for (const layer of [first, second]) layer.apply(tf.zeros([1, 3]));
    first.updateMask(B);
    expect(second.mask).toBe(A);
    expect(A.toArray()).toEqual([[1, 0], [0, 1], [1, 1]]);
    expect(first.mask.equals(B)).toBe(true);
  });

  it("moves the bias with biasMask 'auto', and before the layer is built just takes the mask", () => {
    const layer = maskedDense({ connections: [[1, 0], [1, 0]], biasMask: 'auto', biasInitializer: 'ones', inputShape: [2] });
    tf.sequential({ layers: [layer] });
    layer.setWeights([tf.ones([2, 2]), tf.tensor1d([5, 0])]);
    layer.updateMask([[1, 1], [0, 0]]);
    expect(data(layer.getWeights()[1]!)).toEqual([5, 1]);
    layer.updateMask([[0, 1], [0, 0]]);
    expect(data(layer.getWeights()[1]!)).toEqual([0, 1]);
    expect(layer.countParams()).toBe(2);
    const unbuilt = maskedDense({ connections: A });
    unbuilt.updateMask(B);
    unbuilt.apply(tf.zeros([1, 3]));
    expect(unbuilt.liveWeights()).toHaveLength(B.nnz);
  });

  it('leaks nothing: bytes and tensors are those of a layer that was built so', () => {
    const { layer } = build();
    const before = tf.memory();
    for (let k = 0; k < 5; k++) {
      layer.updateMask(masks.dense(3, 2), { newWeights: 'init' });
      layer.updateMask(masks.empty(3, 2));
      layer.updateMask(A);
    }
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes, numDataBuffers: before.numDataBuffers });
  });
});

describe('case 24: optimizer slots', () => {
  it.each([
    ['Adam', () => tf.train.adam(0.1), 0], ['Adamax', () => tf.train.adamax(0.1), 0], ['Momentum', () => tf.train.momentum(0.1, 0.9), 0],
    ['RMSProp', () => tf.train.rmsprop(0.1, 0.9, 0.5), 0], ['Adagrad', () => tf.train.adagrad(0.1, 0.25), 0.25], ['Adadelta', () => tf.train.adadelta(1), 0],
  ])('of tf.train.%s are reset, with one warning that says so', async (name, optimizer, initial) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { layer, model } = build(optimizer());
    const [a, b] = [x(), y()];
    await model.fit(a, b, { epochs: 2, verbose: 0 });
    const tensors = tf.memory().numTensors;
    layer.updateMask(masks.dense(3, 2));
    // Adamax of tfjs has no getWeights.
    const lists = Object.values(model.optimizer).filter(Array.isArray) as { originalName: string; variable: Tensor }[][];
    const slots = lists.flat().filter(({ originalName }) => /kernel/.test(originalName));
    expect(slots.length).toBeGreaterThan(0);
    for (const { variable } of slots) expect(data(variable)).toEqual([initial, initial, initial, initial, initial, initial].map(Math.fround));
    layer.updateMask(A);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(new RegExp(`^The mask changed: ${name} of tf\\.train forgets .*optimizers\\.\\*`))]]);
    await model.fit(a, b, { epochs: 2, verbose: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    expect([...layer.liveWeights()].every(Number.isFinite)).toBe(true);
  });

  it('sgd has none, so nothing is said', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { layer, model } = build();
    await model.fit(x(), y(), { epochs: 2, verbose: 0 });
    layer.updateMask(B);
    expect(warn).not.toHaveBeenCalled();
  });
});

it('case 24: survivingPositions agrees with a look-up of every connection', () => {
  const mask = (seed: number, density: number) => masks.random(6, 7, { density, seed });
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (s, t, d, e) => {
    const [before, now] = [mask(s, d), mask(t, e)];
    const places = new Map(before.toEdges().map((edge, k) => [edge.join(), k]));
    expect([...survivingPositions(before.data, now.data)]).toEqual(now.toEdges().map((edge) => places.get(edge.join()) ?? -1));
  }));
});
