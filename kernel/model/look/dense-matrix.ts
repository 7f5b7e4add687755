/** A matrix of numbers as connections: whatever is not 0 is one. */
import { csrFromDense } from '../files/csr.js';
import { forEachEdge, type MaskData } from '../mask-data.js';
import type { MatrixLook } from './look.js';
import { matrixLook } from './matrix-look.js';

export const NON_ZERO_NOTE = 'Every value that is not 0 counts as a connection.';

/** More entries than this are not looked through: that would take seconds. */
export const MAX_ENTRIES = 2 ** 27;

/**
 * @param at the value of an entry; NaN is a connection
 * @returns of 0 and 1 alone a mask, of other numbers a kernel with its values
 */
export function denseLook(inputs: number, outputs: number, at: (i: number, j: number) => number, words: { readonly what: string; readonly title: string }): MatrixLook {
  let isBinary = true;
  const mask = csrFromDense(inputs, outputs, (i, j) => {
    const value = at(i, j);
    if (value !== 0 && value !== 1) isBinary = false;
    return value !== 0;
  });
  return isBinary ? matrixLook(mask, words) : matrixLook(mask, { ...words, note: NON_ZERO_NOTE }, valuesOf(mask, at));
}

function valuesOf(mask: MaskData, at: (i: number, j: number) => number): Float32Array {
  const values = new Float32Array(mask.indices.length);
  forEachEdge(mask, (i, j, k) => (values[k] = at(i, j)));
  return values;
}
