/** A look at one matrix: its view, its numbers, and its connections for whoever saves them. */
import type { MaskData } from '../mask-data.js';
import { encodeKernelView, kernelView } from '../views/kernel-view.js';
import { decodeConnections, encodeExact, exactLength } from '../views/connections.js';
import { encodeMaskView, maskView } from '../views/mask-view.js';
import { KERNEL_MIME, MASK_MIME } from '../views/media-types.js';
import { Fields } from '../views/payload.js';
import { analyseMatrix } from './analyse-matrix.js';
import type { ExactConnections, MatrixLook } from './look.js';

/** Characters of connections that are handed over: 24 million of a mask with up to 65,536 outputs. */
const MAX_EXACT_CHARS = 64 * 2 ** 20;

export interface MatrixWords {
  readonly what: string;
  readonly note?: string | undefined;
  /** Stands above the picture. */
  readonly title?: string | undefined;
}

/** @param weights live weights in CSR order: then it is drawn as a kernel */
export function matrixLook(mask: MaskData, { what, note, title }: MatrixWords, weights?: Float32Array): MatrixLook {
  const options = title === undefined ? {} : { title };
  const view = weights === undefined ? { mime: MASK_MIME, payload: encodeMaskView(maskView(mask, options)) } : { mime: KERNEL_MIME, payload: encodeKernelView(kernelView(mask, weights, options)) };
  const isSmall = exactLength(mask) <= MAX_EXACT_CHARS;
  return { what, ...(note === undefined ? {} : { note }), ...view, analysis: analyseMatrix(mask), ...(isSmall ? { exact: exactOf(mask) } : {}) };
}

function exactOf(mask: MaskData): ExactConnections {
  const { inputs, outputs } = mask;
  return { inputs, outputs, nnz: mask.indices.length, connections: encodeExact(mask) };
}

/** The mask that a look holds. @throws Error when it holds something else */
export function maskOfExact({ connections, ...shape }: ExactConnections): MaskData {
  const decoded = decodeConnections(new Fields(connections, 'connections'), shape);
  if ('edges' in decoded) return decoded.edges;
  throw new Error('the connections are counts, not edges');
}
