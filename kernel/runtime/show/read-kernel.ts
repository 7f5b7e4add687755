/** What `show.kernel` draws: live weights in CSR order, and which connections they belong to. */
import type { MaskData } from '../../model/mask-data.js';
import { ArgumentError } from '../argument-error.js';
import { weightsKey } from './weights-key.js';
import { hasMask, readMask, type HasMask, type ShowableMask } from './read-mask.js';

/** A layer that stores only live weights. */
export interface MaskedLayer extends HasMask {
  readonly name: string;
  liveWeights(): Float32Array;
}

interface Tensor {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** Any tfjs layer whose first weight is a kernel [inputs, outputs]. */
interface PlainLayer {
  readonly name: string;
  getWeights(): readonly Tensor[];
}

export type ShowableKernel = MaskedLayer | PlainLayer | Tensor | readonly (readonly number[])[];

export interface Kernel {
  readonly mask: MaskData;
  readonly weights: Float32Array;
  readonly layer?: string;
  /** Names the weights of a masked layer: see weightsKey. */
  readonly follows?: string;
}

const EXPECTED = 'a layer, a tensor [inputs, outputs], or nested arrays of numbers';

/** @throws ArgumentError that says what was given and what is drawn instead */
export function readKernel(caller: string, value: unknown, connections: ShowableMask | undefined): Kernel {
  if (typeof value !== 'object' || value === null) throw new ArgumentError(caller, value, EXPECTED);
  if (isMaskedLayer(value)) return { mask: value.mask.data, weights: value.liveWeights(), layer: value.name, follows: weightsKey(value) };
  if (isPlainLayer(value)) return { ...dense(caller, weightOf(caller, value), connections), layer: value.name };
  if (isTensor(value)) return dense(caller, value, connections);
  if (Array.isArray(value)) return dense(caller, fromRows(caller, value), connections);
  if ('data' in value && 'nnz' in value) throw new ArgumentError(caller, value, EXPECTED, 'A mask has no weights: show.mask draws it.');
  throw new ArgumentError(caller, value, EXPECTED);
}

export const isMaskedLayer = (value: object): value is MaskedLayer => hasMask(value) && 'liveWeights' in value && typeof value.liveWeights === 'function';
const isPlainLayer = (value: object): value is PlainLayer => 'getWeights' in value && typeof value.getWeights === 'function' && 'name' in value;
const isTensor = (value: object): value is Tensor => 'dataSync' in value && typeof value.dataSync === 'function' && 'shape' in value;

function weightOf(caller: string, layer: PlainLayer): Tensor {
  const [kernel] = layer.getWeights();
  if (!kernel) {
    throw new ArgumentError(caller, layer, EXPECTED, `The layer "${layer.name}" has no weights: either it never has any, or it is not built yet (give inputShape to the first layer, or call fit or predict first)`);
  }
  return kernel;
}

function fromRows(caller: string, rows: readonly unknown[]): Tensor {
  const values: number[] = [];
  let columns: number | undefined;
  for (const [i, row] of rows.entries()) {
    if (!Array.isArray(row) || (columns ??= row.length) !== row.length) throw new ArgumentError(`${caller}: row ${i}`, row, `an array of ${columns ?? 'some'} numbers`);
    for (const [j, weight] of row.entries()) {
      if (typeof weight !== 'number') throw new ArgumentError(`${caller}: row ${i}, column ${j}`, weight, 'a number');
      values.push(weight);
    }
  }
  return { shape: [rows.length, columns ?? 0], dataSync: () => values };
}

/** A dense kernel: every connection is there, or those of `connections`. */
function dense(caller: string, tensor: Tensor, connections: ShowableMask | undefined): Kernel {
  const [inputs = 0, outputs = 0] = tensor.shape;
  if (tensor.shape.length !== 2) {
    throw new ArgumentError(caller, `a tensor of shape [${tensor.shape.join(', ')}]`, 'one of rank 2, [inputs, outputs]');
  }
  const values = tensor.dataSync();
  if (connections === undefined) return { mask: full(inputs, outputs), weights: Float32Array.from(values) };
  const mask = readMask(`${caller}: connections`, connections);
  if (mask.inputs !== inputs || mask.outputs !== outputs) {
    throw new ArgumentError(`${caller}: connections`, `a mask of ${mask.inputs} × ${mask.outputs}`, `${inputs} × ${outputs}, as the kernel [inputs, outputs]`);
  }
  const weights = new Float32Array(mask.indices.length);
  for (let i = 0; i < inputs; i++) {
    for (let at = mask.indptr[i] ?? 0; at < (mask.indptr[i + 1] ?? 0); at++) weights[at] = values[i * outputs + (mask.indices[at] ?? 0)] ?? 0;
  }
  return { mask, weights };
}

const full = (inputs: number, outputs: number): MaskData => ({
  inputs,
  outputs,
  indptr: Uint32Array.from({ length: inputs + 1 }, (_, i) => i * outputs),
  indices: Uint32Array.from({ length: inputs * outputs }, (_, cell) => cell % outputs),
});
