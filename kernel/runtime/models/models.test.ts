import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MaskedDense, maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import { random } from '../masks/random.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { load, save } from './index.js';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'models-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));
const at = (...names: string[]) => path.join(folder, ...names);

const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
const x = tf.tensor2d([[1, 2, 4], [0.5, -1, 2], [3, 0, 1], [-1, 1, 1]]);
const y = tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0]]);

function build(): LayersModel {
  return tf.sequential({
    layers: [
      maskedDense({ connections: A, inputShape: [3], activation: 'tanh', biasMask: [1, 0], kernelRegularizer: tf.regularizers.l1l2({ l1: 0, l2: 0.01 }) }),
      tf.layers.dense({ units: 3, activation: 'relu' }),
      maskedDense({ connections: A, useBias: false }),
    ],
  });
}
const numbers = (t: Tensor | Tensor[]) => Array.from((t as Tensor).dataSync());
const output = (model: LayersModel) => numbers(model.predict(x));
const weights = (model: LayersModel) => model.getWeights().map(numbers);
const step = (model: LayersModel, epochs: number) => model.fit(x, y, { epochs, batchSize: 4, shuffle: false, verbose: 0 });
const masksOf = (model: LayersModel) => model.layers.filter((layer) => layer instanceof MaskedDense).map(({ mask }) => mask);

describe('a saved model', () => {
  it.each(['as-folder', 'nested/v1.5', 'as-file.json'])('comes back from %s: outputs, masks, bias masks, nothing registered', async (name) => {
    const model = build();
    const saved = await save(model, at(name));
    const loaded = await load(at(name));
    expect(output(loaded)).toEqual(output(model));
    expect(weights(loaded)).toEqual(weights(model));
    expect(masksOf(loaded).map((mask) => mask.equals(A))).toEqual([true, true]);
    expect(loaded.layers[0]?.getConfig()).toEqual(model.layers[0]?.getConfig());
    expect(saved.files.map((file) => path.basename(file))).toEqual(name.endsWith('.json') ? ['as-file.json', 'as-file.bin'] : ['model.json', 'weights.bin']);
    expect((await Promise.all(saved.files.map((file) => fs.stat(file)))).reduce((sum, { size }) => sum + size, 0)).toBe(saved.bytes);
  });

  it('case 21: trains on bit by bit as the one that was saved, with its masks stored once', async () => {
    const { adagrad, adadelta, adam, adamax, adamw, lion, nadam, rmsprop, sgd } = optimizers;
    const ours = [adagrad(), adadelta(), adam({ amsgrad: true, clipNorm: 1 }), adamax(), adamw(), lion(), nadam(), rmsprop({ centered: true, momentum: 0.5 })];
    const withAverage = sgd({ momentum: 0.9, nesterov: true, useEma: true, emaOverwriteFrequency: 3, weightDecay: 0.01 });
    const theirs = [tf.train.adam(0.05), tf.train.momentum(0.1, 0.9), tf.train.rmsprop(0.01, 0.9, 0.5), tf.train.adagrad(0.1), tf.train.sgd(0.1), tf.train.adadelta(1)];
    for (const optimizer of [...ours, withAverage, ...theirs]) {
      const model = build();
      model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['accuracy'] });
      await step(model, 7);
      await save(model, at('trained'));
      const loaded = await load(at('trained'));
      const [onward, again] = [await step(model, 5), await step(loaded, 5)];
      expect(again.history, optimizer.getClassName()).toEqual(onward.history);
      expect(weights(loaded), optimizer.getClassName()).toEqual(weights(model));
    }
    const json = await fs.readFile(at('trained', 'model.json'), 'utf8');
    expect(json.match(/"gaps"/g)).toHaveLength(1);
  });

  it('case 21: takes 4 bytes a live weight and about one for the mask, and a live 0 stays connected', async () => {
    const mask = random(400, 300, { density: 0.1, seed: 3 });
    const model = tf.sequential({ layers: [maskedDense({ connections: mask, inputShape: [400], useBias: false })] });
    const kernel = tf.zeros([400, 300]);
    model.layers[0]?.setWeights([kernel]);
    const { bytes } = await save(model, at('sizes'));
    expect(bytes).toBeLessThan(mask.nnz * 4.95);
    expect(masksOf(await load(at('sizes')))[0]?.equals(mask)).toBe(true);
  });

  it('keeps a mask without connections, a functional graph, metadata, and leaves no tensor behind', async () => {
    const input = tf.input({ shape: [3] });
    const none = maskedDense({ connections: Mask.from({ shape: [3, 2], edges: [] }), biasMask: [0, 0], name: 'none' }).apply(input);
    const some = maskedDense({ connections: A, name: 'some' }).apply(input);
    const model = tf.model({ inputs: input, outputs: tf.layers.add().apply([none as never, some as never]) as never });
    model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
    model.setUserDefinedMetadata({ note: 'hand-made' });
    await step(model, 2);
    const before = tf.memory().numTensors;
    await save(model, at('graph'));
    expect(tf.memory().numTensors).toBe(before);
    const loaded = await load(at('graph'));
    expect(output(loaded)).toEqual(output(model));
    expect(loaded.getUserDefinedMetadata()).toEqual({ note: 'hand-made' });
    await step(model, 1);
    await step(loaded, 1);
    expect(weights(loaded)).toEqual(weights(model));
  });

  it('says what it cannot hold', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const model = build();
    model.compile({ optimizer: 'sgd', loss: (a: Tensor, b: Tensor) => tf.losses.meanSquaredError(a, b) });
    const { left } = await save(model, at('function-loss'));
    expect(left).toBe('how it was compiled is not stored (loss is a function): compile it again after loading');
    expect((await load(at('function-loss'))).optimizer).toBeUndefined();
    model.compile({ optimizer: tf.train.adamax(0.1), loss: 'meanSquaredError' });
    await step(model, 1);
    expect((await save(model, at('adamax'))).left).toMatch(/^the state of its optimizer Adamax is not stored/);
    expect((await load(at('adamax'))).optimizer.getClassName()).toBe('Adamax');
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });

  it('goes on bit by bit in the middle of a schedule, once it has it again', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const learningRate = (step: number) => 0.1 / (step + 1);
    const model = build();
    model.compile({ optimizer: optimizers.adam({ learningRate }), loss: 'meanSquaredError' });
    await step(model, 4);
    const { left } = await save(model, at('schedule'));
    expect(left).toBe('the learningRate of its optimizer is a function, which is not stored: set model.optimizer.learningRate to it again after loading, to train on as before; until then the rate is 0.02');
    await save(model, at('schedule'));
    expect(warn).toHaveBeenCalledTimes(1);
    const loaded = await load(at('schedule'));
    const { optimizer } = loaded;
    if (!(optimizer instanceof optimizers.KerasOptimizer)) throw new Error('another optimizer');
    expect([optimizer.learningRate, optimizer.iterations]).toEqual([0.02, 4]);
    optimizer.learningRate = learningRate;
    await step(model, 3);
    await step(loaded, 3);
    expect(weights(loaded)).toEqual(weights(model));
    warn.mockRestore();
  });
});

