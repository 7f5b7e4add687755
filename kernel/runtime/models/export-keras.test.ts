import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MaskedDense, maskedConv2d, maskedDense } from '../layers/index.js';
import { random } from '../masks/random.js';
import { ready, tf } from '../tf/index.js';
import { exportKeras, importKeras } from './index.js';
import { legacyGroup } from './keras/export-weights.js';
import { datasetAt, readHdf5, writeHdf5 } from './keras/hdf5.js';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'export-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));
const at = (...names: string[]) => path.join(folder, ...names);

const mask = random(6, 8, { density: 0.4, seed: 1 });
const build = (activation = 'tanh') =>
  tf.sequential({
    layers: [
      maskedDense({ connections: mask, inputShape: [6], activation: activation as 'tanh', biasMask: [1, 0, 1, 1, 1, 0, 1, 1], biasInitializer: 'ones' }),
      tf.layers.batchNormalization({ movingMeanInitializer: 'randomNormal' }),
      maskedDense({ connections: random(8, 3, { density: 0.5, seed: 2 }), useBias: false }),
    ],
  });
const x = tf.randomNormal([4, 6], 0, 1, 'float32', 5);
const numbers = (t: Tensor | Tensor[]) => Array.from((t as Tensor).dataSync());

describe.each(['keras', 'h5'])('an exported .%s file', (kind) => {
  it("case 22: comes back as stock layers with zeros in the kernel, or as masked ones; what real Keras makes of it is test/keras's", async () => {
    const model = build();
    const before = tf.memory().numTensors;
    await exportKeras(model, at(`dense.${kind}`));
    await exportKeras(model, at(`custom.${kind}`), { as: 'custom' });
    expect(tf.memory().numTensors).toBe(before);
    const dense = await importKeras(at(`dense.${kind}`));
    expect(dense.layers.map((layer) => layer.getClassName())).toEqual(['Dense', 'BatchNormalization', 'Dense']);
    expect(numbers(dense.layers[0]!.getWeights()[0]!)).toEqual(numbers(model.layers[0]!.getWeights()[0]!));
    const custom = await importKeras(at(`custom.${kind}`));
    const [first] = custom.layers;
    if (!(first instanceof MaskedDense)) throw new Error('not masked');
    expect(first.mask.equals(mask)).toBe(true);
    expect(first.getConfig()['biasMask']).toEqual([1, 0, 1, 1, 1, 0, 1, 1]);
    const want = numbers(model.predict(x));
    for (const again of [dense, custom]) numbers(again.predict(x)).forEach((value, k) => expect(value).toBeCloseTo(want[k]!, 5));
  });
});

describe.each(['keras', 'h5'])('a graph in an exported .%s file', (kind) => {
  const apply = (layer: tf.layers.Layer, input: unknown) => layer.apply(input as never) as tf.SymbolicTensor;

  it('comes back: several ends, layers used twice, models inside models, parts that are not trained', async () => {
    const input = tf.input({ shape: [6] });
    const core = tf.model({ inputs: input, outputs: apply(maskedDense({ connections: mask, trainable: false, biasMask: 'auto', biasInitializer: 'ones' }), input), name: 'core' });
    const block = tf.sequential({ layers: [core, tf.layers.batchNormalization({ movingMeanInitializer: 'randomNormal' }), maskedDense({ connections: random(8, 6, { density: 0.5, seed: 4 }) })] });
    const [a, b] = [tf.input({ shape: [6] }), tf.input({ shape: [6] })];
    const [once, twice] = [apply(block, a), apply(block, b)];
    const model = tf.model({ inputs: [a, b], outputs: [apply(tf.layers.add(), [once, twice]), apply(block, twice)] });
    const inputs = [x, tf.randomNormal([4, 6], 0, 1, 'float32', 6)];
    const want = (model.predict(inputs) as Tensor[]).map(numbers);
    for (const as of ['dense', 'custom'] as const) {
      await exportKeras(model, at(`graph-${as}.${kind}`), { as });
      const again = await importKeras(at(`graph-${as}.${kind}`));
      const got = (again.predict(inputs) as Tensor[]).map(numbers);
      want.forEach((values, k) => values.forEach((value, i) => expect(got[k]![i]).toBeCloseTo(value, 5)));
      expect(again.trainableWeights.length).toBe(model.trainableWeights.length);
    }
  });
});

