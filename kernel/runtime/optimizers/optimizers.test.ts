import { inspect } from 'node:util';
import type { Scalar, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import * as optimizers from './index.js';

await ready;
beforeAll(async () => {
  await tf.setBackend('cpu');
});

const values = (t: { dataSync(): ArrayLike<number> } | undefined) => Array.from(t!.dataSync());
/** One step with this gradient. */
function step(optimizer: optimizers.KerasOptimizer, variable: Variable, gradient: number[]) {
  const tensor = tf.tensor(gradient, variable.shape);
  optimizer.applyGradients([{ name: variable.name, tensor }]);
  tensor.dispose();
}
const variable = (...entries: number[]) => tf.tidy(() => tf.variable(tf.tensor1d(entries, 'float32')));
const all = { ...optimizers, KerasOptimizer: undefined };
const NAMES = ['sgd', 'adam', 'adamw', 'adamax', 'nadam', 'rmsprop', 'adagrad', 'adadelta', 'lion'] as const;

describe('arguments', () => {
  it("have Keras 3's defaults", () => {
    const common = { weightDecay: null, clipNorm: null, clipValue: null, globalClipNorm: null, useEma: false, emaMomentum: 0.99, emaOverwriteFrequency: null };
    const betas = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    expect(optimizers.sgd().getConfig()).toEqual({ learningRate: 0.01, momentum: 0, nesterov: false, ...common });
    expect(optimizers.adam().getConfig()).toEqual({ ...betas, amsgrad: false, ...common });
    expect(optimizers.adamw().getConfig()).toEqual({ ...betas, amsgrad: false, ...common, weightDecay: 0.004 });
    expect(optimizers.adamax().getConfig()).toEqual({ ...betas, ...common });
    expect(optimizers.nadam().getConfig()).toEqual({ ...betas, ...common });
    expect(optimizers.rmsprop().getConfig()).toEqual({ learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false, ...common });
    expect(optimizers.adagrad().getConfig()).toEqual({ learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7, ...common });
    expect(optimizers.adadelta().getConfig()).toEqual({ learningRate: 0.001, rho: 0.95, epsilon: 1e-7, ...common });
    expect(optimizers.lion().getConfig()).toEqual({ learningRate: 0.001, beta1: 0.9, beta2: 0.99, ...common });
  });

  it.each([
    [{ learningRate: -1 }, 'optimizers.adam: learningRate is -1, expected a number of at least 0, or a function of the step'],
    [{ learningRate: '0.1' }, 'optimizers.adam: learningRate is "0.1"'],
    [{ beta1: 1 }, 'optimizers.adam: beta1 is 1, expected a number from 0 to below 1'],
    [{ epsilon: NaN }, 'optimizers.adam: epsilon is NaN, expected a number of at least 0'],
    [{ amsgrad: 1 }, 'optimizers.adam: amsgrad is 1, expected true or false'],
    [{ clipNorm: 0 }, 'optimizers.adam: clipNorm is 0, expected a number greater than 0'],
    [{ clipNorm: 1, clipValue: 2 }, 'optimizers.adam: only one of clipNorm, clipValue and globalClipNorm can be given, not clipNorm 1 and clipValue 2'],
    [{ emaMomentum: 1.5 }, 'optimizers.adam: emaMomentum is 1.5, expected a number from 0 to 1'],
    [{ emaOverwriteFrequency: 0 }, 'optimizers.adam: emaOverwriteFrequency is 0, expected a whole number of at least 1'],
    [{ weightDecay: '1' }, 'optimizers.adam: weightDecay is "1", expected a number of at least 0'],
    [{ lr: 0.1 }, 'optimizers.adam: there is no argument "lr", did you mean learningRate?; it takes learningRate, weightDecay'],
    [{ clip_norm: 1 }, 'there is no argument "clip_norm", did you mean clipNorm?'],
    [{ momentum: 1 }, 'there is no argument "momentum"; it takes'],
    [0.01, 'optimizers.adam is 0.01, expected an object of arguments. Write optimizers.adam({ learningRate: 0.01 })'],
  ])('that are wrong are named: %j', (options, message) => {
    expect(() => optimizers.adam(options as never)).toThrow(message);
  });

  it('take null for off, but AdamW must decay', () => {
    expect(() => optimizers.adam({ clipNorm: null, clipValue: 1, weightDecay: null })).not.toThrow();
    expect(() => optimizers.adamw({ weightDecay: null })).toThrow('optimizers.adamw: weightDecay is null');
    expect(() => optimizers.lion({ beta1: 0 })).toThrow('optimizers.lion: beta1 is 0, expected a number above 0');
    expect(() => optimizers.sgd({ momentum: 2 })).toThrow('optimizers.sgd: momentum is 2, expected a number from 0 to 1');
  });
});

describe('the learning rate', () => {
  it('follows a schedule of the step, the first of which is 0', () => {
    const w = variable(0);
    const optimizer = optimizers.sgd({ learningRate: (at) => 1 / (1 + at) });
    const seen = [0, 1, 2].map(() => (step(optimizer, w, [1]), values(w)[0]!));
    expect(seen.map((x) => Number(x.toFixed(5)))).toEqual([-1, -1.5, -1.83333]);
    expect(optimizer.learningRate).toBe(1 / 4);
  });

  it('scales decoupled decay as well', () => {
    const w = variable(8);
    const optimizer = optimizers.sgd({ learningRate: (at) => (at === 0 ? 0 : 0.5), weightDecay: 0.5 });
    step(optimizer, w, [0]);
    expect(values(w)).toEqual([8]);
    step(optimizer, w, [0]);
    expect(values(w)).toEqual([6]);
  });

  it('can be set between steps; a schedule that gives no number is named with its step', () => {
    const w = variable(0);
    const optimizer = optimizers.sgd({ learningRate: 1 });
    optimizer.learningRate = 0.25;
    step(optimizer, w, [1]);
    expect(values(w)).toEqual([-0.25]);
    optimizer.learningRate = () => NaN;
    expect(() => step(optimizer, w, [1])).toThrow('optimizers.sgd: learningRate(1) is NaN, expected a number of at least 0');
    expect(values(w)).toEqual([-0.25]);
    expect(() => optimizer.getConfig()).toThrow('a learningRate that is a function cannot be saved');
  });
});

describe('clipping', () => {
  const moved = (options: optimizers.CommonOptions) => {
    const [a, b] = [variable(0, 0), variable(0)];
    optimizers.sgd({ learningRate: 1, ...options }).applyGradients([{ name: a.name, tensor: tf.tensor1d([3, -4]) }, { name: b.name, tensor: tf.tensor1d([12]) }]);
    return [...values(a), ...values(b)].map((x) => Number((-x).toFixed(5)));
  };
  it('limits each norm, each entry, or the norm of all', () => {
    expect(moved({})).toEqual([3, -4, 12]);
    expect(moved({ clipNorm: 5 })).toEqual([3, -4, 5]);
    expect(moved({ clipNorm: 1 })).toEqual([0.6, -0.8, 1]);
    expect(moved({ clipValue: 3.5 })).toEqual([3, -3.5, 3.5]);
    expect(moved({ globalClipNorm: 1.3 })).toEqual([0.3, -0.4, 1.2]);
    expect(moved({ globalClipNorm: 13 })).toEqual([3, -4, 12]);
  });
  it('leaves gradients of 0 alone', () => {
    for (const options of [{ clipNorm: 1 }, { clipValue: 1 }, { globalClipNorm: 1 }]) {
      const w = variable(2);
      step(optimizers.sgd(options), w, [0]);
      expect(values(w)).toEqual([2]);
    }
  });
});

describe('the moving average', () => {
  it('begins with the first weights, replaces them every so often and when training ends', () => {
    const w = variable(0);
    const optimizer = optimizers.sgd({ learningRate: 1, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 3 });
    step(optimizer, w, [-1]);
    expect([values(w), values(optimizer.slotsOf(w)!.average)]).toEqual([[1], [1]]);
    step(optimizer, w, [-1]);
    expect([values(w), values(optimizer.slotsOf(w)!.average)]).toEqual([[2], [1.5]]);
    step(optimizer, w, [-1]);
    expect([values(w), values(optimizer.slotsOf(w)!.average)]).toEqual([[2.25], [2.25]]);
    step(optimizer, w, [-1]);
    expect([values(w), values(optimizer.slotsOf(w)!.average)]).toEqual([[3.25], [2.75]]);
    optimizer.finalizeVariableValues();
    expect(values(w)).toEqual([2.75]);
  });

  it('begins with the first weights when its slots were built before', () => {
    const w = variable(0);
    const optimizer = optimizers.sgd({ learningRate: 1, useEma: true });
    optimizer.build([w]);
    step(optimizer, w, [-1]);
    expect(values(optimizer.slotsOf(w)!.average)).toEqual([1]);
  });

  it('is what fit leaves in the model', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const optimizer = optimizers.sgd({ learningRate: 0.1, useEma: true });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const seen: number[][] = [];
    await model.fit(tf.ones([8, 2]), tf.ones([8, 1]), { epochs: 2, verbose: 0, callbacks: { onEpochEnd: async () => void seen.push(values(model.getWeights()[0])) } });
    const kernel = model.weights[0]!.read() as Variable;
    expect(values(kernel)).toEqual(values(optimizer.slotsOf(kernel)!.average));
    expect(values(kernel)).not.toEqual(seen[1]);
  });

  it.each([['done', true], ['abort', false]] as const)('is what train leaves in the model, unless it was stopped: %s', async (stoppedBy, averaged) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const optimizer = optimizers.sgd({ learningRate: 0.1, useEma: true });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const onEpochEnd = async (epoch: number) => { model.stopTraining = stoppedBy === 'abort' && epoch === 2; };
    const run = await train(model, tf.ones([8, 2]), tf.ones([8, 1]), { epochs: 4, callbacks: { onEpochEnd } });
    const kernel = model.weights[0]!.read() as Variable;
    expect(run.stoppedBy).toBe(stoppedBy);
    expect(String(values(kernel)) === String(values(optimizer.slotsOf(kernel)!.average))).toBe(averaged);
  });
});

