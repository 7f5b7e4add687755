/** Which connections go and which come: plain functions of masks and numbers, in O(connections). */
import { forEachEdge, type MaskData } from '../../model/mask-data.js';
import { Mask } from '../mask/mask.js';
import type { Random } from '../random/xoshiro.js';

/**
 * Marks the `count` smallest of the values. Of equal ones the first go; NaN counts as the largest.
 *
 * @returns [values]: 1 at those
 */
export function smallest(values: ArrayLike<number>, count: number): Uint8Array {
  const marks = new Uint8Array(values.length);
  if (count <= 0) return marks;
  const comparable = Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value));
  if (count >= values.length) return marks.fill(1);
  const threshold = nthSmallest(comparable.slice(), count - 1);
  let left = count;
  comparable.forEach((value, k) => {
    if (value < threshold) {
      marks[k] = 1;
      left--;
    }
  });
  comparable.forEach((value, k) => {
    if (left > 0 && value === threshold) {
      marks[k] = 1;
      left--;
    }
  });
  return marks;
}

/** Hoare's selection, with the median of three as pivot; rearranges the values. */
function nthSmallest(values: Float64Array, n: number): number {
  let from = 0;
  let to = values.length - 1;
  const at = (k: number): number => values[k] ?? 0;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const pivot = Math.max(Math.min(at(from), at(middle)), Math.min(Math.max(at(from), at(middle)), at(to)));
    let i = from;
    let j = to;
    while (i <= j) {
      while (at(i) < pivot) i++;
      while (at(j) > pivot) j--;
      if (i <= j) {
        const kept = at(i);
        values[i++] = at(j);
        values[j--] = kept;
      }
    }
    if (n <= j) to = j;
    else if (n >= i) from = i;
    else break;
  }
  return at(n);
}

/** The mask without the marked connections (marks in CSR order), and with those of `added`, of which it has none. */
export function exchanged(mask: Mask, dropped: Uint8Array, added: Mask | null): Mask {
  const { inputs, outputs, indptr, indices } = mask.data;
  const kept = new Uint32Array(inputs + 1);
  const list = new Uint32Array(dropped.reduce((count, mark) => count - mark, indices.length));
  let size = 0;
  for (let i = 0; i < inputs; i++) {
    for (let k = indptr[i] ?? 0; k < (indptr[i + 1] ?? 0); k++) if (!dropped[k]) list[size++] = indices[k] ?? 0;
    kept[i + 1] = size;
  }
  const rest = Mask.ofData({ inputs, outputs, indptr: kept, indices: list });
  return added ? rest.or(added) : rest;
}

export const missingCount = ({ inputs, outputs, indices }: MaskData): number => inputs * outputs - indices.length;

/** `count` of the missing connections, each set equally likely, in O(connections + count log count). */
export function randomMissing({ data }: Mask, count: number, random: Random): Mask {
  const { inputs, outputs, indptr, indices } = data;
  const ranks = random.distinct(count, missingCount(data));
  const starts = new Uint32Array(inputs + 1);
  const chosen = new Uint32Array(count);
  let n = 0;
  // Rank r of the missing ones is place r plus the number of live ones before it.
  for (let i = 0; i < inputs; i++) {
    const before = indptr[i] ?? 0;
    const end = indptr[i + 1] ?? 0;
    const firstRank = i * outputs - before;
    const endRank = (i + 1) * outputs - end;
    let live = before;
    while (n < count && (ranks[n] ?? Infinity) < endRank) {
      let place = (ranks[n] ?? 0) - firstRank + (live - before);
      while (live < end && (indices[live] ?? 0) <= place) {
        live++;
        place++;
      }
      chosen[n++] = place;
    }
    starts[i + 1] = n;
  }
  return Mask.ofData({ inputs, outputs, indptr: starts, indices: chosen });
}

/** The connections of `candidates` whose marks are set. */
export function marked(candidates: Mask, marks: Uint8Array): Mask {
  return exchanged(candidates, marks.map((mark) => 1 - mark), null);
}

/** Scores of connections, in CSR order. */
export function scoresOf(mask: Mask, weights: Float32Array, score: (weight: number, i: number, j: number) => number): Float64Array {
  const scores = new Float64Array(mask.nnz);
  forEachEdge(mask.data, (i, j, k) => {
    scores[k] = score(weights[k] ?? 0, i, j);
  });
  return scores;
}
