/** Files that the real Keras wrote (test/keras/make_models.py): graphs, models inside models, settings, types, odd names. */
import path from 'node:path';
import fs from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectImported, madeModels, maskedLayers } from '../../../test/support/keras-made-models.js';
import { ready, tf } from '../tf/index.js';

const folder = (version: string) => path.resolve(import.meta.dirname, '../../../test/fixtures/keras/made', version);

beforeAll(() => ready);
afterEach(() => vi.restoreAllMocks());

describe.each(['keras3', 'keras2'])('files of %s', async (version) => {
  const models = await madeModels(folder(version));
  const files = models.flatMap((model) => (['keras', 'h5'] as const).filter((kind) => fs.existsSync(path.join(folder(version), `${model.name}.${kind}`))).map((kind) => ({ file: `${model.name}.${kind}`, model, kind })));

  it.each(files)('$file comes back with masks, weights and outputs', async ({ model, kind }) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const imported = await expectImported(folder(version), model, kind);
    expect(warn).toHaveBeenCalledTimes(model.name === 'settings' ? 2 : 0);
    imported.dispose();
  });

  it('there are files of both kinds', () => {
    expect(new Set(files.map(({ kind }) => kind)).size).toBe(2);
    expect(files.length).toBeGreaterThan(8);
  });
});

it('names that TensorFlow.js refuses are changed, all others stay', async () => {
  const [odd] = (await madeModels(folder('keras3'))).filter(({ name }) => name === 'odd names');
  const model = await expectImported(folder('keras3'), odd!, 'h5');
  expect(model.layers.map(({ name }) => name)).toEqual(['schr_g_und.quer', '0', 'weight_names']);
});

it('settings come along: regularizers, constraints, initializers, what is not trained', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const [settings] = (await madeModels(folder('keras3'))).filter(({ name }) => name === 'settings');
  const model = await expectImported(folder('keras3'), settings!, 'keras');
  const [first, second, third] = maskedLayers(model).map((layer) => layer.getConfig());
  expect(first).toMatchObject({
    kernelInitializer: { className: 'VarianceScaling' },
    kernelRegularizer: { className: 'L1L2', config: { l1: expect.closeTo(1e-3), l2: expect.closeTo(1e-4) } },
    biasRegularizer: { className: 'L1L2', config: { l1: 0, l2: expect.closeTo(1e-2) } },
    kernelConstraint: { className: 'MaxNorm', config: { maxValue: 2, axis: 0 } },
  });
  expect(second).toMatchObject({ kernelConstraint: { className: 'NonNeg' }, biasConstraint: { className: 'UnitNorm' }, kernelRegularizer: { config: { l1: 0, l2: expect.closeTo(0.01) } } });
  expect(third).toMatchObject({ trainable: false });
  expect(model.layers[2]!.getConfig()).toMatchObject({ kernelConstraint: { className: 'MinMaxNorm', config: { minValue: 0.1, maxValue: 0.9, rate: 0.5 } } });
  expect(model.layers.filter(({ trainable }) => !trainable)).toHaveLength(2);
});

it('a nested model trains on, and its shared layers stay shared', async () => {
  const [nested] = (await madeModels(folder('keras3'))).filter(({ name }) => name === 'nested');
  const model = await expectImported(folder('keras3'), nested!, 'keras');
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
  const { history } = await model.fit(tf.randomNormal([20, 4], 0, 1, 'float32', 1), tf.zeros([20, 2]), { epochs: 3, verbose: 0 });
  expect(history['loss']!.at(-1)).toBeLessThan(Number(history['loss']![0]));
});
