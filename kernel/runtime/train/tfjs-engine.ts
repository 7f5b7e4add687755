/** One training step and one validation, on tfjs: what `fit` does inside, without its loop. */
import type { LayersModel, LayerVariable, Scalar, Sequential, Tensor } from '@tensorflow/tfjs';
import { ArgumentError, describe } from '../argument-error.js';
import type { Random } from '../random/xoshiro.js';
import { tf } from '../tf/tfjs.js';
import { randomOfStep } from './seeds.js';
import type { TensorData, TrainOptions } from './options.js';

/** The members of tfjs's LayersModel (4.22) that `fit` itself is made of. */
export interface Trainable {
  name: string;
  optimizer: unknown;
  loss: unknown;
  metrics: unknown;
  collectedTrainableWeights: LayerVariable[];
  isTraining: boolean;
  stopTraining: boolean;
  inputs: unknown[];
  outputs: unknown[];
  weights: LayerVariable[];
  layers: LayersModel['layers'];
  makeTrainFunction(): (data: Tensor[]) => Tensor[];
  standardizeUserData(x: unknown, y: unknown, sampleWeight: null, classWeight: unknown, checkBatchAxis: boolean, batchSize: number): Promise<[Tensor[], Tensor[], Tensor[] | null]>;
  getDedupedMetricsNames(): string[];
  evaluate(x: TensorData, y: TensorData, args: { batchSize: number; verbose: 0 }): Scalar | Scalar[];
}

/** Checked data, as tfjs standardizes them. */
export interface TrainingData {
  readonly inputs: readonly Tensor[];
  readonly targets: readonly Tensor[];
  /** A weight for every row, for each output; none when there are none. */
  readonly weights: readonly Tensor[];
  /** Rows to train on. */
  readonly rows: number;
  /** Rows behind them, for validation. */
  readonly heldBack: number;
  readonly validation: readonly [TensorData, TensorData] | undefined;
  /** Disposes the tensors that were made on the way. */
  dispose(): void;
}

export interface TfjsEngine {
  /** One update on these rows; the values are those before it: loss and metrics. */
  step(rows: Int32Array): number[];
  /** Undefined without validation data. */
  readonly validate: (() => number[]) | undefined;
  dispose(): void;
}

/**
 * @param model what `trainable` gave
 * @throws Error when the data do not fit the model: tfjs's message, or ours
 */
export async function prepareData(
  model: Trainable,
  x: TensorData,
  y: TensorData,
  options: TrainOptions,
  { batchSize, validationSplit: split }: { batchSize: number; validationSplit: number },
): Promise<TrainingData> {
  checkData('x', x);
  checkData('y', y);
  if (options.validationData && (!Array.isArray(options.validationData) || options.validationData.length !== 2)) {
    throw new ArgumentError('train: validationData', options.validationData, 'a pair [x, y]');
  }
  if (options.classWeight && options.sampleWeight) throw new Error('train: give either classWeight or sampleWeight');
  const total = tensorsOf(x)[0]?.shape[0] ?? 0;
  // As in tfjs and Keras: data given for validation win over a share of the rows.
  const validationSplit = options.validationData ? 0 : split;
  const rows = validationSplit > 0 ? Math.floor(total * (1 - validationSplit)) : total;
  if (rows === 0) throw new Error(`train: there is no row to train on (x has ${total}${validationSplit > 0 ? `, validationSplit holds all of them back` : ''})`);
  const rowWeights = sampleWeights(options.sampleWeight, total, model.outputs.length);
  const [inputs, targets, classWeights] = await model.standardizeUserData(x, y, null, options.classWeight, false, batchSize);
  // A tensor that standardizing made (a rank-1 target became a column) is ours to dispose; one that it passed through is not.
  const owned = [...inputs, ...targets, ...(classWeights ?? [])].filter((tensor) => !tensorsOf(x).includes(tensor) && !tensorsOf(y).includes(tensor));
  return {
    inputs, targets, weights: classWeights ?? rowWeights, rows, heldBack: total - rows, validation: options.validationData,
    dispose: () => owned.forEach((tensor) => tensor.dispose()),
  };
}

