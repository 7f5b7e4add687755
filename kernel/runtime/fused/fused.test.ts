/** The fused trainer against the tfjs engine, which shuffles alike: the same numbers, whatever the model was compiled with. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Rank, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import type { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import * as models from '../models/index.js';
import * as optimizers from '../optimizers/index.js';
import * as regularizers from '../regularizers/index.js';
import * as rewire from '../rewire/index.js';
import { sparseEngine } from '../simd/engine.js';
import { ready, tf } from '../tf/index.js';
import type { TrainOptions } from '../train/options.js';
import { train } from '../train/train.js';

await ready;
beforeAll(() => tf.setBackend('wasm'));

const ROWS = 45;
const x = tf.randomNormal<Rank.R2>([ROWS, 8], 0, 1, 'float32', 3);
const classes = tf.randomUniform([ROWS], 0, 3, 'int32', 4);
const TARGETS = {
  real: tf.randomNormal<Rank.R2>([ROWS, 3], 0, 1, 'float32', 5),
  bits: tf.randomUniform<Rank.R2>([ROWS, 3], 0, 2, 'int32', 6).toFloat(),
  oneHot: tf.oneHot(classes, 3).toFloat(),
  number: classes.toFloat().reshape([ROWS, 1]),
} as const;
const draw = (seed: number) => tf.initializers.glorotNormal({ seed });

interface Case {
  hidden?: Record<string, unknown>;
  between?: () => ReturnType<typeof tf.layers.dense>[];
  head?: string;
  optimizer?: () => ReturnType<typeof optimizers.sgd> | ReturnType<typeof tf.train.adam>;
  loss?: unknown;
  metrics?: unknown[];
  y?: keyof typeof TARGETS;
  options?: TrainOptions;
}

function net({ hidden = {}, between = () => [], head = 'linear', optimizer = () => optimizers.adam({ learningRate: 0.01 }), loss = 'meanSquaredError', metrics = [] }: Case) {
  const connections = masks.random(8, 12, { density: 0.4, seed: 9 });
  const model = tf.sequential({
    layers: [
      maskedDense({ connections, inputShape: [8], activation: 'tanh', kernelInitializer: draw(1), biasInitializer: draw(5), ...hidden }),
      ...between(),
      tf.layers.dense({ units: 3, activation: head as 'linear', kernelInitializer: draw(2) }),
    ],
  });
  model.compile({ optimizer: optimizer(), loss: loss as string, ...(metrics.length > 0 && { metrics: metrics as string[] }) });
  return model;
}

const weightsOf = (model: { getWeights(): Tensor[] }): number[] => model.getWeights().flatMap((weight) => [...weight.dataSync()]);
function near(got: readonly number[], want: readonly number[], what: string, tolerance = 2e-5): void {
  expect(got.length, what).toBe(want.length);
  const scale = Math.max(1e-3, ...want.map(Math.abs));
  const worst = got.reduce((most, value, k) => Math.max(most, Math.abs(value - want[k]!)), 0);
  expect(worst / scale, `${what}: largest difference ${worst} of ${scale}`).toBeLessThanOrEqual(tolerance);
}

async function both(given: Case, more: TrainOptions = {}) {
  const options: TrainOptions = { epochs: 4, batchSize: 16, seed: 11, ...given.options, ...more };
  const y = TARGETS[given.y ?? 'real'];
  const [theirs, ours] = [net(given), net(given)];
  const want = await train(theirs, x, y, { ...options, engine: 'tfjs' });
  const got = await train(ours, x, y, { ...options, engine: 'fused' });
  expect([got.engine, want.engine, got.stoppedBy, got.epochsRun]).toEqual(['fused', 'tfjs', want.stoppedBy, want.epochsRun]);
  near(got.steps, want.steps, 'loss per step');
  for (const [name, values] of Object.entries(want.history)) near(got.history[name]!, values, name);
  near(weightsOf(ours), weightsOf(theirs), 'weights');
  return { theirs, ours, want, got, y, options };
}

const sgd = (options: optimizers.SgdOptions = {}) => () => optimizers.sgd({ learningRate: 0.05, ...options });

describe('fused ≡ tfjs', () => {
  it.each<[string, Case]>([
    ['mse', { metrics: ['mae', 'mse'] }],
    ['mae', { loss: 'meanAbsoluteError' }],
    ['huber', { loss: tf.losses.huberLoss }],
    ['binary cross-entropy, sigmoid', { loss: 'binaryCrossentropy', head: 'sigmoid', y: 'bits', metrics: ['accuracy', 'crossentropy'] }],
    ['binary cross-entropy of hard sigmoids', { loss: 'binaryCrossentropy', head: 'hardSigmoid', y: 'bits' }],
    ['categorical cross-entropy, softmax', { loss: 'categoricalCrossentropy', head: 'softmax', y: 'oneHot', metrics: ['accuracy', 'categoricalCrossentropy'] }],
    ['categorical cross-entropy of sigmoids', { loss: 'categoricalCrossentropy', head: 'sigmoid', y: 'oneHot' }],
    ['sparse categorical cross-entropy', { loss: 'sparseCategoricalCrossentropy', head: 'softmax', y: 'number', metrics: ['accuracy'] }],
    ['sparse categorical cross-entropy of sigmoids', { loss: 'sparseCategoricalCrossentropy', head: 'sigmoid', y: 'number' }],
    ['mse of a softmax', { head: 'softmax', y: 'oneHot' }],
    ['mse of a sigmoid', { head: 'sigmoid', y: 'bits' }],
  ])('loss: %s', async (_name, given) => void (await both(given)));

  it.each(['relu', 'sigmoid', 'elu', 'selu', 'relu6', 'softsign', 'hardSigmoid', 'linear'])('activation: %s', async (activation) => void (await both({ hidden: { activation } })));

  it.each<[string, NonNullable<Case['optimizer']>]>([
    ['sgd', sgd()], ['momentum', sgd({ momentum: 0.9 })], ['nesterov', sgd({ momentum: 0.9, nesterov: true })],
    ['adam', () => optimizers.adam({ learningRate: 0.01, amsgrad: true })], ['adamw', () => optimizers.adamw({ learningRate: 0.01 })], ['adamax', () => optimizers.adamax({ learningRate: 0.01 })],
    ['nadam', () => optimizers.nadam({ learningRate: 0.01 })], ['rmsprop', () => optimizers.rmsprop({ learningRate: 0.01 })],
    ['rmsprop, all', () => optimizers.rmsprop({ learningRate: 0.003, momentum: 0.5, centered: true })],
    ['adagrad', () => optimizers.adagrad({ learningRate: 0.05 })], ['adadelta', () => optimizers.adadelta({ learningRate: 1 })], ['lion', () => optimizers.lion({ learningRate: 0.003 })],
    ['decay', sgd({ weightDecay: 0.1 })], ['clipNorm', sgd({ clipNorm: 0.1 })], ['clipValue', sgd({ clipValue: 0.01 })], ['globalClipNorm', sgd({ globalClipNorm: 0.1 })],
    ['EMA', sgd({ useEma: true, emaMomentum: 0.9 })], ['EMA that overwrites', sgd({ useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 5 })],
    ['a schedule', () => optimizers.adam({ learningRate: (step) => 0.05 / (1 + step) })],
    ['tf.train.sgd', () => tf.train.sgd(0.05) as never], ['tf.train.momentum', () => tf.train.momentum(0.02, 0.9) as never], ['tf.train.adam', () => tf.train.adam(0.01)],
  ])('optimizer: %s, and either engine goes on', async (_name, optimizer) => {
    const { theirs, ours, y, options } = await both({ optimizer });
    const want = await train(theirs, x, y, { ...options, engine: 'fused' });
    const got = await train(ours, x, y, { ...options, engine: 'tfjs' });
    near(got.steps, want.steps, 'steps of the second run', 1e-4);
    near(weightsOf(ours), weightsOf(theirs), 'weights of the second run', 1e-4);
  });

  it.each<[string, Case]>([
    ['penalties', { hidden: { kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }), biasRegularizer: regularizers.l2() }, optimizer: sgd() }],
    ['bias mask', { hidden: { biasMask: [1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1] } }],
    ['no bias', { hidden: { useBias: false } }],
    ['a bias that is masked all over', { hidden: { biasMask: new Uint8Array(12) } }],
    ['no connection', { hidden: { connections: masks.empty(8, 12) } }],
    ['blocks', { hidden: { connections: masks.block(8, 12, { blocks: 4 }) } }],
    ['batch normalization', { between: () => [tf.layers.batchNormalization() as never], optimizer: sgd() }],
    ['activation layers', { hidden: { activation: 'linear' }, between: () => [tf.layers.batchNormalization() as never, tf.layers.activation({ activation: 'relu' }) as never, tf.layers.activation({ activation: 'tanh' }) as never], optimizer: sgd() }],
    ['a frozen layer', { between: () => [tf.layers.dense({ units: 12, trainable: false, kernelInitializer: draw(8) })] }],
    ['max norm', { hidden: { kernelConstraint: 'maxNorm', biasConstraint: 'nonNeg' }, optimizer: sgd({ learningRate: 0.5 }) }],
    ['unit norm', { hidden: { kernelConstraint: 'unitNorm' } }],
    ['min-max norm', { hidden: { kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.2, maxValue: 0.5, rate: 0.5, axis: 0 }), biasConstraint: 'unitNorm' } }],
    ['sample weights', { options: { sampleWeight: tf.randomUniform([ROWS], 0, 2, 'float32', 8) } }],
    ['class weights', { loss: 'categoricalCrossentropy', head: 'softmax', y: 'oneHot', options: { classWeight: { 0: 1, 1: 2, 2: 0.5 } } }],
    ['a share for validation', { loss: 'categoricalCrossentropy', head: 'softmax', y: 'oneHot', metrics: ['accuracy'], options: { validationSplit: 0.3 } }],
    ['data for validation', { options: { validationData: [tf.neg(x), TARGETS.real] } }],
    ['batches of one', { options: { batchSize: 1, epochs: 1 } }],
    ['a last batch of one', { options: { batchSize: 22 } }],
    ['one batch', { options: { batchSize: 100 } }],
    ['no shuffling', { options: { shuffle: false } }],
    ['early stopping with the best weights', { optimizer: sgd({ learningRate: 0.2 }), options: { epochs: 40, validationSplit: 0.4, earlyStopping: { patience: 2, restoreBest: true } } }],
    ['a loss that is not a number', { optimizer: sgd({ learningRate: 1e20 }), options: { epochs: 1 } }],
  ])('%s', async (name, given) => {
    if (!name.startsWith('a loss')) return void (await both(given));
    const run = await train(net(given), x, TARGETS.real, { epochs: 50, engine: 'fused', seed: 1 });
    expect(run.stoppedBy).toBe('nan');
    expect(run.steps.length).toBeLessThan(20);
  });

  it.each<[string, () => TrainOptions['rewire'] & object]>([
    ['SET', () => rewire.set({ fraction: 0.3, every: 3, seed: 5 })],
    ['RigL', () => rewire.rigl({ fraction: 0.3, every: 3, seed: 5 })],
    ['pruning', () => rewire.prune({ finalDensity: 0.1, begin: 2, end: 9, every: 2 })],
  ])('rewiring: %s', async (_name, make) => {
    const options = { epochs: 4, batchSize: 16, seed: 11, validationSplit: 0.2 };
    const [theirs, ours] = [net({}), net({})];
    const want = await train(theirs, x, TARGETS.real, { ...options, rewire: make(), engine: 'tfjs' });
    const got = await train(ours, x, TARGETS.real, { ...options, rewire: make(), engine: 'fused' });
    const mask = (model: ReturnType<typeof net>): Mask => (model.layers[0] as ReturnType<typeof maskedDense>).mask;
    expect(mask(ours).equals(mask(theirs))).toBe(true);
    expect(mask(ours).equals(mask(net({})))).toBe(false);
    near(got.steps, want.steps, 'steps');
    near(got.history['val_loss']!, want.history['val_loss']!, 'val_loss');
    near(weightsOf(ours), weightsOf(theirs), 'weights');
  });
});

describe('bits', () => {
  const deep: Case = { between: () => [tf.layers.dropout({ rate: 0.4 }) as never, tf.layers.batchNormalization() as never] };

  it('are the same for the same seed and any number of threads, and others for another', async () => {
    const runs = [];
    for (const [seed, threads] of [[7, 1], [7, 2], [8, 1]] as const) {
      const model = net(deep);
      const run = await train(model, x, TARGETS.real, { epochs: 3, batchSize: 16, seed, threads, engine: 'fused' });
      runs.push([...run.steps, ...weightsOf(model)]);
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  it('of a run that goes on from a checkpoint are those of one that never stopped: shuffling, dropout, rewiring, slots', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fused-'));
    try {
      const where = path.join(folder, 'run');
      const common = { batchSize: 16, seed: 3, engine: 'fused' } as const;
      const set = (): ReturnType<typeof rewire.set> => rewire.set({ fraction: 0.25, every: 2, seed: 7 });
      const whole = net(deep);
      await train(whole, x, TARGETS.real, { ...common, epochs: 6, rewire: set() });
      await train(net(deep), x, TARGETS.real, { ...common, epochs: 4, rewire: set(), checkpoint: { path: where, everyEpochs: 4 } });
      const loaded = await models.load(where);
      await train(loaded, x, TARGETS.real, { ...common, initialEpoch: 4, epochs: 6, rewire: set() });
      expect(weightsOf(loaded)).toEqual(weightsOf(whole));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('dropout drops its share, scales the rest, and changes from step to step', async () => {
    const model = tf.sequential({ layers: [tf.layers.dropout({ rate: 0.25, inputShape: [1000] }), tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' })] });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: 'meanAbsoluteError' });
    const run = await train(model, tf.ones([64, 1000]), tf.zeros([64, 1]), { epochs: 20, batchSize: 16, seed: 1, engine: 'fused' });
    const mean = run.steps.reduce((sum, loss) => sum + loss, 0) / run.steps.length;
    // 80 steps of 16,000 draws: the mean of what is left is 1,000 ± 0.6.
    expect(Math.abs(mean - 1000)).toBeLessThan(3);
    expect(new Set(run.steps).size).toBeGreaterThan(50);
  });
});

describe('what it cannot run', () => {
  it.each<[string, () => ReturnType<typeof net>, RegExp]>([
    ['a layer', () => net({ between: () => [tf.layers.layerNormalization() as never] }), /it does not know the layer layer_normalization\S* \(LayerNormalization\)/],
    ['a loss', () => net({ loss: 'hinge' }), /the loss is hinge; it knows meanSquaredError/],
    ['a loss of one’s own', () => net({ loss: (a: Tensor, b: Tensor) => tf.losses.meanSquaredError(a, b) }), /the loss is the function loss|a function of your own/],
    ['a metric', () => net({ metrics: ['precision'] }), /a metric is precision/],
    ['an optimizer', () => net({ optimizer: () => tf.train.adadelta(1) as never }), /the optimizer is AdadeltaOptimizer; it knows optimizers\.\*/],
    ['a constraint of a stock layer', () => net({ between: () => [tf.layers.dense({ units: 12, kernelConstraint: 'maxNorm' })] }), /kernelConstraint, which tfjs does not apply/],
  ])('%s: fused names it, auto takes tfjs and says why', async (_name, make, reason) => {
    await expect(train(make(), x, TARGETS.real, { engine: 'fused' })).rejects.toThrow(reason);
    const run = await train(make(), x, TARGETS.real);
    expect(run.engine).toBe('tfjs');
    expect(run.engineReason).toMatch(reason);
  });

  it('a model that is not sequential', async () => {
    const input = tf.input({ shape: [8] });
    const output = tf.layers.dense({ units: 3 }).apply(input) as ReturnType<typeof tf.input>;
    const model = tf.model({ inputs: input, outputs: output });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await expect(train(model, x, TARGETS.real, { engine: 'fused' })).rejects.toThrow(/train: engine 'fused' cannot run this: the model is no sequential one; leave engine out, or use 'tfjs'/);
  });
});

