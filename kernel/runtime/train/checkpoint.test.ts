import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Rank } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import * as models from '../models/index.js';
import * as optimizers from '../optimizers/index.js';
import * as rewire from '../rewire/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from './train.js';

await ready;
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'checkpoint-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const x = () => tf.randomNormal<Rank.R2>([24, 6], 0, 1, 'float32', 1);
const y = () => tf.randomNormal<Rank.R2>([24, 4], 0, 1, 'float32', 2);
function net() {
  const connections = { shape: [6, 4], edges: [[0, 0], [1, 1], [2, 2], [3, 3], [4, 0], [5, 1], [0, 2], [1, 3]] } as const;
  const model = tf.sequential({ layers: [maskedDense({ connections, inputShape: [6], kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) })] });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.05 }), loss: 'meanSquaredError' });
  return model;
}
const weights = (model: { getWeights(): { dataSync(): ArrayLike<number> }[] }) => model.getWeights().map((tensor) => Array.from(tensor.dataSync()));

describe('checkpoint', () => {
  it('saves after every so many epochs; what is loaded trains on bit by bit, rewiring included', async () => {
    const where = path.join(folder, 'run');
    const common = { batchSize: 8, shuffle: false, seed: 3 };
    const set = () => rewire.set({ fraction: 0.25, every: 2, seed: 7 });
    const whole = net();
    await train(whole, x(), y(), { ...common, epochs: 6, rewire: set() });
    const seen: boolean[] = [];
    const first = net();
    await train(first, x(), y(), { ...common, epochs: 5, rewire: set(), checkpoint: { path: where, everyEpochs: 4 }, callbacks: { onEpochEnd: async () => void seen.push(fs.existsSync(where)) } });
    expect(seen).toEqual([false, false, false, true, true]);
    const loaded = await models.load(where);
    expect(weights(loaded)).not.toEqual(weights(first));
    await train(loaded, x(), y(), { ...common, initialEpoch: 4, epochs: 6, rewire: set() });
    expect(weights(loaded)).toEqual(weights(whole));
  });

  it('every epoch when no number is given', async () => {
    let files = 0;
    const where = path.join(folder, 'model.json');
    await train(net(), x(), y(), { epochs: 2, checkpoint: { path: where }, callbacks: { onEpochEnd: async () => { files += Number(fs.existsSync(where)); fs.rmSync(where); fs.rmSync(path.join(folder, 'model.bin')); } } });
    expect(files).toBe(2);
  });

  it('a wrong one is named before anything is trained', async () => {
    const model = net();
    const before = weights(model);
    for (const [checkpoint, message] of [
      [true, /train: checkpoint: options is true, expected an object such as \{ path: … \}/],
      [{}, /train: checkpoint\.path is undefined/],
      [{ path: 'm.keras' }, /train: checkpoint\.path is "m\.keras", expected a folder/],
      [{ path: 'run', every: 2 }, /train: checkpoint: there is no option every; there are path, everyEpochs/],
      [{ path: 'run', everyEpochs: 0 }, /train: checkpoint\.everyEpochs is 0/],
    ] as const) await expect(train(model, x(), y(), { checkpoint: checkpoint as never })).rejects.toThrow(message);
    expect(weights(model)).toEqual(before);
  });
});

it('case 34: options of train are checked', async () => {
  const model = net();
  for (const [options, message] of [
    [{ epoch: 3 }, /train: there is no option epoch; there are epochs, batchSize/],
    [null, /train: options is null/],
    [{ threads: 0 }, /train: threads is 0, expected a whole number of at least 1/],
    [{ show: 'no' }, /train: show is "no", expected true or false/],
    [{ signal: 1 }, /train: signal is 1, expected an AbortSignal/],
    [{ name: 1 }, /train: name is 1/],
    [{ shuffle: 'yes' }, /train: shuffle is "yes"/],
    [{ earlyStopping: true }, /train: earlyStopping: options is true/],
    [{ earlyStopping: { patince: 3 } }, /train: earlyStopping: there is no option patince; there are patience, monitor/],
    [{ seed: 'a' }, /seed is "a", expected a finite number/],
  ] as const) await expect(train(model, x(), y(), options as never)).rejects.toThrow(message);
});

/** What training makes, it gives back: optimizers keep their slots, and nothing else grows. */
describe('tensors stay as many', () => {
  const makes: [string, (common: optimizers.CommonOptions) => optimizers.KerasOptimizer][] = [
    ...(['sgd', 'adam', 'adamw', 'adamax', 'nadam', 'rmsprop', 'adagrad', 'adadelta', 'lion'] as const).map((name): [string, (common: optimizers.CommonOptions) => optimizers.KerasOptimizer] => [name, optimizers[name]]),
    ['momentum', (common) => optimizers.sgd({ ...common, momentum: 0.9 })],
    ['adam, amsgrad', (common) => optimizers.adam({ ...common, amsgrad: true })],
    ['rmsprop, centered', (common) => optimizers.rmsprop({ ...common, centered: true, momentum: 0.5 })],
  ];
  const COMMON: optimizers.CommonOptions[] = [{ useEma: true, emaOverwriteFrequency: 3, clipNorm: 0.1 }, { useEma: true, globalClipNorm: 0.1, weightDecay: 0.01 }, { clipValue: 0.01 }];

  it.each(makes)('%s: in train with each kind of rewiring, in fit, in trainOnBatch', async (_name, make) => {
    for (const common of COMMON) {
      const [xs, ys] = [x(), y()];
      const model = net();
      model.compile({ optimizer: make(common), loss: 'meanSquaredError' });
      const options = { batchSize: 8, validationSplit: 0.25, seed: 1 };
      await train(model, xs, ys, options);
      const { numTensors, numDataBuffers } = tf.memory();
      for (const rewiring of [undefined, rewire.set({ every: 2 }), rewire.rigl({ every: 2 }), rewire.prune({ finalDensity: 0.2, begin: 3, end: 20, every: 3 })]) {
        await train(model, xs, ys, { ...options, epochs: 3, ...(rewiring && { rewire: rewiring }), earlyStopping: { patience: 9, restoreBest: true } });
      }
      await model.fit(xs, ys, { epochs: 2, batchSize: 8, verbose: 0 });
      await model.trainOnBatch(xs, ys);
      // Elsewhere weights that took over their average share its buffer until the next step; wasm copies.
      expect(tf.memory()).toMatchObject({ numTensors, ...(tf.getBackend() === 'wasm' && { numDataBuffers }) });
      tf.dispose([xs, ys]);
      model.dispose();
    }
  });
});
