/** The view of a masked kernel: `application/vnd.patchbay.kernel+json`. */
import type { MaskData } from '../mask-data.js';
import { decodeFloats, encodeFloats } from './base64.js';
import { decodeMatrix, encodeMatrix, matrixView, reduced, type MatrixJson, type MatrixOptions, type MatrixView } from './matrix-view.js';
import { PayloadError, readPayload, type Fields } from './payload.js';
import type { Problem } from './problem.js';
import { symmetricLimit, weightStatistics, type WeightStatistics } from './weight-statistics.js';

export interface KernelView extends MatrixView {
  readonly view: 'kernel';
  /** Name of the layer. */
  readonly layer?: string;
  /** Names these weights: the epoch scrubber of a training moves every view of them. */
  readonly follows?: string;
  readonly statistics: WeightStatistics;
  /** Colours run from −limit to limit, 0 in the middle. */
  readonly limit: number;
}

export interface KernelViewJson extends MatrixJson {
  readonly layer?: string;
  readonly follows?: string;
  readonly statistics: WeightStatistics;
  readonly limit: number;
  /** float32 in CSR order; absent when the connections are tiles. */
  readonly values?: string;
}

export interface KernelViewOptions extends MatrixOptions {
  readonly layer?: string;
  readonly follows?: string;
  /** Fixes the colour scale, to compare pictures; default max |w| of the live weights. */
  readonly limit?: number;
}

/** @param weights live weights in CSR order, as many as the mask has connections. */
export function kernelView(mask: MaskData, weights: Float32Array, options: KernelViewOptions = {}): KernelView {
  const statistics = weightStatistics(weights);
  return {
    view: 'kernel',
    ...matrixView(mask, options, weights),
    ...(options.layer !== undefined && { layer: options.layer }),
    ...(options.follows !== undefined && { follows: options.follows }),
    statistics,
    limit: options.limit ?? symmetricLimit(statistics),
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
  };
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

const decodeStatistics = (fields: Fields): WeightStatistics => ({
  min: fields.number('min'),
  max: fields.number('max'),
  meanSize: fields.number('meanSize'),
  zeros: fields.count('zeros'),
  notFinite: fields.count('notFinite'),
});
