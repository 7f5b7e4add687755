import type { Tensor } from '@tensorflow/tfjs';
import { inspect } from 'node:util';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { LOSS_MIME } from '../../model/views/media-types.js';
import { HOST_KEY } from '../../protocol/host.js';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from './train.js';
import { TrainingRun } from './training-run.js';

beforeAll(() => ready);
const host = globalThis as { [HOST_KEY]?: unknown };
afterEach(() => {
  delete host[HOST_KEY];
});

const x = () => tf.randomNormal([64, 3], 0, 1, 'float32', 1);
const target = (of: Tensor) => tf.tidy(() => tf.sum(of, 1, true));

function wired(options: { learningRate?: number; dropout?: number; metrics?: string[] } = {}) {
  const model = tf.sequential();
  model.add(maskedDense({ connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3], kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) }));
  if (options.dropout) model.add(tf.layers.dropout({ rate: options.dropout }));
  model.add(maskedDense({ connections: [[1], [1]], kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }));
  model.compile({ optimizer: tf.train.sgd(options.learningRate ?? 0.05), loss: 'meanSquaredError', ...(options.metrics && { metrics: options.metrics }) });
  return model;
}

describe('train', () => {
  it('learns, records every epoch and step, prints nothing, leaks nothing', async () => {
    const log = vi.spyOn(console, 'log');
    const model = wired({ metrics: ['mae'] });
    const [xs, ys] = [x(), target(x())];
    await train(model, xs, ys, { epochs: 1 });
    const tensors = tf.memory().numTensors;
    const run = await train(model, xs, ys, { epochs: 40, batchSize: 10, seed: 1, validationSplit: 0.25 });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(run).toBeInstanceOf(TrainingRun);
    expect(Object.keys(run.history)).toEqual(['loss', 'mae', 'val_loss', 'val_mae']);
    for (const values of Object.values(run.history)) expect(values).toHaveLength(40);
    expect(run.steps).toHaveLength(40 * 5);
    expect([run.engine, run.epochsRun, run.stoppedBy]).toEqual(['fused', 40, 'done']);
    expect(run.engineReason).toMatch(/fused/);
    expect(run.history['loss']!.at(-1)).toBeLessThan(run.history['loss']![0]! / 10);
    expect(run.msPerStep).toBeGreaterThan(0);
    expect(run.history['val_loss']![run.bestEpoch!]).toBe(Math.min(...run.history['val_loss']!));
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it('equals tfjs fit where nothing is shuffled', async () => {
    const [mine, theirs] = [wired(), wired()];
    const [xs, ys] = [x(), target(x())];
    const validationData = [xs.slice([0], [10]), ys.slice([0], [10])] as [Tensor, Tensor];
    const run = await train(mine, xs, ys, { epochs: 5, batchSize: 10, shuffle: false, validationData });
    const { history } = await theirs.fit(xs, ys, { epochs: 5, batchSize: 10, shuffle: false, validationData, verbose: 0 });
    for (const name of ['loss', 'val_loss']) (history[name] as number[]).forEach((value, k) => expect(run.history[name]![k]).toBeCloseTo(value, 6));
  });

  it('repeats itself bit by bit with a seed: order of rows and dropout', async () => {
    const runs = [];
    for (const seed of [7, 7, 8]) runs.push(await train(wired({ dropout: 0.5 }), x(), target(x()), { epochs: 3, batchSize: 8, seed }));
    expect(runs[0]!.steps).toEqual(runs[1]!.steps);
    expect(runs[0]!.steps).not.toEqual(runs[2]!.steps);
    const random = Math.random;
    await train(wired({ dropout: 0.5 }), x(), target(x()), { seed: 1 });
    expect(Math.random).toBe(random);
  });

  it.each([
    ['interrupt', (at: () => boolean) => { host[HOST_KEY] = { get interruptRequested() { return at(); }, notebookFolder: '/', enterLoop: () => () => undefined, display: () => undefined }; return {}; }],
    ['abort', (at: () => boolean) => ({ signal: { get aborted() { return at(); } } as AbortSignal })],
  ] as const)('ends after the current step on %s, with the weights of that step', async (stoppedBy, arrange) => {
    const model = wired();
    let steps = 0;
    const extra = arrange(() => steps >= 12);
    const run = await train(model, x(), target(x()), { ...extra, epochs: 100, batchSize: 8, shuffle: false, show: false, callbacks: { onBatchEnd: async () => { steps++; } } });
    expect(run.stoppedBy).toBe(stoppedBy);
    expect(run.steps).toHaveLength(12);
    expect(run.epochsRun).toBe(1);
    const again = wired();
    const [xs, ys] = [x(), target(x())];
    for (let step = 0; step < 12; step++) {
      const from = (8 * step) % 64;
      expect(await again.trainOnBatch(xs.slice([from], [8]), ys.slice([from], [8]))).toBeCloseTo(run.steps[step]!, 6);
    }
    const weights = again.getWeights().flatMap((w) => [...w.dataSync()]);
    model.getWeights().flatMap((w) => [...w.dataSync()]).forEach((value, k) => expect(value).toBeCloseTo(weights[k]!, 6));
  });

  it('stops at a loss that is not a number', async () => {
    const run = await train(wired({ learningRate: 1e20 }), x(), target(x()), { epochs: 50, batchSize: 8 });
    expect(run.stoppedBy).toBe('nan');
    expect(run.steps.length).toBeLessThan(20);
    expect(inspect(run)).toMatch(/stopped because the loss was not a finite number/);
  });

  it('stops early, and goes back to the best epoch when asked', async () => {
    const model = wired({ learningRate: 0.3 });
    const [xs, ys] = [x(), target(x())];
    const validationData = [tf.neg(xs), ys] as [Tensor, Tensor];
    const kept: number[][][] = [];
    const callbacks = { onEpochEnd: async () => { kept.push(model.getWeights().map((w) => [...w.dataSync()])); } };
    const run = await train(model, xs, ys, { epochs: 100, shuffle: false, validationData, callbacks, earlyStopping: { patience: 3, restoreBest: true } });
    expect(run.stoppedBy).toBe('earlyStopping');
    expect(run.epochsRun).toBe(run.bestEpoch! + 4);
    expect(model.getWeights().map((w) => [...w.dataSync()])).toEqual(kept[run.bestEpoch!]);
  });

  it('calls callbacks of tfjs, and knows its early stopping', async () => {
    const calls: string[] = [];
    const record = (name: string) => async () => { calls.push(name); };
    const run = await train(wired({ learningRate: 0 }), x(), target(x()), {
      epochs: 20, batchSize: 32, shuffle: false,
      callbacks: [
        { onTrainBegin: record('begin'), onEpochEnd: record('epoch'), onBatchEnd: record('batch'), onTrainEnd: record('end') },
        tf.callbacks.earlyStopping({ monitor: 'loss', patience: 1 }),
      ],
    });
    expect(run.stoppedBy).toBe('earlyStopping');
    expect(calls).toEqual(['begin', 'batch', 'batch', 'epoch', 'batch', 'batch', 'epoch', 'end']);
  });

  it('lets timers run while it trains', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await train(wired(), x(), target(x()), { epochs: 40, batchSize: 8, engine: 'tfjs' });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('weighs rows by sampleWeight', async () => {
    const run = await train(wired({ learningRate: 0 }), x(), target(x()), { shuffle: false, sampleWeight: tf.fill([64], 2) });
    const plain = await train(wired({ learningRate: 0 }), x(), target(x()), { shuffle: false });
    expect(run.steps[0]).toBeCloseTo(2 * plain.steps[0]!, 5);
  });

  it('ends after its step when the reader presses Stop, and keeps the weights of it', async () => {
    const notebook = new RecordingHost();
    installHost(notebook);
    try {
      const model = wired();
      const press = (batch: number): void => {
        if (batch !== 1) return;
        const payload = notebook.shown[0]!.data[LOSS_MIME] as { live: string };
        notebook.commListener({ type: 'comm_open', id: 'c', target: 'patchbay.view', data: { view: payload.live }, metadata: {}, buffers: [] });
        notebook.commListener({ type: 'comm_msg', id: 'c', data: { type: 'stop' }, metadata: {}, buffers: [] });
      };
      const run = await train(model, x(), target(x()), { epochs: 50, batchSize: 2, callbacks: { onBatchEnd: async (batch) => press(batch) } });
      expect([run.stoppedBy, run.steps.length, run.epochsRun]).toEqual(['abort', 2, 0]);
      expect(notebook.texts.at(-1)).toMatch(/stopped on request\.$/);
    } finally {
      removeHost();
    }
  });

  it('draws the curve in a notebook, as one display', async () => {
    const shown: { displayId?: string; update?: boolean }[] = [];
    const loops: string[] = [];
    const enterLoop = () => {
      loops.push('in');
      return () => loops.push('out');
    };
    host[HOST_KEY] = { interruptRequested: false, notebookFolder: '/', enterLoop, comm: { send: () => undefined, onMessage: () => undefined }, display: (_data: unknown, options: object) => shown.push(options) };
    await train(wired(), x(), target(x()), { epochs: 3 });
    expect(shown.length).toBeGreaterThanOrEqual(1);
    expect(new Set(shown.map(({ displayId }) => displayId)).size).toBe(1);
    expect(shown.slice(1).every(({ update }) => update === true)).toBe(true);
    expect(loops).toEqual(['in', 'out']);
    shown.length = 0;
    await train(wired(), x(), target(x()), { epochs: 3, show: false });
    expect(shown).toEqual([]);
  });

  it.each([
    [{ epochs: 1.5 }, /train: epochs is 1\.5, expected a whole number of at least 0/],
    [{ batchSize: 0 }, /batchSize is 0/],
    [{ epoch: 5 }, /there is no option epoch; there are epochs/],
    [{ engine: 'gpu' }, /engine is "gpu", expected 'auto', 'tfjs' or 'fused'/],
    [{ validationSplit: 1 }, /validationSplit is 1/],
    [{ earlyStopping: { monitor: 'val_loss' } }, /monitor is "val_loss", expected one of loss\. Names with val_ need/],
    [{ sampleWeight: tf.ones([3]) }, /sampleWeight has shape \[3\], expected \[64\]/],
    [{ seed: NaN }, /seed is NaN/],
  ])('refuses %j', async (options, message) => {
    await expect(train(wired(), x(), target(x()), options as never)).rejects.toThrow(message);
  });

  it('refuses data that do not fit, and models that are not ready', async () => {
    await expect(train(wired(), x(), tf.ones([63, 1]))).rejects.toThrow(/64 .*63/s);
    await expect(train(wired(), tf.ones([64, 4]), target(x()))).rejects.toThrow(/example has shape \[3\].*shape \[64,4\]/);
    await expect(train(wired(), [[1, 2, 3]] as never, target(x()))).rejects.toThrow(/train: x is an array of 1, expected a tensor/);
    await expect(train(tf.sequential({ layers: [maskedDense({ connections: [[1]], inputShape: [1] })] }), tf.ones([1, 1]), tf.ones([1, 1]))).rejects.toThrow(/is not compiled; call model\.compile/);
    await expect(train(wired(), x(), target(x()), { validationData: [x()] as never })).rejects.toThrow(/validationData is an array of 1, expected a pair \[x, y\]/);
    await expect(train({} as never, x(), x())).rejects.toThrow(/model is an Object, expected a model/);
    await expect(train(wired(), tf.zeros([0, 3]), tf.zeros([0, 1]))).rejects.toThrow(/no row to train on/);
    const model = wired();
    const first = train(model, x(), target(x()), { epochs: 2 });
    await expect(train(model, x(), target(x()))).rejects.toThrow(/is being trained already/);
    await first;
    expect((await train(model, x(), target(x()))).stoppedBy).toBe('done');
  });
});

it('a TrainingRun is one line', () => {
  const run = new TrainingRun({ history: { loss: [0.5312, 0.0012] }, steps: [], engine: 'tfjs', engineReason: '', bestEpoch: 1, stoppedBy: 'done', msPerStep: 1.23 });
  expect(inspect(run)).toBe('TrainingRun: 2 epochs, loss 0.53 → 0.0012, 1.2 ms/step, engine tfjs');
  expect(String(new TrainingRun({ ...run, history: { loss: [0.5] }, steps: [], stoppedBy: 'interrupt' }))).toBe('TrainingRun: 1 epoch, loss 0.5 → 0.5, 1.2 ms/step, engine tfjs, stopped by an interrupt');
});
