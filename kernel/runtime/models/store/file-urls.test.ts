import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../../test/support/host.js';
import { maskedDense } from '../../layers/index.js';
import { ready, tf } from '../../tf/index.js';
import { load } from '../load.js';
import { pathOfUrl } from '../model-path.js';
import './file-urls.js';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'file urls '));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));
afterEach(removeHost);

const build = () => tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3] })] });
const output = (model: LayersModel) => Array.from((model.predict(tf.tensor2d([[1, 2, 4]])) as Tensor).dataSync());

it('reads a URL as tfjs-node does, and as pathToFileURL writes it', () => {
  expect(pathOfUrl('file://./model/model.json')).toBe('./model/model.json');
  expect(pathOfUrl('file://my%20model')).toBe('my%20model');
  expect(pathOfUrl('file:///tmp/my%20model')).toBe('/tmp/my model');
  expect(pathOfUrl('file:///tmp/100%')).toBe('/tmp/100%');
  expect(pathOfUrl('file:///C:/models/a')).toBe('C:/models/a');
});

it('model.save and tf.loadLayersModel take an absolute URL; other files of the folder stay', async () => {
  const model = build();
  const url = pathToFileURL(path.join(folder, 'saved')).href;
  await fs.mkdir(path.join(folder, 'saved'));
  await fs.writeFile(path.join(folder, 'saved', 'notes.txt'), 'mine');
  const { modelArtifactsInfo } = await model.save(url);
  expect(modelArtifactsInfo.weightDataBytes).toBe(4 * 6);
  expect((await fs.readdir(path.join(folder, 'saved'))).sort()).toEqual(['model.json', 'notes.txt', 'weights.bin']);
  for (const form of [url, `${url}/model.json`, `file://${path.join(folder, 'saved')}`]) expect(output(await tf.loadLayersModel(form))).toEqual(output(model));
  expect(output(await load(path.join(folder, 'saved')))).toEqual(output(model));
});

it('a relative URL starts at the notebook; the optimizer comes along where tfjs is asked for it', async () => {
  installHost(new RecordingHost(folder));
  const model = build();
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  await model.save('file://./relative.json', { includeOptimizer: true });
  expect((await fs.readdir(folder)).filter((name) => name.startsWith('relative')).sort()).toEqual(['relative.bin', 'relative.json']);
  const loaded = await tf.loadLayersModel('file://./relative.json');
  expect(loaded.optimizer.getClassName()).toBe('Adam');
  expect(output(loaded)).toEqual(output(model));
});

it('loads what tfjs itself writes: masks in the topology, weights in several files', async () => {
  const model = build();
  let plain: { topology: unknown; specs: unknown; data: Uint8Array } | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      plain = { topology: artifacts.modelTopology, specs: artifacts.weightSpecs, data: new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData)) };
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const other = path.join(folder, 'shards');
  await fs.mkdir(other);
  await fs.writeFile(path.join(other, 'model.json'), JSON.stringify({ modelTopology: plain?.topology, weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: plain?.specs }] }));
  await fs.writeFile(path.join(other, 'a.bin'), plain?.data.subarray(0, 10) ?? '');
  await fs.writeFile(path.join(other, 'b.bin'), plain?.data.subarray(10) ?? '');
  expect(output(await tf.loadLayersModel(`file://${other}/model.json`))).toEqual(output(model));
});

it('steps back where another handler answers, since tfjs refuses two', async () => {
  let asked = 0;
  tf.io.registerLoadRouter((url) => {
    // As tfjs-node's router does.
    if (!String(url).startsWith('file://elsewhere')) return null as never;
    asked += 1;
    return { load: async () => Promise.reject(new Error('theirs')) };
  });
  await expect(tf.loadLayersModel('file://elsewhere/model.json')).rejects.toThrow('theirs');
  await expect(tf.loadLayersModel('file://nowhere/model.json')).rejects.toThrow(/there is no file or folder .*nowhere/);
  expect(asked).toBe(2);
});