describe('while it runs', () => {
  it('timers run, an abort ends it within a step, and the model has the weights of that step', async () => {
    const model = net({});
    const stop = new AbortController();
    let ticks = 0;
    const timer = setInterval(() => { if (++ticks === 5) stop.abort(); }, 10);
    const run = await train(model, x, TARGETS.real, { epochs: 1e6, batchSize: 16, signal: stop.signal, seed: 1, engine: 'fused' });
    clearInterval(timer);
    expect(run.stoppedBy).toBe('abort');
    expect(ticks).toBeGreaterThanOrEqual(5);
    expect(run.steps.length).toBeGreaterThan(0);
    expect(model.optimizer.iterations).toBe(run.steps.length);
    const again = net({});
    await train(again, x, TARGETS.real, { epochs: Math.max(1, run.epochsRun), batchSize: 16, seed: 1, engine: 'fused' });
    if (run.steps.length === 3 * run.epochsRun) expect(weightsOf(model)).toEqual(weightsOf(again));
  });

  it('two models train at the same time', async () => {
    const [a, b, c] = [net({}), net({}), net({})];
    const options: TrainOptions = { epochs: 30, batchSize: 16, seed: 1, engine: 'fused' };
    const [first, second] = await Promise.all([train(a, x, TARGETS.real, options), train(b, x, TARGETS.real, options)]);
    const alone = await train(c, x, TARGETS.real, options);
    expect(first.steps).toEqual(alone.steps);
    expect(second.steps).toEqual(alone.steps);
  });

  it('a callback sees the weights, and may set them, their rate and their masks', async () => {
    const act = (model: ReturnType<typeof net>) => ({
      onEpochEnd: async (epoch: number) => {
        if (epoch === 0) model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 0.5)));
        if (epoch === 1) (model.optimizer as ReturnType<typeof optimizers.adam>).learningRate = 0.001;
        if (epoch === 2) (model.layers[0] as ReturnType<typeof maskedDense>).updateMask(masks.random(8, 12, { density: 0.5, seed: 1 }));
      },
    });
    const [theirs, ours] = [net({}), net({})];
    const options: TrainOptions = { epochs: 5, batchSize: 16, seed: 2 };
    const want = await train(theirs, x, TARGETS.real, { ...options, callbacks: act(theirs), engine: 'tfjs' });
    const got = await train(ours, x, TARGETS.real, { ...options, callbacks: act(ours), engine: 'fused' });
    near(got.steps, want.steps, 'steps');
    near(weightsOf(ours), weightsOf(theirs), 'weights');
  });

  it('memory comes back: tensors and the kernels’ own stay as many', async () => {
    const model = net({});
    const run = (more: TrainOptions = {}) => train(model, x, TARGETS.real, { epochs: 3, batchSize: 16, validationSplit: 0.2, earlyStopping: { patience: 9, restoreBest: true }, ...more });
    await run();
    const before = [tf.memory().numTensors, sparseEngine().memory.used];
    for (let k = 0; k < 3; k++) await run();
    expect([tf.memory().numTensors, sparseEngine().memory.used]).toEqual(before);
    await run({ rewire: rewire.rigl({ every: 2, seed: 1 }) });
    await run();
    expect(tf.memory().numTensors).toBe(before[0]);
  });
});
