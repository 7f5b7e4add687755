/** The wiring of a masked convolution: which input channels reach which filters, or which places of which kernels exist. */
import type { Tensor } from '@tensorflow/tfjs';
import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask, type AwaitedMask, type MaskSource } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';

/** [kernelHeight, kernelWidth, inChannels, filters] */
export type KernelShape = readonly [number, number, number, number];
type Bit = number | boolean;
export type ConvConnections =
  /** [inChannels, filters]: whole kernels are there, or not. */
  | Mask | AwaitedMask | MaskSource
  /** [kernelHeight, kernelWidth, inChannels, filters] */
  | readonly (readonly (readonly (readonly Bit[])[])[])[]
  | { readonly shape: KernelShape; readonly edges: Iterable<readonly number[]> }
  | { readonly shape: KernelShape; readonly indptr: readonly number[] | Uint32Array; readonly indices: readonly number[] | Uint32Array };

/**
 * @param size of the kernel, [height, width]
 * @param known what the layer knows already of inChannels and filters
 * @returns the kernel's places as a matrix: rows are (height, width, channel), the channel running fastest; columns are filters
 * @throws ArgumentError or Error that names both shapes when the connections do not fit
 */
export function readConvConnections(source: ConvConnections, size: readonly [number, number], known: { inChannels?: number | undefined; filters?: number | undefined }): Mask {
  const places = size[0] * size[1];
  const four = readFour(source);
  if (four) {
    check('[kernelHeight, kernelWidth, inChannels, filters]', four.shape, [size[0], size[1], known.inChannels, known.filters]);
    return four.mask;
  }
  const axes = axesOf(source);
  if (axes !== undefined && axes !== 2) {
    throw new ArgumentError('maskedConv2d: connections', source, '[inChannels, filters], or [kernelHeight, kernelWidth, inChannels, filters]', `It has ${axes} ${axes === 1 ? 'axis' : 'axes'}.`);
  }
  // SAFETY: whatever is not of four axes is read, or refused, by `from`.
  const mask = Mask.from(source as MaskSource);
  // Such as `layer.mask` itself.
  if (known.inChannels !== undefined && places > 1 && mask.inputs === places * known.inChannels && mask.outputs === known.filters) return mask;
  check('[inChannels, filters]', mask.shape, [known.inChannels, known.filters]);
  return atEveryPlace(mask, places);
}

/** The channels' mask, once for every place of the kernel. */
function atEveryPlace({ data }: Mask, places: number): Mask {
  const nnz = data.indices.length;
  const indptr = new Uint32Array(places * data.inputs + 1);
  const indices = new Uint32Array(places * nnz);
  for (let place = 0; place < places; place++) {
    indices.set(data.indices, place * nnz);
    for (let i = 0; i < data.inputs; i++) indptr[place * data.inputs + i + 1] = place * nnz + (data.indptr[i + 1] ?? 0);
  }
  return Mask.ofData({ inputs: places * data.inputs, outputs: data.outputs, indptr, indices });
}

/** Input channel c reaches filter f when any place of its kernel is there: [inChannels, filters]. */
export function channelMask(mask: Mask, inChannels: number): Mask {
  const edges = new Set<number>();
  for (const [row, filter] of mask.edges()) edges.add((row % inChannels) * mask.outputs + filter);
  const list = Array.from(edges, (edge) => [Math.floor(edge / mask.outputs), edge % mask.outputs]);
  return Mask.from({ shape: [inChannels, mask.outputs], edges: list });
}

/** What a saved configuration holds: the channels' mask where that says it all. */
export function connectionsConfig(mask: Mask, [height, width, inChannels, filters]: KernelShape): { shape: number[]; indptr: number[]; indices: number[] } {
  const channels = channelMask(mask, inChannels);
  if (atEveryPlace(channels, height * width).equals(mask)) return { ...channels.toJSON() };
  return { ...mask.toJSON(), shape: [height, width, inChannels, filters] };
}

