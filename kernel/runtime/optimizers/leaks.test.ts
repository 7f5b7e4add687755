/**
 * A missing connection has no weight, so nothing that an optimizer, a penalty, clipping or averaging does can reach it. Here is
 * every combination of them: 50 steps each.
 */
import type { LayersModel, Scalar, SymbolicTensor, Tensor, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import { maskedDense } from '../layers/index.js';
import * as regularizers from '../regularizers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import * as optimizers from './index.js';

type Make = (common: optimizers.CommonOptions) => optimizers.KerasOptimizer;
const OPTIMIZERS: [string, Make][] = [
  ['SGD', optimizers.sgd],
  ['momentum', (c) => optimizers.sgd({ ...c, momentum: 0.9 })],
  ['Nesterov', (c) => optimizers.sgd({ ...c, momentum: 0.9, nesterov: true })],
  ['Adam', optimizers.adam],
  ['Adam, amsgrad', (c) => optimizers.adam({ ...c, amsgrad: true })],
  ['AdamW', optimizers.adamw],
  ['Adamax', optimizers.adamax],
  ['Nadam', optimizers.nadam],
  ['RMSprop', optimizers.rmsprop],
  ['RMSprop, centered, momentum', (c) => optimizers.rmsprop({ ...c, centered: true, momentum: 0.5 })],
  ['Adagrad', optimizers.adagrad],
  ['Adadelta', optimizers.adadelta],
  ['Lion', optimizers.lion],
];
const PENALTIES: [string, ReturnType<typeof regularizers.l1> | null, optimizers.CommonOptions][] = [
  ['no penalty', null, {}],
  ['L1', regularizers.l1({ l1: 0.05 }), {}],
  ['L2', regularizers.l2({ l2: 0.05 }), {}],
  ["tfjs's L1", tf.regularizers.l1({ l1: 0.05 }), {}],
  ['decoupled decay', null, { weightDecay: 0.1 }],
];
const CLIPS: optimizers.CommonOptions[] = [{}, { clipValue: 0.05 }, { clipNorm: 0.1 }, { globalClipNorm: 0.2 }];
const AVERAGES: optimizers.CommonOptions[] = [{}, { useEma: true, emaOverwriteFrequency: 7 }];

type Penalty = (typeof PENALTIES)[number][1];
interface Layer { readonly mask: Mask; readonly bias: number[] }
/** An input and a unit without connections, and a unit without bias. */
const A: Layer = { mask: Mask.from([[1, 0, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0]]), bias: [1, 0, 1, 1] };
const B: Layer = { mask: Mask.from([[1, 0], [1, 1], [0, 1], [0, 0]]), bias: [0, 0] };
const NONE: Layer = { mask: Mask.from([[0, 0], [0, 0], [0, 0], [0, 0]]), bias: [1, 1] };

await ready;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
const values = (tensor: Tensor) => Array.from(tensor.dataSync());

/** Every fixed entry of a layer's weights in the dense layout: missing connections and masked biases. */
function fixedEntries(model: LayersModel, layers: readonly Layer[]): number[] {
  const dense = model.getWeights();
  const entries = layers.flatMap(({ mask, bias }, k) => {
    const kernel = values(dense[2 * k]!).filter((_, n) => !mask.has(Math.floor(n / mask.outputs), n % mask.outputs));
    return [...kernel, ...values(dense[2 * k + 1]!).filter((_, j) => bias[j] === 0)];
  });
  tf.dispose(dense);
  return entries;
}

function build(layers: readonly Layer[], penalty: Penalty): LayersModel {
  const input = tf.input({ shape: [4] });
  const penalties = penalty ? { kernelRegularizer: penalty, biasRegularizer: penalty } : {};
  const output = layers.reduce<SymbolicTensor>((x, { mask, bias }) => maskedDense({ connections: mask, biasMask: bias, activation: 'tanh', ...penalties }).apply(x) as SymbolicTensor, input);
  const model = tf.model({ inputs: input, outputs: output });
  // Noise everywhere: what is not connected must drop it.
  model.setWeights(layers.flatMap(({ mask, bias }) => [tf.fill(mask.shape, 0.5), tf.fill([bias.length], -0.25)]));
  return model;
}

const X = tf.tensor2d([[1, -2, 0.5, 3], [0.25, 1, -1, -3], [-1, 0.5, 2, 1]]);

/** 50 steps; then nothing is where nothing is connected, what is connected was trained, and no tensor was lost. */
function check(layers: readonly Layer[], penalty: Penalty, optimizer: optimizers.KerasOptimizer, what: string): void {
  tf.engine().startScope();
  const model = build(layers, penalty);
  const y = tf.linspace(-1, 1, 3 * layers.at(-1)!.mask.outputs).reshape([3, -1]);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const before = variables.map(values);
  const loss = (): Scalar => {
    const terms = model.calculateLosses();
    expect(terms.length > 0, 'penalized').toBe(penalty !== null);
    return tf.addN([tf.losses.meanSquaredError(y, model.apply(X) as Tensor), ...terms]).asScalar();
  };
  let tensors = 0;
  for (let step = 1; step <= 50; step++) {
    optimizer.minimize(loss, false, variables);
    if (step === 1) tensors = tf.memory().numTensors;
  }
  expect(tf.memory().numTensors, `${what}: tensors`).toBe(tensors);
  optimizer.finalizeVariableValues();
  const fixed = fixedEntries(model, layers);
  expect(fixed.every((value) => Object.is(value, 0)), `${what}: ${String(fixed)}`).toBe(true);
  variables.forEach((variable, k) => {
    const { mask, bias } = layers[Math.floor(k / 2)]!;
    const live = k % 2 === 0 ? mask.nnz : bias.filter((one) => one === 1).length;
    const slots = Object.values(optimizer.slotsOf(variable) ?? {});
    expect([variable.size, ...slots.map(({ size }) => size)].every((size) => size === live), `${what}: slots of ${variable.name}`).toBe(true);
    expect([variable, ...slots].every((tensor) => values(tensor).every(Number.isFinite)), `${what}: finite`).toBe(true);
    if (live === 0) expect(slots, 'no slot for nothing').toEqual([]);
    else expect(values(variable), 'live weights are trained').not.toEqual(before[k]);
  });
  optimizer.dispose();
  model.dispose();
  tf.engine().endScope();
}

describe('case 8: the leak matrix', () => {
  const combinations = OPTIMIZERS.flatMap(([name, make]) => PENALTIES.map(([penalty, regularizer, decay]) => [name, penalty, make, regularizer, decay] as const));
  it.each(combinations)('%s, %s: every clipping, with and without average', (_name, _penalty, make, regularizer, decay) => {
    for (const clip of CLIPS) {
      for (const average of AVERAGES) check([A], regularizer, make({ ...decay, ...clip, ...average }), JSON.stringify({ ...clip, ...average }));
    }
  });
});

describe.each(BACKENDS)('case 8 on %s: stacks', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  it.each(OPTIMIZERS)('%s: a layer without any bias, one without any connection', (_name, make) => {
    for (const layers of [[A, B], [A, NONE]]) check(layers, regularizers.l1({ l1: 0.05 }), make({ useEma: true, globalClipNorm: 0.2 }), 'stack');
  });
});

