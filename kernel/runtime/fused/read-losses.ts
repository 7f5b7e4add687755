/** Which kernel computes a loss or a metric that a model was compiled with. */
import { tf } from '../tf/tfjs.js';
import * as code from '../simd/jobs.js';
import { Unfit } from './net.js';

/** By tfjs's names. Cross-entropies are those of probabilities; where the activation before is theirs, `fusedWith` has a better one. */
const LOSSES: Readonly<Record<string, number>> = {
  meanSquaredError: code.MEAN_SQUARED_ERROR,
  meanAbsoluteError: code.MEAN_ABSOLUTE_ERROR,
  binaryCrossentropy: code.BINARY_CROSS_ENTROPY,
  categoricalCrossentropy: code.CATEGORICAL_CROSS_ENTROPY,
  sparseCategoricalCrossentropy: code.SPARSE_CATEGORICAL_CROSS_ENTROPY,
};

/** Functions of tfjs that are given as a loss: all are means over everything, as a loss of a model is. */
const FUNCTIONS: readonly (readonly [unknown, number])[] = [
  [tf.losses.huberLoss, code.HUBER],
  [tf.losses.meanSquaredError, code.MEAN_SQUARED_ERROR],
  [tf.losses.absoluteDifference, code.MEAN_ABSOLUTE_ERROR],
  [tf.metrics.meanSquaredError, code.MEAN_SQUARED_ERROR],
  [tf.metrics.meanAbsoluteError, code.MEAN_ABSOLUTE_ERROR],
  [tf.metrics.binaryCrossentropy, code.BINARY_CROSS_ENTROPY],
  [tf.metrics.categoricalCrossentropy, code.CATEGORICAL_CROSS_ENTROPY],
];

/** How tfjs knows metrics by name, beside the names of losses. */
const METRICS: Readonly<Record<string, number>> = {
  ...LOSSES,
  mse: code.MEAN_SQUARED_ERROR,
  MSE: code.MEAN_SQUARED_ERROR,
  mae: code.MEAN_ABSOLUTE_ERROR,
  MAE: code.MEAN_ABSOLUTE_ERROR,
  binaryAccuracy: code.BINARY_ACCURACY,
  categoricalAccuracy: code.CATEGORICAL_ACCURACY,
  sparseCategoricalAccuracy: code.SPARSE_CATEGORICAL_ACCURACY,
};

const METRIC_FUNCTIONS: readonly (readonly [unknown, number])[] = [
  ...FUNCTIONS,
  [tf.metrics.binaryAccuracy, code.BINARY_ACCURACY],
  [tf.metrics.categoricalAccuracy, code.CATEGORICAL_ACCURACY],
  [tf.metrics.sparseCategoricalAccuracy, code.SPARSE_CATEGORICAL_ACCURACY],
];

/** The loss that has its activation within: of logits. */
export const FUSED: Readonly<Record<'sigmoid' | 'softmax', ReadonlyMap<number, number>>> = {
  sigmoid: new Map([[code.BINARY_CROSS_ENTROPY, code.SIGMOID_CROSS_ENTROPY]]),
  softmax: new Map([
    [code.CATEGORICAL_CROSS_ENTROPY, code.SOFTMAX_CROSS_ENTROPY],
    [code.SPARSE_CATEGORICAL_CROSS_ENTROPY, code.SPARSE_SOFTMAX_CROSS_ENTROPY],
  ]),
};

export const takesClassNumbers = (kind: number): boolean => kind === code.SPARSE_CATEGORICAL_CROSS_ENTROPY || kind === code.SPARSE_SOFTMAX_CROSS_ENTROPY || kind === code.SPARSE_CATEGORICAL_ACCURACY;

const nameOf = (given: unknown): string => (typeof given === 'string' ? given : typeof given === 'function' && given.name ? `the function ${given.name}` : 'a function of your own');

/** What `compile` takes: one, a list, or an object by output, of which there is one here. */
function listOf(given: unknown): unknown[] {
  if (given === undefined || given === null) return [];
  return typeof given === 'object' ? Object.values(given).flat() : [given];
}

/** @param given what `compile` was called with: a name, a function, or a list of one */
export function readLoss(given: unknown): number {
  const [single, ...others] = listOf(given);
  if (others.length > 0) throw new Unfit('there is more than one loss');
  const kind = typeof single === 'string' ? LOSSES[single] : FUNCTIONS.find(([known]) => known === single)?.[1];
  if (kind === undefined) throw new Unfit(`the loss is ${nameOf(single)}; it knows ${Object.keys(LOSSES).join(', ')} and tf.losses.huberLoss`);
  return kind;
}

/** As tfjs resolves `accuracy` and `crossentropy`: by the loss, and by whether there is one output. */
function resolved(name: string, loss: number, outputs: number): number | undefined {
  const accuracy = name === 'accuracy' || name === 'acc';
  if (!accuracy && name !== 'crossentropy' && name !== 'ce') return METRICS[name];
  if (outputs === 1 || loss === code.BINARY_CROSS_ENTROPY) return accuracy ? code.BINARY_ACCURACY : code.BINARY_CROSS_ENTROPY;
  if (loss === code.SPARSE_CATEGORICAL_CROSS_ENTROPY) return accuracy ? code.SPARSE_CATEGORICAL_ACCURACY : code.SPARSE_CATEGORICAL_CROSS_ENTROPY;
  return accuracy ? code.CATEGORICAL_ACCURACY : code.CATEGORICAL_CROSS_ENTROPY;
}

/** @param given what `compile` was called with: nothing, a name or function, or a list of them */
export function readMetrics(given: unknown, loss: number, outputs: number): number[] {
  return listOf(given).map((metric) => {
    const kind = typeof metric === 'string' ? resolved(metric, loss, outputs) : METRIC_FUNCTIONS.find(([known]) => known === metric)?.[1];
    if (kind === undefined) throw new Unfit(`a metric is ${nameOf(metric)}; it knows accuracy, ${Object.keys(METRICS).join(', ')}`);
    if (takesClassNumbers(kind) !== takesClassNumbers(loss)) throw new Unfit(`the metric ${nameOf(metric)} takes other targets than the loss`);
    return kind;
  });
}
