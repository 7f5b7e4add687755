import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import './inspection.js';

await ready;
await tf.setBackend('cpu');

const disposed = tf.tensor1d([1, 2]);
disposed.dispose();
const dense = tf.layers.dense({ units: 2, inputShape: [3], name: 'd' });
const model = tf.sequential({ name: 'net', layers: [dense, tf.layers.dense({ units: 1, name: 'e', trainable: false })] });
const compiled = tf.sequential({ name: 'one', layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
compiled.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' });
const branch = tf.input({ shape: [2], name: 'left' });

describe('util.inspect', () => {
  it.each<[string, unknown, string]>([
    ['a vector', tf.tensor1d([1, 2.5]), 'Tensor float32 [2] [1, 2.5]'],
    ['a scalar', tf.scalar(3, 'int32'), 'Tensor int32 [] 3'],
    ['a matrix', tf.tensor2d([[1, 2], [3, 4]]), 'Tensor float32 [2, 2]\n[[1, 2],\n [3, 4]]'],
    ['a long vector', tf.range(0, 1000), 'Tensor float32 [1000] [0, 1, 2, ..., 997, 998, 999]'],
    ['texts', tf.tensor1d(['a', 'b']), "Tensor string [2] ['a', 'b']"],
    ['truths', tf.tensor1d([true, false], 'bool'), 'Tensor bool [2] [true, false]'],
    ['nothing', tf.zeros([0, 3]), 'Tensor float32 [0, 3] []'],
    ['a tensor that is disposed', disposed, 'Tensor float32 [2] (disposed)'],
    ['a variable', tf.variable(tf.tensor1d([1]), false, 'v', 'float32'), 'Variable "v" float32 [1], not trainable [1]'],
    ['tensors in a list', [tf.tensor1d([1]), tf.zeros([9, 9])], '[ Tensor float32 [1] [1], Tensor float32 [9, 9] ]'],
    ['a layer', dense, 'Dense d: [null, 3] → [null, 2], 8 parameters'],
    ['a layer that is not trainable', model.layers[1], 'Dense e: [null, 2] → [null, 1], 3 parameters, not trainable'],
    ['a layer that is not built', tf.layers.dropout({ rate: 0.5, name: 'drop' }), 'Dropout drop: not built yet'],
    ['a layer of ours', maskedDense({ connections: [[1], [0]], inputShape: [2], name: 'm' }), 'MaskedDense m: 2×1 mask: 1 of 2 connected (50.0 %), not built yet'],
    ['a model', model, 'Sequential net: 2 layers, 11 parameters, not compiled'],
    ['a compiled model', compiled, 'Sequential one: 1 layer, 2 parameters, compiled with SGDOptimizer and meanSquaredError'],
    ['a functional model', tf.model({ name: 'f', inputs: branch, outputs: tf.layers.dense({ units: 1, name: 'g' }).apply(branch) as ReturnType<typeof tf.input> }), 'Model f: 2 layers, 3 parameters, not compiled'],
    ['an empty model', tf.sequential({ name: 'none' }), 'Sequential none: 0 layers, not built yet, not compiled'],
    ['an optimizer', tf.train.sgd(0.1), 'SGDOptimizer({ learningRate: 0.1 })'],
    ['a symbolic tensor', branch, 'SymbolicTensor "left" float32 [null, 2]'],
  ])('shows %s', (_name, value, text) => expect(inspect(value)).toBe(text));

  it('shows an optimizer of ours by its own word', () => expect(inspect(optimizers.adam({ learningRate: 0.1 }))).toMatch(/^optimizers\.adam\(\{ learningRate: 0\.1/));
});
