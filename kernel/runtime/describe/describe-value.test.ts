import { describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { describeValue } from './describe-value.js';

await ready;
await tf.setBackend('cpu');
const refuse = (): never => {
  throw new Error('code of the user was run');
};

describe('describeValue', () => {
  it.each<[string, object, object | undefined]>([
    ['a mask', Mask.from([[1, 0], [0, 1], [1, 1]]), { preview: '3×2 mask: 4 of 6 connected (66.7 %)', shape: [3, 2], bytes: 32, isMask: true, wiring: 'mask' }],
    ['a tensor', tf.tensor2d([[1, 2], [3, 4]]), { preview: '[[1, 2], [3, 4]]', shape: [2, 2], bytes: 16, wiring: 'matrix' }],
    ['a large tensor', tf.zeros([100, 100], 'int32'), { preview: 'int32', shape: [100, 100], bytes: 40_000, wiring: 'matrix' }],
    ['a tensor of texts', tf.tensor1d(['a']), { preview: "['a']", shape: [1] }],
    ['a masked layer', maskedDense({ connections: [[1], [0]], inputShape: [2], name: 'm' }), { preview: 'MaskedDense m: not built yet', isMask: true, wiring: 'layer' }],
    ['a layer', tf.layers.dense({ units: 1, name: 'd' }), { preview: 'Dense d: not built yet' }],
    ['a model', tf.sequential({ name: 's' }), { preview: 'Sequential s: 0 layers, not built yet, not compiled', wiring: 'model' }],
    ['an optimizer', tf.train.sgd(1), { preview: 'SGDOptimizer({ learningRate: 1 })' }],
    ['something else', { shape: [1] }, undefined],
  ])('of %s', (_name, value, description) => expect(describeValue(value)).toEqual(description));

  it('is not fooled by what looks like a tensor, and runs none of it', () => {
    const fake = Object.defineProperties({}, Object.fromEntries(['data', 'dataSync', 'throwIfDisposed', 'minimize', 'shape'].map((name) => [name, { get: refuse, enumerable: true }])));
    expect(describeValue(fake)).toBeUndefined();
  });
});
