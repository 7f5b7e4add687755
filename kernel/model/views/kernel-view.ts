/** The view of a masked kernel: `application/vnd.patchbay.kernel+json`. */
import type { MaskData } from '../mask-data.js';
import { base64Length, decodeFloats, encodeFloats } from './base64.js';
import { decodeMatrix, encodeMatrix, matrixView, reduced, roomLeft, type MatrixJson, type MatrixOptions, type MatrixView } from './matrix-view.js';
import { Fields, PayloadError, readPayload } from './payload.js';
import type { Problem } from './problem.js';
import { histogramOf, symmetricLimit, weightStatistics, type WeightStatistics } from './weight-statistics.js';

/** More numbers of the same connections: their gradient, how they changed. */
export interface ValueLayer {
  /** In a menu: `gradient`. */
  readonly name: string;
  /** Before a number: `∂L/∂w`. */
  readonly quantity: string;
  /** In CSR order, one for each connection; or, `everywhere`, one for each cell, row by row. */
  readonly values: Float32Array;
  readonly everywhere: boolean;
}

/** The taps of a convolution: each pair of maps is a block of this many rows and columns. */
export interface Block {
  readonly rows: number;
  readonly columns: number;
}

export interface KernelView extends MatrixView {
  readonly view: 'kernel';
  /** Name of the layer. */
  readonly layer?: string;
  /** Names these weights: the epoch scrubber of a training moves every view of them. */
  readonly follows?: string;
  readonly statistics: WeightStatistics;
  /** Colours run from −limit to limit, 0 in the middle. */
  readonly limit: number;
  readonly layers?: readonly ValueLayer[];
  readonly block?: Block;
  /** Finite live weights from −limit to limit, in bins of equal width. */
  readonly histogram?: Uint32Array;
}

export interface KernelViewJson extends MatrixJson {
  readonly layer?: string;
  readonly follows?: string;
  readonly statistics: WeightStatistics;
  readonly limit: number;
  /** float32 in CSR order; absent when the connections are tiles. */
  readonly values?: string;
  readonly layers?: readonly { readonly name: string; readonly quantity: string; readonly values: string; readonly everywhere: boolean }[];
  readonly block?: Block;
  readonly histogram?: readonly number[];
}

export interface KernelViewOptions extends MatrixOptions {
  readonly layer?: string;
  readonly follows?: string;
  /** Fixes the colour scale, to compare pictures; default the power of two at or above max |w| of the live weights. */
  readonly limit?: number;
  readonly layers?: readonly ValueLayer[];
  readonly block?: Block;
}

/** @param weights live weights in CSR order, as many as the mask has connections. */
export function kernelView(mask: MaskData, weights: Float32Array, options: KernelViewOptions = {}): KernelView {
  const statistics = weightStatistics(weights);
  const limit = options.limit ?? symmetricLimit(statistics);
  return {
    view: 'kernel',
    ...matrixView(mask, options, weights),
    ...(options.layer !== undefined && { layer: options.layer }),
    ...(options.follows !== undefined && { follows: options.follows }),
    statistics,
    limit,
    histogram: histogramOf(weights, limit),
    ...(options.layers?.length && { layers: options.layers }),
    ...(options.block && { block: options.block }),
  };
}

/** At most 256 K characters: a kernel too large for exact weights goes as counts and strongest weight per tile. */
export function encodeKernelView(view: KernelView): KernelViewJson {
  const fitting = reduced(view);
  const values = fitting.cells.kind === 'edges' ? fitting.cells.values : undefined;
  return {
    ...encodeMatrix(fitting),
    ...(view.layer !== undefined && { layer: view.layer }),
    ...(view.follows !== undefined && { follows: view.follows }),
    statistics: view.statistics,
    limit: view.limit,
    ...(values && { values: encodeFloats(values) }),
    ...(values && view.layers && { layers: fittingLayers(view.layers, fitting) }),
    ...(view.block && { block: view.block }),
    ...(view.histogram && { histogram: Array.from(view.histogram) }),
  };
}

/** Weights come first: a layer that has no room beside them is left out. */
function fittingLayers(layers: readonly ValueLayer[], view: MatrixView): NonNullable<KernelViewJson['layers']> {
  let left = roomLeft(view);
  return layers.flatMap(({ name, quantity, values, everywhere }) => {
    const length = base64Length(4 * values.length) + 200;
    if (length > left) return [];
    left -= length;
    return [{ name, quantity, values: encodeFloats(values), everywhere }];
  });
}

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseKernelView = (json: unknown): KernelView | Problem => readPayload('kernel', json, decodeKernel);

function decodeKernel(fields: Fields): KernelView {
  const matrix = decodeMatrix(fields);
  const layer = fields.optionalText('layer');
  const follows = fields.optionalText('follows');
  const limit = fields.number('limit');
  if (limit <= 0) throw new PayloadError(`"limit" is ${limit}, expected a number above 0`);
  return {
    view: 'kernel',
    ...matrix,
    cells: withWeights(fields, matrix),
    ...decodeMore(fields, matrix),
    ...(layer !== undefined && { layer }),
    ...(follows !== undefined && { follows }),
    statistics: decodeStatistics(fields.object('statistics')),
    limit,
  };
}

function withWeights(fields: Fields, { cells, nnz }: MatrixView): MatrixView['cells'] {
  if (cells.kind === 'tiles') {
    if (!cells.tiles.extremes) throw new PayloadError('its tiles have no weights');
    return cells;
  }
  const values = decodeFloats(fields.text('values'), nnz);
  if (!values) throw new PayloadError(`"values" does not hold ${nnz} weights`);
  return { kind: 'edges', mask: cells.mask, values };
}

const MAX_LAYERS = 8;
const MAX_BINS = 400;

function decodeMore(fields: Fields, { inputs, outputs, nnz, cells }: MatrixView): Pick<KernelView, 'layers' | 'block' | 'histogram'> {
  const layers = fields.has('layers') && cells.kind === 'edges'
    ? fields.array('layers', MAX_LAYERS).map((json): ValueLayer => {
        const layer = new Fields(json, '"layers"');
        const everywhere = layer.get('everywhere') === true;
        const values = decodeFloats(layer.text('values'), everywhere ? inputs * outputs : nnz);
        if (!values) throw new PayloadError('"layers" does not hold a number for each connection');
        return { name: layer.optionalText('name') ?? 'values', quantity: layer.optionalText('quantity') ?? 'value', values, everywhere };
      })
    : undefined;
  const block = fields.has('block') ? decodeBlock(fields.object('block')) : undefined;
  const histogram = fields.has('histogram') ? Uint32Array.from(fields.array('histogram', MAX_BINS), (count) => new Fields({ count }, '"histogram"').count('count')) : undefined;
  return { ...(layers && { layers }), ...(block && { block }), ...(histogram?.length && { histogram }) };
}

function decodeBlock(fields: Fields): Block {
  const block = { rows: fields.count('rows'), columns: fields.count('columns') };
  if (block.rows === 0 || block.columns === 0) throw new PayloadError('a block has no cells');
  return block;
}

const decodeStatistics = (fields: Fields): WeightStatistics => ({
  min: fields.number('min'),
  max: fields.number('max'),
  meanSize: fields.number('meanSize'),
  zeros: fields.count('zeros'),
  notFinite: fields.count('notFinite'),
});