describe('exporting', () => {
  it('splits what an attribute of HDF5 cannot hold', async () => {
    const layers = Array.from({ length: 4100 }, (_, k) => ({ name: `layer_${k}`, className: 'Dense', weights: [{ name: 'bias', dataset: { shape: [1], values: Float32Array.of(k) }, trained: true }] }));
    const { attributes } = legacyGroup('{}', layers, '3.0.0').groups['model_weights']!;
    expect([attributes['layer_names0']?.length, attributes['layer_names1']?.length, attributes['layer_names']]).toEqual([4000, 100, undefined]);
    const root = await readHdf5(await writeHdf5(legacyGroup('x'.repeat(100_000), layers.slice(-3), '3.0.0')));
    expect(root.attributes['model_config']).toHaveLength(100_000);
    expect(datasetAt(root, 'model_weights/layer_4099/layer_4099/bias')?.values[0]).toBe(4099);
  });

  it('writes the Python class beside a custom export, and never over a file of someone else', async () => {
    await exportKeras(build(), at('beside', 'm.keras'), { as: 'custom' });
    const file = at('beside', 'custom_connected.py');
    expect(await fs.readFile(file, 'utf8')).toContain('class CustomConnected(keras.layers.Dense):');
    await fs.writeFile(file, 'mine = 1\n');
    await expect(exportKeras(build(), at('beside', 'm.keras'), { as: 'custom' })).rejects.toThrow(/custom_connected.py exists and is not ours; it is not overwritten/);
    await exportKeras(build(), at('beside', 'n.keras'));
    expect(await fs.readdir(at('beside'))).toEqual(['custom_connected.py', 'm.keras', 'n.keras']);
  });

  it('names what Keras 3 has not, and leaves no file', async () => {
    const to = at('refused.keras');
    await expect(exportKeras(build('hardSigmoid'), to)).rejects.toThrow(/^models.exportKeras: layer \S+ has the activation hard_sigmoid, which Keras 3 has not; it is another function than Keras 3's hard_sigmoid, which is 'hardSigmoidKeras3' here$/);
    await expect(exportKeras(tf.sequential({ layers: [tf.layers.simpleRNN({ units: 2, inputShape: [3, 2] })] }), to)).rejects.toThrow(/is of class SimpleRNN, which cannot be exported; these can: MaskedDense, MaskedConv2d, Dense,/);
    const conv = tf.sequential({ layers: [maskedConv2d({ connections: [[1, 0]], kernelSize: 2, inputShape: [4, 4, 1] })] });
    await expect(exportKeras(conv, to, { as: 'custom' })).rejects.toThrow(/is a masked convolution, which has no class of its own in Keras: export it with { as: 'dense' }/);
    await expect(exportKeras(tf.sequential({ layers: [tf.layers.dense({ units: 1, name: 'a/b', inputShape: [1] })] }), to)).rejects.toThrow('layer a/b has a / in its name, which Keras 3 refuses');
    await expect(exportKeras(tf.sequential(), to)).rejects.toThrow(/has no weights yet: give its first layer an inputShape/);
    await expect(exportKeras(build(), 'm.json')).rejects.toThrow('models.exportKeras: path is "m.json", expected a .keras or .h5 file');
    await expect(exportKeras(build(), to, { as: 'sparse' as never })).rejects.toThrow(`models.exportKeras: as is "sparse", expected 'dense' or 'custom'`);
    await expect(exportKeras(mask as never, to)).rejects.toThrow(/model is a Mask, expected a model/);
    expect(await fs.readdir(folder)).not.toContain('refused.keras');
  });
});