describe('slots', () => {
  it('belong to the variable, and survive it under another', () => {
    const optimizer = optimizers.adam({ learningRate: 1 });
    const [from, other] = [variable(1, 2, 3), variable(9)];
    step(optimizer, from, [1, 2, 3]);
    step(optimizer, other, [1]);
    const before = values(optimizer.slotsOf(from)!.momentum);
    const to = variable(4, 0, 5);
    const tensors = tf.memory().numTensors;
    optimizer.remapSlots(from, to, [2, -1, 0]);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(optimizer.slotsOf(from)).toBeUndefined();
    expect(values(optimizer.slotsOf(to)!.momentum)).toEqual([before[2], 0, before[0]]);
    optimizer.remapSlots(to, to, [0, 1, -1]);
    expect(values(optimizer.slotsOf(to)!.momentum)).toEqual([before[2], 0, 0]);
    optimizer.remapSlots(variable(1), to, [0]);
    expect(values(optimizer.slotsOf(to)!.velocity)[0]).toBeGreaterThan(0);
  });

  it('of new entries begin as in a new optimizer', () => {
    const optimizer = optimizers.adagrad({ learningRate: 1, useEma: true });
    const w = variable(1, 2);
    step(optimizer, w, [1, 2]);
    const to = variable(7, 8);
    optimizer.remapSlots(w, to, [1, -1]);
    expect(values(optimizer.slotsOf(to)!.accumulator)[1]).toBeCloseTo(0.1, 6);
    expect(values(optimizer.slotsOf(to)!.average)[1]).toBe(8);
  });

  it('are not remapped by halves', () => {
    const optimizer = optimizers.adam();
    const [from, to] = [variable(1, 2), variable(1, 2)];
    step(optimizer, from, [1, 2]);
    expect(() => optimizer.remapSlots(from, to, [0, 2])).toThrow('optimizers.adam: remapSlots: survivors[1] is 2, expected an index below 2, or -1 for a new entry');
    expect(() => optimizer.remapSlots(from, to, [0])).toThrow('remapSlots got 1 survivors for');
    expect(optimizer.slotsOf(from)).toBeDefined();
    const none = variable();
    optimizer.remapSlots(from, none, []);
    expect([optimizer.slotsOf(from), optimizer.slotsOf(none)]).toEqual([undefined, undefined]);
  });

  it('of disposed variables are freed, and dispose frees the rest', () => {
    const begin = tf.memory().numTensors;
    const optimizer = optimizers.adam();
    const [a, b] = [variable(1), variable(2)];
    step(optimizer, a, [1]);
    a.dispose();
    step(optimizer, b, [1]);
    expect(tf.memory().numTensors).toBe(begin + 3);
    optimizer.dispose();
    b.dispose();
    expect(tf.memory().numTensors).toBe(begin);
  });

  it.each(NAMES)('of %s: as many tensors and buffers after 20 steps as after 5', (name) => {
    const optimizer = all[name]({ useEma: true, emaOverwriteFrequency: 5, globalClipNorm: 1, weightDecay: 0.1 });
    const [w, empty] = [variable(1, 2), variable()];
    const loss = (): Scalar => tf.add(tf.sum(tf.square(w)), tf.sum(tf.zeros([1]))).asScalar();
    for (let n = 0; n < 5; n++) optimizer.minimize(loss, false, [w]);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let n = 0; n < 15; n++) optimizer.minimize(loss, false, [w]);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    optimizer.applyGradients([{ name: empty.name, tensor: tf.tensor1d([], 'float32') }]);
    expect(optimizer.slotsOf(empty)).toBeUndefined();
    expect(optimizer.iterations).toBe(21);
  });
});

