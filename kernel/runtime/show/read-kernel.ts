/** What `show.kernel` draws: live weights in CSR order, and which connections they belong to. */
import { forEachEdge, type MaskData } from '../../model/mask-data.js';
import { fullMask } from '../../model/views/full-mask.js';
import { ArgumentError } from '../argument-error.js';
import { convMatrix, pick, type ConvShape } from './conv-kernel.js';
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
  /** A convolution: maps are blocks of cells. */
  readonly conv?: ConvShape;
  /** All of a dense kernel, where some of its entries are no connections. */
  readonly everywhere?: Float32Array;
  /** Other numbers of the same connections in the order of `weights`. @throws ArgumentError when they do not fit */
  readonly read: (what: string, values: unknown) => Float32Array;
}

type Numbers = Omit<Kernel, 'layer' | 'follows'>;

const EXPECTED = 'a layer, a tensor [inputs, outputs], or nested arrays of numbers';

/** @throws ArgumentError that says what was given and what is drawn instead */
export function readKernel(caller: string, value: unknown, connections: ShowableMask | undefined): Kernel {
  if (typeof value !== 'object' || value === null) throw new ArgumentError(caller, value, EXPECTED);
  if (isMaskedLayer(value)) return { ...masked(caller, value), layer: value.name };
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

function masked(caller: string, layer: MaskedLayer): Omit<Kernel, 'layer'> {
  const { data } = layer.mask;
  const weights = layer.liveWeights();
  const conv = convShapeOf(layer);
  if (!conv) return { mask: data, weights, follows: weightsKey(layer), read: (what, values) => liveValues(`${caller}: ${what}`, values, data, [data.inputs, data.outputs]) };
  const { mask, positions } = convMatrix(conv, data);
  const shape = [conv.height, conv.width, conv.inChannels, conv.filters];
  return { mask, weights: pick(weights, positions), conv, read: (what, values) => pick(liveValues(`${caller}: ${what}`, values, data, shape), positions) };
}

interface ConvLayer {
  readonly channelMask: { readonly inputs: number };
  getConfig(): Readonly<Record<string, unknown>>;
}
const isConvLayer = (layer: object): layer is ConvLayer => 'channelMask' in layer && 'getConfig' in layer && typeof layer.getConfig === 'function';

function convShapeOf(layer: MaskedLayer): ConvShape | undefined {
  if (!isConvLayer(layer)) return undefined;
  const size = layer.getConfig()['kernelSize'];
  if (!Array.isArray(size)) return undefined;
  const [height, width] = size.map(Number);
  return { height: height ?? 1, width: width ?? 1, inChannels: layer.channelMask.inputs, filters: layer.mask.data.outputs };
}

/** A dense kernel, [inputs, outputs] or [height, width, inChannels, filters]: every connection is there, or those of `connections`. */
function dense(caller: string, tensor: Tensor, connections: ShowableMask | undefined): Numbers {
  if (tensor.shape.length === 4) return denseConv(caller, tensor, connections);
  const [inputs = 0, outputs = 0] = tensor.shape;
  if (tensor.shape.length !== 2) {
    throw new ArgumentError(caller, `a tensor of shape [${tensor.shape.join(', ')}]`, 'one of rank 2, [inputs, outputs], or of rank 4, [height, width, inChannels, filters]');
  }
  const values = tensor.dataSync();
  const read = (mask: MaskData) => (what: string, given: unknown) => liveValues(`${caller}: ${what}`, given, mask, [inputs, outputs]);
  if (connections === undefined) {
    const mask = fullMask(inputs, outputs);
    return { mask, weights: Float32Array.from(values), read: read(mask) };
  }
  const mask = readMask(`${caller}: connections`, connections);
  if (mask.inputs !== inputs || mask.outputs !== outputs) {
    throw new ArgumentError(`${caller}: connections`, `a mask of ${mask.inputs} × ${mask.outputs}`, `${inputs} × ${outputs}, as the kernel [inputs, outputs]`);
  }
  return { mask, weights: liveOf(values, mask), everywhere: Float32Array.from(values), read: read(mask) };
}

function denseConv(caller: string, tensor: Tensor, connections: ShowableMask | undefined): Numbers {
  const [height = 0, width = 0, inChannels = 0, filters = 0] = tensor.shape;
  const conv = { height, width, inChannels, filters };
  const channels = connections === undefined ? undefined : readMask(`${caller}: connections`, connections);
  if (channels && (channels.inputs !== inChannels || channels.outputs !== filters)) {
    throw new ArgumentError(`${caller}: connections`, `a mask of ${channels.inputs} × ${channels.outputs}`, `${inChannels} × ${filters}, as the maps [inChannels, filters]`);
  }
  const data = channels && everyTap(channels, height * width);
  const { mask, positions } = convMatrix(conv, data);
  const values = tensor.dataSync();
  const live = data ? liveOf(values, data) : values;
  const all = data ?? fullMask(height * width * inChannels, filters);
  return { mask, weights: pick(live, positions), conv, read: (what, given) => pick(liveValues(`${caller}: ${what}`, given, all, tensor.shape), positions) };
}

/** [inChannels, filters] -> [taps · inChannels, filters]. */
function everyTap({ inputs, outputs, indptr, indices }: MaskData, taps: number): MaskData {
  const repeated = new Uint32Array(inputs * taps + 1);
  const all = new Uint32Array(indices.length * taps);
  for (let tap = 0; tap < taps; tap++) {
    all.set(indices, tap * indices.length);
    for (let i = 1; i <= inputs; i++) repeated[tap * inputs + i] = tap * indices.length + (indptr[i] ?? 0);
  }
  return { inputs: inputs * taps, outputs, indptr: repeated, indices: all };
}

/** Numbers of the live connections: as many as there are, in CSR order, or a tensor or nested arrays of the kernel's shape. */
function liveValues(caller: string, values: unknown, mask: MaskData, shape: readonly number[]): Float32Array {
  const live = mask.indices.length;
  const expected = `a tensor [${shape.join(', ')}], or ${live} numbers, one for each connection`;
  if (values instanceof Float32Array || values instanceof Float64Array || (Array.isArray(values) && values.every((value) => typeof value === 'number'))) {
    if (values.length !== live) throw new ArgumentError(caller, `${values.length} numbers`, expected);
    return Float32Array.from(values);
  }
  if (typeof values !== 'object' || values === null) throw new ArgumentError(caller, values, expected);
  const tensor = isTensor(values) ? values : Array.isArray(values) ? fromRows(caller, values) : undefined;
  if (!tensor) throw new ArgumentError(caller, values, expected);
  if (tensor.shape.length === 1 && tensor.shape[0] === live) return Float32Array.from(tensor.dataSync());
  if (tensor.shape.join() !== shape.join()) throw new ArgumentError(caller, `a tensor [${tensor.shape.join(', ')}]`, expected);
  return liveOf(tensor.dataSync(), mask);
}

function liveOf(values: ArrayLike<number>, mask: MaskData): Float32Array {
  const weights = new Float32Array(mask.indices.length);
  forEachEdge(mask, (i, j, at) => (weights[at] = values[i * mask.outputs + j] ?? 0));
  return weights;
}
