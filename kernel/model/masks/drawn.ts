/** Masks that a seeded stream draws, as plain data: the same stream gives the same mask on every platform. */
import type { MaskData } from '../mask-data.js';
import type { Xoshiro } from '../random/xoshiro.js';

/**
 * `count` of the n · m connections, every choice of them equally likely; with `noOrphans` after one for every input and output
 * was placed, for which `count` must be at least max(n, m).
 */
export function drawnConnections(n: number, m: number, count: number, source: Xoshiro, noOrphans = false): MaskData {
  const placed = noOrphans ? spanning(n, m, source) : new Float64Array(0);
  return fromPositions(n, m, withOthers(placed, count, n * m, source));
}

/** One connection for every input and every output: max(n, m) entries i * m + j, ascending. */
function spanning(n: number, m: number, source: Xoshiro): Float64Array {
  const inputs = source.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  const outputs = source.shuffle(Uint32Array.from({ length: m }, (_, j) => j));
  return Float64Array.from({ length: Math.max(n, m) }, (_, k) => (inputs[k % n] ?? 0) * m + (outputs[k % m] ?? 0)).sort();
}

function fromPositions(inputs: number, outputs: number, positions: Float64Array): MaskData {
  const indptr = new Uint32Array(inputs + 1);
  const indices = new Uint32Array(positions.length);
  positions.forEach((position, k) => {
    const i = Math.floor(position / outputs);
    indices[k] = position - i * outputs;
    indptr[i + 1] = (indptr[i + 1] ?? 0) + 1;
  });
  for (let i = 0; i < inputs; i++) indptr[i + 1] = (indptr[i + 1] ?? 0) + (indptr[i] ?? 0);
  return { inputs, outputs, indptr, indices };
}

/** `rows` rows of `degree` different columns each; with `everyColumn` no column is left out, for which rows · degree must suffice. */
export function drawnRows(rows: number, columns: number, degree: number, source: Xoshiro, everyColumn = false): MaskData {
  // Dealt to the rows like cards, every column once: none is left out, and no row gets one twice.
  const cards = source.shuffle(everyColumn ? Uint32Array.from({ length: columns }, (_, j) => j) : new Uint32Array(0));
  const dealer = source.shuffle(everyColumn ? Uint32Array.from({ length: rows }, (_, i) => i) : new Uint32Array(0));
  const hands = Array.from({ length: everyColumn ? rows : 0 }, (_, k) => Uint32Array.from({ length: Math.ceil((columns - k) / rows) }, (_card, c) => cards[k + c * rows] ?? 0).sort());
  const dealt = new Map(hands.map((hand, k) => [dealer[k] ?? 0, hand]));
  const indices = new Uint32Array(rows * degree);
  for (let i = 0; i < rows; i++) indices.set(withOthers(dealt.get(i) ?? new Uint32Array(0), degree, columns, source), i * degree);
  return { inputs: rows, outputs: columns, indptr: Uint32Array.from({ length: rows + 1 }, (_, i) => i * degree), indices };
}

/** The numbers of `held` (ascending) and as many others below `below` as `count` lacks, ascending. */
function withOthers(held: Uint32Array | Float64Array, count: number, below: number, source: Xoshiro): Float64Array {
  const ranks = source.distinct(count - held.length, below - held.length);
  if (held.length === 0) return ranks;
  const all = new Float64Array(count);
  all.set(held);
  let h = 0;
  // The k-th free number is k plus the held ones before it.
  ranks.forEach((rank, k) => {
    while (h < held.length && (held[h] ?? 0) <= rank + h) h++;
    all[held.length + k] = rank + h;
  });
  return all.sort();
}
