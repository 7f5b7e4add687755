/** The view of a connection mask: `application/vnd.patchbay.mask+json`. */
import type { MaskData } from '../mask-data.js';
import { decodeMatrix, encodeMatrix, matrixView, reduced, type MatrixJson, type MatrixOptions, type MatrixView } from './matrix-view.js';
import { readPayload } from './payload.js';
import type { Problem } from './problem.js';

export interface MaskView extends MatrixView {
  readonly view: 'mask';
}

export type MaskViewJson = MatrixJson;

export const maskView = (mask: MaskData, options: MatrixOptions = {}): MaskView => ({ view: 'mask', ...matrixView(mask, options) });

/** At most 256 K characters: a mask too large for exact edges goes as exact counts per tile. */
export const encodeMaskView = (view: MaskView): MaskViewJson => encodeMatrix(reduced(view));

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseMaskView = (json: unknown): MaskView | Problem =>
  readPayload('connection mask', json, (fields) => ({ view: 'mask', ...decodeMatrix(fields) }));