describe('saving over what is there', () => {
  it('replaces a saved model, also one of more files, and nothing else', async () => {
    await save(build(), at('over'));
    const model = build();
    await save(model, at('over'));
    expect(output(await load(at('over')))).toEqual(output(model));
    await fs.writeFile(at('over', 'notes.txt'), 'mine');
    await expect(save(build(), at('over'))).rejects.toThrow(/models.save: .*over holds notes.txt beside a saved model; it is replaced as a whole, so save to another folder/);
    expect(output(await load(at('over')))).toEqual(output(model));
    await fs.mkdir(at('data'));
    await fs.writeFile(at('data', 'a.csv'), '1');
    await expect(save(model, at('data'))).rejects.toThrow(/data holds a.csv, no saved model/);
    await fs.mkdir(at('empty'));
    await save(model, at('empty'));
    await fs.writeFile(at('plain'), 'x');
    await expect(save(model, at('plain'))).rejects.toThrow(/plain is a file/);
    await fs.writeFile(at('package.json'), '{"name":"x"}');
    await expect(save(model, at('package.json'))).rejects.toThrow(/package.json exists and is no saved model; it is not overwritten/);
    await fs.writeFile(at('foreign.bin'), 'x');
    await expect(save(model, at('foreign.json'))).rejects.toThrow(/foreign.bin exists without a model's foreign.json/);
    expect((await fs.readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes file URLs as well', async () => {
    const model = build();
    await save(model, pathToFileURL(at('by url')).href);
    expect(output(await load(pathToFileURL(at('by url'))))).toEqual(output(model));
    expect(output(await load(at('by url')))).toEqual(output(model));
  });

  it.each(['left-folder', 'left.json'])('%s has in the end the files of the first time, whatever a killed process has left', async (name) => {
    const folderOf = name.endsWith('.json') ? path.dirname(at(name)) : at(name);
    const [json, bin] = name.endsWith('.json') ? ['left.json', 'left.bin'] : ['model.json', 'weights.bin'];
    const model = build();
    await save(build(), at(name));
    // Killed when the new description was there, and refers to weights under a name of their own.
    const own = bin.replace('.bin', '-0123abcd.bin');
    await fs.rename(path.join(folderOf, bin), path.join(folderOf, own));
    await fs.writeFile(path.join(folderOf, bin), 'the old weights');
    await fs.writeFile(path.join(folderOf, `${json}.89abcdef.tmp`), 'half of a descr');
    await fs.writeFile(path.join(folderOf, json), (await fs.readFile(path.join(folderOf, json), 'utf8')).replace(bin, own));
    expect(output(await load(at(name)))).toHaveLength(8);
    await save(model, at(name));
    expect(output(await load(at(name)))).toEqual(output(model));
    const files = (await fs.readdir(folderOf)).filter((file) => /^(model|weights|left)(-0.*)?\.(?!.*tmp$)/.test(file));
    expect(files.sort()).toEqual([json, bin].sort());
  });

  it('is read whole while it is replaced again and again', async () => {
    const models = [build(), tf.sequential({ layers: [maskedDense({ connections: random(3, 40, { density: 0.5, seed: 1 }), inputShape: [3] })] })];
    const outputs = models.map(output);
    await save(models[0]!, at('busy'));
    let saving = true;
    const saves = (async () => {
      for (let k = 0; k < 30; k++) await save(models[k % 2]!, at('busy'));
      saving = false;
    })();
    let reads = 0;
    while (saving) {
      expect(outputs).toContainEqual(output(await load(at('busy'))));
      reads += 1;
    }
    await saves;
    expect(reads).toBeGreaterThan(2);
  });

  it('refuses other paths and things', async () => {
    await expect(save(build(), 'm.h5')).rejects.toThrow('models.save: path is "m.h5", expected a folder (a path without extension) or a .json file. Files of Keras: models.importKeras and models.exportKeras.');
    await expect(save(build(), '')).rejects.toThrow('models.save: path is "", expected a path');
    await expect(save(A as never, at('x'))).rejects.toThrow(/models.save: model is a Mask, expected a model/);
  });
});

describe('loading something else', () => {
  const damaged = async (name: string, change: (json: Record<string, unknown>) => unknown) => {
    await save(build(), at(`${name}.json`));
    const json = JSON.parse(await fs.readFile(at(`${name}.json`), 'utf8')) as Record<string, unknown>;
    await fs.writeFile(at(`${name}.json`), JSON.stringify(change(json)));
    return load(at(`${name}.json`));
  };

  it('says in a sentence what is wrong', async () => {
    await expect(load(at('nowhere'))).rejects.toThrow(/^models.load: there is no file or folder .*nowhere$/);
    await fs.mkdir(at('hollow'));
    await expect(load(at('hollow'))).rejects.toThrow(/hollow has no model.json: it is no saved model$/);
    await fs.writeFile(at('junk.json'), '\0\0');
    await expect(load(at('junk.json'))).rejects.toThrow(/junk.json is not JSON/);
    await fs.writeFile(at('list.json'), '[]');
    await expect(load(at('list.json'))).rejects.toThrow(/list.json is no saved model: it holds no JSON object/);
    await fs.writeFile(at('other.json'), '{"name":1}');
    await expect(load(at('other.json'))).rejects.toThrow(/it has no "modelTopology" \(it has name\)/);
    await expect(load('m.keras')).rejects.toThrow(/models.importKeras reads files of Keras/);
    await expect(damaged('graph-model', (json) => ({ ...json, format: 'graph-model' }))).rejects.toThrow(/tf.loadGraphModel loads it/);
    await expect(damaged('newer', (json) => ({ ...json, patchbay: { version: 9 } }))).rejects.toThrow(/newer Patchbay \(format 9, this one reads 1\)/);
    await expect(damaged('maskless', (json) => ({ ...json, patchbay: { version: 1, masks: [] } }))).rejects.toThrow(/refers to mask 0, which is not there/);
    await expect(damaged('alien', (json) => JSON.parse(JSON.stringify(json).replaceAll('MaskedDense', 'Quantum')))).rejects.toThrow(/alien.json cannot be loaded: Unknown layer: Quantum/);
    await expect(damaged('binless', (json) => ({ ...json, weightsManifest: [{ paths: ['gone.bin'], weights: [] }] }))).rejects.toThrow(/names the file of weights gone.bin, which is not beside it/);
    const graph = (inbound: string) => async () => {
      const input = tf.input({ shape: [3], name: 'in' });
      await save(tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1, name: 'end' }).apply(input) as never }), at('looped.json'));
      const json = await fs.readFile(at('looped.json'), 'utf8');
      await fs.writeFile(at('looped.json'), json.replace('[["in",0,0,{}]]', inbound));
      return load(at('looped.json'));
    };
    await expect(graph('[["end",0,0,{}]]')()).rejects.toThrow(/looped.json has the layer end wait for call 0 of end, which never comes/);
    await expect(graph('[["in",1,0,{}]]')()).rejects.toThrow(/wait for call 1 of in, which never comes/);
    await save(build(), at('short.json'));
    await fs.writeFile(at('short.bin'), new Uint8Array(12));
    await expect(load(at('short.json'))).rejects.toThrow(/short.json describes \d+ bytes of weights, but short.bin has 12: the two do not belong together, or one is damaged/);
  });
});
