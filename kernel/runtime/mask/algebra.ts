/** Set operations and the boolean product on CSR masks; each is O(nnz of what it reads and writes). */
import { byColumn, nnz, type MaskData } from '../../model/mask-data.js';

/** A mask of more connections than this (4 bytes each, and as many for every weight) is a mistake, not a net. */
export const MAX_CONNECTIONS = 2 ** 28;

/** Connected where `keep(in a, in b)`; `keep(false, false)` is never asked. Shapes are equal. */
export function merge(a: MaskData, b: MaskData, keep: (inA: boolean, inB: boolean) => boolean): MaskData {
  const both = keep(true, true);
  const onlyA = keep(true, false);
  const onlyB = keep(false, true);
  return build(a.inputs, a.outputs, nnz(a) + nnz(b), (i, add) => {
    let k = a.indptr[i] ?? 0;
    let l = b.indptr[i] ?? 0;
    const endA = a.indptr[i + 1] ?? 0;
    const endB = b.indptr[i + 1] ?? 0;
    while (k < endA || l < endB) {
      const p = k < endA ? (a.indices[k] ?? 0) : Infinity;
      const q = l < endB ? (b.indices[l] ?? 0) : Infinity;
      if (p === q ? both : p < q ? onlyA : onlyB) add(Math.min(p, q));
      if (p <= q) k++;
      if (q <= p) l++;
    }
  });
}

/** Connected where the mask is not. */
export function complement(mask: MaskData): MaskData {
  const size = mask.inputs * mask.outputs - nnz(mask);
  if (size > MAX_CONNECTIONS) throw new Error(`not(): the result would have ${size} connections, more than ${MAX_CONNECTIONS}`);
  return build(mask.inputs, mask.outputs, size, (i, add) => {
    let k = mask.indptr[i] ?? 0;
    const end = mask.indptr[i + 1] ?? 0;
    for (let j = 0; j < mask.outputs; j++) {
      if (k < end && mask.indices[k] === j) k++;
      else add(j);
    }
  });
}

export function transposed(mask: MaskData): MaskData {
  const { indptr, indices } = byColumn(mask);
  return { inputs: mask.outputs, outputs: mask.inputs, indptr, indices };
}

/** Boolean product: which inputs of `first` reach which outputs of `second` through at least one unit between. */
export function product(first: MaskData, second: MaskData): MaskData {
  const seenInRow = new Int32Array(second.outputs).fill(-1);
  const indptr = new Uint32Array(first.inputs + 1);
  const indices: number[] = [];
  for (let i = 0; i < first.inputs; i++) {
    const row: number[] = [];
    for (let k = first.indptr[i] ?? 0; k < (first.indptr[i + 1] ?? 0); k++) {
      const middle = first.indices[k] ?? 0;
      for (let l = second.indptr[middle] ?? 0; l < (second.indptr[middle + 1] ?? 0); l++) {
        const j = second.indices[l] ?? 0;
        if (seenInRow[j] === i) continue;
        seenInRow[j] = i;
        row.push(j);
      }
    }
    row.sort((a, b) => a - b);
    for (const j of row) indices.push(j);
    indptr[i + 1] = indices.length;
  }
  return { inputs: first.inputs, outputs: second.outputs, indptr, indices: Uint32Array.from(indices) };
}

export function equal(a: MaskData, b: MaskData): boolean {
  return a.inputs === b.inputs && a.outputs === b.outputs && sameNumbers(a.indptr, b.indptr) && sameNumbers(a.indices, b.indices);
}

const sameNumbers = (a: Uint32Array, b: Uint32Array): boolean => a.length === b.length && a.every((value, k) => value === b[k]);

function build(inputs: number, outputs: number, atMost: number, row: (i: number, add: (j: number) => void) => void): MaskData {
  const indptr = new Uint32Array(inputs + 1);
  const indices = new Uint32Array(atMost);
  let size = 0;
  for (let i = 0; i < inputs; i++) {
    row(i, (j) => {
      indices[size++] = j;
    });
    indptr[i + 1] = size;
  }
  return { inputs, outputs, indptr, indices: size === atMost ? indices : indices.slice(0, size) };
}