describe('saving', () => {
  const compiled = (optimizer: optimizers.KerasOptimizer) => {
    const model = tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [1, 1]], inputShape: [2], activation: 'tanh' }), tf.layers.dense({ units: 1 })] });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    return model;
  };
  const [x, y] = [tf.tensor2d([[1, 2], [3, -1], [0.5, 0.25]]), tf.tensor2d([[1], [0], [-1]])];
  const fit = (model: ReturnType<typeof compiled>, epochs: number) => model.fit(x, y, { epochs, batchSize: 1, shuffle: false, verbose: 0 });

  it.each(NAMES)('%s: a loaded model goes on as the saved one would have', async (name) => {
    const model = compiled(all[name]({ learningRate: 0.05, useEma: true, ...(name === 'rmsprop' && { momentum: 0.5, centered: true }) }));
    await fit(model, 3);
    let saved: Parameters<typeof tf.io.fromMemory>[0] | undefined;
    await model.save(tf.io.withSaveHandler(async (artifacts) => ((saved = artifacts as never), { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } })), { includeOptimizer: true });
    const copy = (await tf.loadLayersModel(tf.io.fromMemory(saved as never))) as ReturnType<typeof compiled>;
    const loaded = copy.optimizer as optimizers.KerasOptimizer;
    expect(loaded.getConfig()).toEqual((model.optimizer as optimizers.KerasOptimizer).getConfig());
    expect(loaded).toBeInstanceOf(optimizers.KerasOptimizer);
    expect(loaded.iterations).toBe(9);
    await Promise.all([fit(model, 2), fit(copy, 2)]);
    expect(copy.getWeights().map(values)).toEqual(model.getWeights().map(values));
  });

  it('state can be given to variables before their first step, and be remapped with them', async () => {
    const [w, copy] = [variable(1, 2, 3), variable(1, 2, 3)];
    const optimizer = optimizers.adam();
    step(optimizer, w, [1, 2, 3]);
    const loaded = optimizers.adam();
    await loaded.setWeights(await optimizer.getWeights());
    loaded.build([variable(), copy]);
    const momentum = values(optimizer.slotsOf(w)!.momentum);
    expect(values(loaded.slotsOf(copy)!.momentum)).toEqual(momentum);
    loaded.remapSlots(copy, copy, [2, 1, -1]);
    expect(values(loaded.slotsOf(copy)!.momentum)).toEqual([momentum[2], momentum[1], 0]);
    expect(loaded.iterations).toBe(1);
  });

  it('loaded state follows variables that are rewired before their first step', async () => {
    const [w, other] = [variable(1, 2, 3), variable(1)];
    const optimizer = optimizers.adam();
    step(optimizer, w, [1, 2, 3]);
    const momentum = values(optimizer.slotsOf(w)!.momentum);
    const loaded = optimizers.adam();
    await loaded.setWeights(await optimizer.getWeights());
    const [copy, smaller] = [variable(1, 2, 3), variable(1, 2)];
    loaded.remapSlots(copy, copy, [2, 1, 0]);
    loaded.remapSlots(copy, smaller, [0, -1]);
    expect(() => loaded.build([other])).toThrow('the loaded state belongs to');
    loaded.build([smaller]);
    expect(values(loaded.slotsOf(smaller)!.momentum)).toEqual([momentum[2], 0]);
    expect(loaded.slotsOf(copy)).toBeUndefined();
  });

  it('state of another shape or optimizer is refused with what it is', async () => {
    const model = compiled(optimizers.adam());
    await fit(model, 1);
    const state = await (model.optimizer as optimizers.KerasOptimizer).getWeights();
    await expect(optimizers.sgd({ momentum: 0.9 }).setWeights(state)).rejects.toThrow(/optimizers\.sgd: setWeights got 8 slots \(.*expected the same number of each of momentum/);
    const optimizer = optimizers.adam();
    await optimizer.setWeights(state);
    expect((await optimizer.getWeights()).map(({ name }) => name)).toEqual(state.map(({ name }) => name));
    expect(() => step(optimizer, variable(1), [1])).toThrow(/the loaded state belongs to .*\/kernel \[3\].*, but the model trains \S+ \[1\]/);
  });
});

it('show themselves as the call that makes them', () => {
  const optimizer = optimizers.rmsprop({ clipNorm: 1, learningRate: (at) => 1 / at });
  expect(inspect(optimizer)).toBe('optimizers.rmsprop({ learningRate: (at) => 1 / at, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false, clipNorm: 1 }), 0 steps');
  const averaged = optimizers.sgd({ useEma: true });
  step(averaged, variable(1), [1]);
  expect(inspect(averaged)).toBe('optimizers.sgd({ learningRate: 0.01, momentum: 0, nesterov: false, useEma: true, emaMomentum: 0.99 }), 1 step');
});

it('only ours are KerasOptimizers, though tfjs takes any object with the methods for an Optimizer', () => {
  expect(tf.train.adam(0.1)).not.toBeInstanceOf(optimizers.KerasOptimizer);
  expect(optimizers.adam()).toBeInstanceOf(optimizers.KerasOptimizer);
  expect(optimizers.adam()).toBeInstanceOf(tf.Optimizer);
  expect(() => optimizers.adam().applyGradients({ nowhere: tf.ones([1]) })).toThrow('optimizers.adam: there is a gradient for nowhere, but no such variable');
});