function readFour(source: unknown): { shape: KernelShape; mask: Mask } | undefined {
  const given = source instanceof tf.Tensor && source.rank === 4 ? (source as Tensor).arraySync() : source; // SAFETY: a tensor
  if (isNested(given)) return fromNested(given);
  if (typeof given !== 'object' || given === null || given instanceof Mask || !('shape' in given) || !Array.isArray(given.shape) || given.shape.length !== 4) return undefined;
  const [height, width, inChannels, filters] = given.shape.map((extent, axis) => wholeNumber(`maskedConv2d: connections.shape[${axis}]`, extent, 1));
  const shape = [height ?? 1, width ?? 1, inChannels ?? 1, filters ?? 1] as const;
  const flat = [shape[0] * shape[1] * shape[2], shape[3]] as const;
  if ('edges' in given) {
    // SAFETY: an edge list; `flatEdge` and `from` check what is in it.
    const edges = Array.from(given.edges as Iterable<readonly number[]>, (edge) => flatEdge(edge, shape));
    return { shape, mask: Mask.from({ shape: flat, edges }) };
  }
  // SAFETY: `from` checks that it is CSR.
  return { shape, mask: Mask.from({ ...given, shape: flat } as unknown as MaskSource) };
}

/** Of a tensor, and of nested arrays of numbers; undefined for other kinds of connections. */
function axesOf(source: unknown): number | undefined {
  if (source instanceof tf.Tensor) return source.rank;
  if (!Array.isArray(source) || typeof source[0] === 'string') return undefined;
  let axes = 0;
  for (let inner: unknown = source; Array.isArray(inner) || ArrayBuffer.isView(inner); inner = Array.isArray(inner) ? inner[0] : 0) axes++;
  return axes;
}

function flatEdge(edge: readonly number[], [height, width, inChannels]: KernelShape): [number, number] {
  if (edge?.length !== 4) throw new ArgumentError('maskedConv2d: an edge of connections', edge, '[row, column, channel, filter]');
  const [y, x, c] = [height, width, inChannels].map((extent, axis) => wholeNumber(`maskedConv2d: entry ${axis} of the edge [${edge.join(', ')}]`, edge[axis], 0, extent - 1));
  return [((y ?? 0) * width + (x ?? 0)) * inChannels + (c ?? 0), edge[3] ?? -1];
}

type Nested = readonly (readonly (readonly (readonly Bit[])[])[])[];
function isNested(value: unknown): value is Nested {
  let inner: unknown = value;
  for (let axis = 0; axis < 3; axis++) {
    if (!Array.isArray(inner)) return false;
    inner = inner[0];
  }
  return Array.isArray(inner);
}

function fromNested(nested: Nested): { shape: KernelShape; mask: Mask } {
  const shape = [nested.length, nested[0]?.length ?? 0, nested[0]?.[0]?.length ?? 0, nested[0]?.[0]?.[0]?.length ?? 0] as const;
  const even = nested.every((row) => row.length === shape[1] && row.every((place) => place.length === shape[2]));
  if (!even) throw new Error(`maskedConv2d: connections is not [kernelHeight, kernelWidth, inChannels, filters] = [${shape.join(', ')}] everywhere: its inner lists differ in length`);
  return { shape, mask: Mask.from(nested.flat(2)) };
}

function check(names: string, shape: readonly number[], needed: readonly (number | undefined)[]): void {
  const fits = (candidate: readonly number[]): boolean => needed.every((extent, axis) => extent === undefined || extent === candidate[axis]);
  if (fits(shape)) return;
  const swapped = [...shape.slice(0, -2), shape.at(-1) ?? 0, shape.at(-2) ?? 0];
  const wayOut = fits(swapped) ? '; is it transposed? Mask.from(A).transpose()' : '';
  throw new Error(`connections has shape [${shape.join(', ')}] but this layer needs ${names} = [${needed.map((extent) => extent ?? 'any').join(', ')}]${wayOut}`);
}