describe('case 9: the global norm', () => {
  const mask = Mask.from([[1, 0, 1], [0, 1, 0]]);
  const [x, y] = [tf.tensor2d([[1, 2], [-2, 1]]), tf.tensor2d([[1, 8, -1], [2, -6, 0]])];
  const error = (output: Tensor): Scalar => tf.losses.meanSquaredError(y, output).asScalar();

  it('equals that of a compact model which has nothing but the live weights', () => {
    const layer = maskedDense({ connections: mask, useBias: false, inputShape: [2] });
    const model = tf.sequential({ layers: [layer] });
    layer.setWeights([tf.tensor2d([[0.5, 9, -1], [9, 2, 9]])]);
    const compact = [0.5, -1, 2].map((w) => tf.variable(tf.scalar(w)));
    const compactLoss = () => {
      const [x0, x1] = [tf.slice(x, [0, 0], [2, 1]), tf.slice(x, [0, 1], [2, 1])];
      return error(tf.concat([tf.mul(x0, compact[0]!), tf.mul(x1, compact[2]!), tf.mul(x0, compact[1]!)], 1));
    };
    const [ours, theirs] = [0, 1].map(() => optimizers.sgd({ learningRate: 0.5, momentum: 0.9, globalClipNorm: 0.25 }));
    const weights = layer.trainableWeights.map((weight) => weight.read() as Variable);
    for (let step = 0; step < 20; step++) {
      ours!.minimize(() => error(model.apply(x) as Tensor), false, weights);
      theirs!.minimize(compactLoss, false, compact);
      layer.liveWeights().forEach((w, k) => expect(w).toBeCloseTo(compact[k]!.dataSync()[0]!, 5));
    }
    expect(layer.liveWeights()[0]).not.toBeCloseTo(0.5, 2);
  });

  it('would be a larger one if missing connections counted', () => {
    const full = tf.grad((kernel: Tensor) => error(tf.matMul(x, kernel)))(tf.tensor2d([[0.5, 0, -1], [0, 2, 0]]));
    const ratio = tf.div(tf.norm(full), tf.norm(tf.mul(full, mask.toTensor())));
    expect(ratio.dataSync()[0]).toBeGreaterThan(1.2);
  });
});

describe('case 10: penalties', () => {
  it.each([
    ['L1', regularizers.l1({ l1: 0.5 }), 0.5 * (0.5 + 1 + 2)],
    ['L2', regularizers.l2({ l2: 0.25 }), 0.25 * (0.25 + 1 + 4)],
    ['both', regularizers.l1l2({ l1: 0.5, l2: 0.25 }), 0.5 * 3.5 + 0.25 * 5.25],
    ["tfjs's L1", tf.regularizers.l1({ l1: 0.5 }), 0.5 * 3.5],
  ])('%s counts live weights only, and is what a sum by hand gives', async (_name, kernelRegularizer, sum) => {
    const layer = maskedDense({ connections: [[1, 0, 1], [0, 1, 0]], useBias: false, kernelRegularizer });
    const input = tf.input({ shape: [2] });
    const model = tf.model({ inputs: input, outputs: layer.apply(input) as SymbolicTensor });
    layer.setWeights([tf.tensor2d([[0.5, 9, -1], [NaN, 2, 9]])]);
    expect(model.calculateLosses().map((term) => term.dataSync()[0])).toEqual([sum]);
    model.compile({ optimizer: optimizers.sgd(), loss: 'meanSquaredError' });
    expect((await train(model, tf.zeros([2, 2]), tf.zeros([2, 3]), { epochs: 1 })).steps).toEqual([sum]);
  });
});
