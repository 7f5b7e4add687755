/** Masks whose every row is one run of outputs: the generators without chance, as plain data. */
import type { MaskData } from '../mask-data.js';

/** The outputs that input i is connected to: from the first up to but not including the second; cut to what there is. */
export type Span = (i: number) => readonly [from: number, to: number];

export function maskOfSpans(inputs: number, outputs: number, span: Span): MaskData {
  const bounds = (i: number): [number, number] => {
    const [from, to] = span(i);
    const first = Math.min(Math.max(from, 0), outputs);
    return [first, Math.min(Math.max(to, first), outputs)];
  };
  const indptr = new Uint32Array(inputs + 1);
  for (let i = 0; i < inputs; i++) {
    const [from, to] = bounds(i);
    indptr[i + 1] = (indptr[i] ?? 0) + to - from;
  }
  const indices = new Uint32Array(indptr[inputs] ?? 0);
  for (let i = 0; i < inputs; i++) {
    const [from, to] = bounds(i);
    for (let j = from, k = indptr[i] ?? 0; j < to; j++, k++) indices[k] = j;
  }
  return { inputs, outputs, indptr, indices };
}

/**
 * `width` outputs around the line from the first entry to the last: `width` 1 is the diagonal, 3 adds one diagonal on each
 * side, an even width adds its odd one above. For n ≠ m the line has slope (m - 1) / (n - 1).
 */
export function bandSpan(n: number, m: number, width: number): Span {
  // j is in the band when centre - width/2 < j <= centre + width/2, in whole numbers: both sides times 2 (n - 1).
  const scale = n === 1 ? 2 : 2 * (n - 1);
  return (i) => {
    const centre = n === 1 ? m - 1 : 2 * i * (m - 1);
    const half = (width * scale) / 2;
    return [Math.floor((centre - half) / scale) + 1, Math.floor((centre + half) / scale) + 1];
  };
}

/** `blocks` blocks on the diagonal, dense inside, as equal in size as n and m allow. */
export function blockSpan(n: number, m: number, blocks: number): Span {
  return (i) => {
    const b = Math.floor(((i + 1) * blocks - 1) / n);
    return [Math.floor((b * m) / blocks), Math.floor(((b + 1) * m) / blocks)];
  };
}

/** Outputs j <= i (`lower`) or j >= i; `strict` leaves the diagonal out. */
export function triangleSpan(m: number, lower: boolean, strict: boolean): Span {
  const shift = strict ? 1 : 0;
  return (i) => (lower ? [0, i + 1 - shift] : [i + shift, m]);
}
