import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { readOrder } from '../mask/selections.js';
import { Random } from '../random/xoshiro.js';
import { equalDegrees, randomDegrees } from './made-degrees.js';
import { known } from './rows.js';

export interface MadeOptions {
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** A multiple of `inputs` (default: `inputs`): outputs j * p … j * p + p - 1 belong to input j, p = outputs / inputs. */
  readonly outputs?: number;
  /** The inputs in the order in which they may depend on each other, the first on none. Default: 0, 1, 2… */
  readonly order?: 'left-to-right' | 'right-to-left' | 'random' | readonly number[];
  /**
   * Of hidden units: spread evenly (`equal`, default; a layer of fewer than inputs - 1 units has gaps), drawn so that every output
   * but the first sees something (`random`), or given, one list a hidden layer, 0 to `inputs`.
   */
  readonly degrees?: 'equal' | 'random' | readonly (readonly number[])[];
  /** For a random order and random degrees. */
  readonly seed?: number;
}

/**
 * Masks of an autoregressive net: the outputs of an input see the inputs before it in the order, and nothing else.
 *
 * The k-th input of the order has degree k (from 1), a hidden unit sees the units of the layer before whose degree is at most its
 * own, an output those whose degree is less than its input's. Source: Germain et al., "MADE: masked autoencoder for distribution
 * estimation", 2015; degrees and the place of outputs as in TensorFlow Probability's AutoregressiveNetwork.
 *
 * @returns one mask a layer: hidden.length + 1
 */
export function made(options: MadeOptions): Mask[] {
  known('made', options, ['inputs', 'hidden', 'outputs', 'order', 'degrees', 'seed']);
  const inputs = wholeNumber('masks.made: inputs', options?.inputs, 1, 2 ** 31);
  const { hidden, outputs = inputs, order = 'left-to-right', degrees = 'equal', seed } = options;
  if (!Array.isArray(hidden)) throw new ArgumentError('masks.made: hidden', hidden, 'an array of layer sizes, such as [64, 64]');
  const units = hidden.map((size: unknown, layer) => wholeNumber(`masks.made: hidden[${layer}]`, size, 1, 2 ** 31));
  wholeNumber('masks.made: outputs', outputs, 1, 2 ** 31);
  if (outputs % inputs !== 0) throw new ArgumentError('masks.made: outputs', outputs, `a multiple of inputs, ${inputs}`, 'Every input has the same number of outputs.');
  const source = new Random(seed);
  const ofInputs = inputDegrees(order, inputs, source);
  const perInput = outputs / inputs;
  const ofOutputs = Uint32Array.from({ length: outputs }, (_, o) => (ofInputs[Math.floor(o / perInput)] ?? 0) - 1);
  const layers = [ofInputs, ...hiddenDegrees(degrees, units, inputs, source), ofOutputs];
  return layers.slice(1).map((to, layer) => connected(layers[layer] ?? ofInputs, to));
}

/** Unit i to unit j where the degree of i is at most that of j. O(connections + units). */
function connected(from: Uint32Array, to: Uint32Array): Mask {
  const ascending = Uint32Array.from({ length: to.length }, (_, j) => j).sort((a, b) => (to[a] ?? 0) - (to[b] ?? 0));
  const indptr = new Uint32Array(from.length + 1);
  const firsts = Uint32Array.from(from, (degree) => lowerBound(to, ascending, degree));
  firsts.forEach((first, i) => {
    indptr[i + 1] = (indptr[i] ?? 0) + to.length - first;
  });
  const indices = new Uint32Array(indptr[from.length] ?? 0);
  firsts.forEach((first, i) => {
    const row = indices.subarray(indptr[i], indptr[i + 1]);
    row.set(ascending.subarray(first));
    row.sort();
  });
  return Mask.ofData({ inputs: from.length, outputs: to.length, indptr, indices });
}

/** Where in `ascending` the units of at least this degree begin. */
function lowerBound(degrees: Uint32Array, ascending: Uint32Array, degree: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((degrees[ascending[middle] ?? 0] ?? 0) < degree) from = middle + 1;
    else to = middle;
  }
  return from;
}

function inputDegrees(order: unknown, inputs: number, source: Random): Uint32Array {
  const natural = Uint32Array.from({ length: inputs }, (_, k) => k);
  const sequence = order === 'left-to-right' ? natural : order === 'right-to-left' ? natural.reverse() : order === 'random' ? source.shuffle(natural) : givenOrder(order, inputs);
  const degrees = new Uint32Array(inputs);
  sequence.forEach((input, k) => {
    degrees[input] = k + 1;
  });
  return degrees;
}

function givenOrder(order: unknown, inputs: number): Uint32Array {
  if (!Array.isArray(order) || order.length !== inputs) {
    throw new ArgumentError('masks.made: order', order, `'left-to-right', 'right-to-left', 'random', or an array that holds each of 0 to ${inputs - 1} once`);
  }
  const { source } = readOrder('masks.made: order', order, inputs);
  return Uint32Array.from({ length: inputs }, (_, k) => source(k));
}

function hiddenDegrees(degrees: unknown, units: readonly number[], inputs: number, source: Random): Uint32Array[] {
  if (degrees === 'equal') return units.map((size) => equalDegrees(size, inputs));
  if (degrees === 'random') return units.map((size) => randomDegrees(size, inputs, source));
  if (!Array.isArray(degrees) || degrees.length !== units.length) {
    throw new ArgumentError('masks.made: degrees', degrees, `'equal', 'random', or ${units.length} lists, one a hidden layer`);
  }
  return degrees.map((list: unknown, layer) => {
    const size = units[layer] ?? 0;
    if (!Array.isArray(list) || list.length !== size) throw new ArgumentError(`masks.made: degrees[${layer}]`, list, `an array of ${size} degrees, one a unit`);
    return Uint32Array.from(list, (degree: unknown, unit) => wholeNumber(`masks.made: degrees[${layer}][${unit}]`, degree, 0, inputs));
  });
}