/** @param seed of what a step draws: dropout */
export function prepareTfjs(model: Trainable, { inputs, targets, weights, rows, heldBack, validation }: TrainingData, batchSize: number, seed: number | undefined): TfjsEngine {
  const held = heldBack > 0 ? holdBack([...inputs], [...targets], rows, rows + heldBack) : undefined;
  const measured = validation ?? held?.data;
  const run = model.makeTrainFunction();
  const data = [...inputs, ...targets, ...weights];
  return {
    step: (batch) => {
      const random = seed === undefined ? undefined : randomOfStep(seed, stepsOf(model.optimizer) + 1);
      const results = tf.tidy(() => {
        const index = tf.tensor1d(batch, 'int32');
        const batchData = data.map((tensor) => tf.gather(tensor, index));
        return withRandom(random, () => run(batchData));
      });
      return numbers(results);
    },
    validate: measured && (() => numbers([model.evaluate(measured[0], measured[1], { batchSize, verbose: 0 })].flat())),
    dispose: () => held?.owned.forEach((tensor) => tensor.dispose()),
  };
}

/** The model that tfjs trains inside the given one. @throws Error when it cannot be trained now: not compiled, or in training */
export function trainable(given: LayersModel | Sequential): Trainable {
  if (!(given instanceof tf.LayersModel)) throw new ArgumentError('train: model', given, 'a model, such as tf.sequential() or tf.model() makes');
  // SAFETY: a compiled Sequential hands its training to the LayersModel in this field.
  const inner = given instanceof tf.Sequential ? (given as unknown as { model?: unknown }).model : given;
  // SAFETY: every LayersModel of tfjs 4.22 has these members; TypeScript hides some as protected.
  const model = inner as Trainable | undefined;
  if (!model?.optimizer) throw new Error(`train: the model ${given.name} is not compiled; call model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' }) first`);
  if (model.isTraining) throw new Error(`train: the model ${given.name} is being trained already; wait for that run to end`);
  return model;
}

const tensorsOf = (data: TensorData): Tensor[] => (data instanceof tf.Tensor ? [data] : Object.values(data));

function checkData(name: 'x' | 'y', data: unknown): void {
  const list: unknown[] = data instanceof tf.Tensor ? [data] : typeof data === 'object' && data !== null ? Object.values(data) : [];
  if (list.length > 0 && list.every((item) => item instanceof tf.Tensor)) return;
  throw new ArgumentError(`train: ${name}`, data, 'a tensor, such as tf.tensor2d(…) makes, or a list of tensors');
}

function sampleWeights(given: Tensor | Tensor[] | undefined, rows: number, outputs: number): Tensor[] {
  if (given === undefined) return [];
  const list = [given].flat();
  const fits = list.length === outputs && list.every((item) => item instanceof tf.Tensor && item.rank === 1 && item.shape[0] === rows);
  if (!fits) {
    const shapes = list.map((item) => (item instanceof tf.Tensor ? `[${item.shape.join(', ')}]` : describe(item)));
    throw new Error(`train: sampleWeight has shape ${shapes.join(' and ')}, expected [${rows}]${outputs > 1 ? ` for each of ${outputs} outputs` : ''}: one weight a row of x`);
  }
  return list;
}

/** The last rows, for validation. */
function holdBack(inputs: Tensor[], targets: Tensor[], from: number, total: number): { data: [Tensor[], Tensor[]]; owned: Tensor[] } {
  const last = (tensor: Tensor): Tensor => tf.slice(tensor, from, total - from);
  const data: [Tensor[], Tensor[]] = [inputs.map(last), targets.map(last)];
  return { data, owned: data.flat() };
}

function numbers(tensors: readonly Tensor[]): number[] {
  const values = tensors.map((tensor) => tensor.dataSync()[0] ?? NaN);
  tf.dispose([...tensors]);
  return values;
}

/** tfjs draws dropout masks with seeds from Math.random: for the time of one (synchronous) step they come from ours. */
function withRandom<T>(random: Random | undefined, step: () => T): T {
  if (!random) return step();
  replacedRandom = Math.random;
  Math.random = () => random.uniform();
  try {
    return step();
  } finally {
    restoreRandom();
  }
}

/** Steps that an optimizer has done, in this run and before. */
export function stepsOf(optimizer: unknown): number {
  return typeof optimizer === 'object' && optimizer !== null && 'iterations' in optimizer && typeof optimizer.iterations === 'number' ? optimizer.iterations : 0;
}

let replacedRandom: (() => number) | undefined;

/** Also for a step that was terminated. */
export function restoreRandom(): void {
  if (replacedRandom) Math.random = replacedRandom;
  replacedRandom = undefined;
}
