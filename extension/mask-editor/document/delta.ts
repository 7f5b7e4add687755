/** What an edit changed, in a form that takes it back as well. */
import type { BitMatrix } from './bit-matrix.js';

/** Cells that change, as bits: its own inverse. A stroke of a hundred cells is less than a kilobyte. */
export interface Flips {
  readonly kind: 'flips';
  /** Ascending indices of `BitMatrix.words`. */
  readonly at: Uint32Array;
  /** What is XORed into each of them. */
  readonly bits: Uint32Array;
}

export type Delta =
  | Flips
  | { readonly kind: 'invert' }
  | { readonly kind: 'transpose' }
  /** Another matrix altogether, e.g. the file as it is on disk now, with another shape. */
  | { readonly kind: 'replace'; readonly before: BitMatrix; readonly after: BitMatrix };

/** Applies a delta, in place where the shape stays. The result may be the matrix that was handed over. */
export function apply(matrix: BitMatrix, delta: Delta): BitMatrix {
  switch (delta.kind) {
    case 'flips':
      delta.at.forEach((at, k) => (matrix.words[at] = (matrix.words[at] ?? 0) ^ (delta.bits[k] ?? 0)));
      return matrix;
    case 'invert':
      invert(matrix);
      return matrix;
    case 'transpose':
      return matrix.transposed();
    case 'replace':
      return delta.after.clone();
  }
}

/** The delta that takes this one back. */
export const inverse = (delta: Delta): Delta => (delta.kind === 'replace' ? { kind: 'replace', before: delta.after, after: delta.before } : delta);

function invert({ words, stride, lastWord }: BitMatrix): void {
  for (let at = 0; at < words.length; at++) words[at] = ~(words[at] ?? 0);
  for (let last = stride - 1; last < words.length; last += stride) words[last] = (words[last] ?? 0) & lastWord;
}

/** What leads from one matrix to the other; undefined when they are equal. Neither is kept, unless their shapes differ. */
export function difference(before: BitMatrix, after: BitMatrix): Delta | undefined {
  if (!before.hasShapeOf(after)) return { kind: 'replace', before: before.clone(), after: after.clone() };
  const flips = flipsOf(before.words, after.words);
  return flips.at.length === 0 ? undefined : flips;
}

function flipsOf(before: Uint32Array, after: Uint32Array): Flips {
  let count = 0;
  for (let at = 0; at < before.length; at++) if (before[at] !== after[at]) count++;
  const flips: Flips = { kind: 'flips', at: new Uint32Array(count), bits: new Uint32Array(count) };
  for (let at = 0, k = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    flips.at[k] = at;
    flips.bits[k++] = (before[at] ?? 0) ^ (after[at] ?? 0);
  }
  return flips;
}

/** Collects flips row by row. */
export class FlipBuilder {
  readonly #matrix: BitMatrix;
  readonly #at: number[] = [];
  readonly #bits: number[] = [];

  constructor(matrix: BitMatrix) {
    this.#matrix = matrix;
  }

  /** Hands over a copy of row i; what the callback writes into it becomes flips. Rows come in ascending order. */
  row(i: number, write: (row: Uint32Array) => void): void {
    const { words, stride } = this.#matrix;
    const start = i * stride;
    const row = words.slice(start, start + stride);
    write(row);
    for (let k = 0; k < stride; k++) {
      const bits = (row[k] ?? 0) ^ (words[start + k] ?? 0);
      if (bits === 0) continue;
      this.#at.push(start + k);
      this.#bits.push(bits);
    }
  }

  /** Undefined when nothing changes. */
  get flips(): Flips | undefined {
    return this.#at.length === 0 ? undefined : { kind: 'flips', at: Uint32Array.from(this.#at), bits: Uint32Array.from(this.#bits) };
  }
}
