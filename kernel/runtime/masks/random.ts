/** Generators with a seed; the same seed gives the same mask on every platform. Shapes are [n inputs, m outputs]. */
import { ArgumentError, flag, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { known, sides } from './rows.js';

export interface RandomMaskOptions {
  /** Connections per possible connection, 0 to 1: exactly `round(density * n * m)` of them. */
  readonly density?: number;
  /** Exact number of connections, instead of `density`. */
  readonly nnz?: number;
  readonly seed?: number;
  /** True: every input and every output has at least one connection. */
  readonly noOrphans?: boolean;
}

/**
 * Exactly as many connections as asked for, every choice of them equally likely (with `noOrphans`: after one connection for
 * every input and output was placed).
 */
export function random(n: number, m: number, options: RandomMaskOptions): Mask {
  sides('random', n, m);
  known('random', options, ['density', 'nnz', 'seed', 'noOrphans']);
  const { density, nnz, seed, noOrphans = false } = options ?? {};
  flag('masks.random: noOrphans', noOrphans);
  if ((density === undefined) === (nnz === undefined)) throw new Error(`masks.random: give either density or nnz, not ${density === undefined ? 'none' : 'both'}`);
  if (density !== undefined && !(typeof density === 'number' && density >= 0 && density <= 1)) {
    throw new ArgumentError('masks.random: density', density, 'a number from 0 to 1');
  }
  const count = nnz === undefined ? Math.round((density ?? 0) * n * m) : wholeNumber('masks.random: nnz', nnz, 0, n * m);
  return exactly('random', n, m, count, new Random(seed), noOrphans);
}

/** `count` connections, every choice of them equally likely; with `noOrphans` after one for every input and output was placed. */
export function exactly(generator: string, n: number, m: number, count: number, source: Random, noOrphans = false): Mask {
  const needed = Math.max(n, m);
  if (noOrphans && count < needed) {
    throw new Error(`masks.${generator}: ${count} connections cannot reach every one of ${n} inputs and ${m} outputs; noOrphans needs at least ${needed}`);
  }
  const placed = noOrphans ? spanning(n, m, source) : new Float64Array(0);
  // The rest is drawn among the free entries: the k-th free one is k plus the placed ones before it.
  const rest = source.distinct(count - placed.length, n * m - placed.length);
  const positions = new Float64Array(count);
  let p = 0;
  rest.forEach((free, k) => {
    while (p < placed.length && (placed[p] ?? 0) <= free + p) p++;
    positions[k] = free + p;
  });
  positions.set(placed, rest.length);
  return fromPositions(n, m, positions.sort());
}

/** One connection for every input and every output: max(n, m) entries i * m + j, ascending. */
function spanning(n: number, m: number, source: Random): Float64Array {
  const inputs = source.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  const outputs = source.shuffle(Uint32Array.from({ length: m }, (_, j) => j));
  return Float64Array.from({ length: Math.max(n, m) }, (_, k) => (inputs[k % n] ?? 0) * m + (outputs[k % m] ?? 0)).sort();
}

function fromPositions(n: number, m: number, positions: Float64Array): Mask {
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint32Array(positions.length);
  positions.forEach((position, k) => {
    const i = Math.floor(position / m);
    indices[k] = position - i * m;
    indptr[i + 1] = (indptr[i + 1] ?? 0) + 1;
  });
  for (let i = 0; i < n; i++) indptr[i + 1] = (indptr[i + 1] ?? 0) + (indptr[i] ?? 0);
  return Mask.ofData({ inputs: n, outputs: m, indptr, indices });
}

interface FanOptions {
  readonly seed?: number;
  /** True: no unit of the other side is left out either. */
  readonly noOrphans?: boolean;
}

/** Every output sees exactly `fanIn` inputs; with `noOrphans` every input is seen by an output. */
export function fixedFanIn(n: number, m: number, options: FanOptions & { fanIn: number }): Mask {
  sides('fixedFanIn', n, m);
  known('fixedFanIn', options, ['fanIn', 'seed', 'noOrphans']);
  const fanIn = wholeNumber('masks.fixedFanIn: fanIn', options?.fanIn, 0, n);
  return rowsOf('fixedFanIn', m, n, fanIn, options).transpose();
}

/** Every input reaches exactly `fanOut` outputs; with `noOrphans` every output is reached. */
export function fixedFanOut(n: number, m: number, options: FanOptions & { fanOut: number }): Mask {
  sides('fixedFanOut', n, m);
  known('fixedFanOut', options, ['fanOut', 'seed', 'noOrphans']);
  return rowsOf('fixedFanOut', n, m, wholeNumber('masks.fixedFanOut: fanOut', options?.fanOut, 0, m), options);
}

/** `rows` rows of `degree` different columns each. */
function rowsOf(generator: string, rows: number, columns: number, degree: number, { seed, noOrphans = false }: FanOptions): Mask {
  flag(`masks.${generator}: noOrphans`, noOrphans);
  if (noOrphans && rows * degree < columns) {
    throw new Error(`masks.${generator}: ${rows * degree} connections cannot reach every one of ${columns} ${generator === 'fixedFanIn' ? 'inputs' : 'outputs'}; noOrphans needs a degree of at least ${Math.ceil(columns / rows)}`);
  }
  const source = new Random(seed);
  // Dealt to the rows like cards, every column once: none is left out, and no row gets one twice.
  const cards = source.shuffle(noOrphans ? Uint32Array.from({ length: columns }, (_, j) => j) : new Uint32Array(0));
  const dealer = source.shuffle(noOrphans ? Uint32Array.from({ length: rows }, (_, i) => i) : new Uint32Array(0));
  const hands = Array.from({ length: noOrphans ? rows : 0 }, (_, k) => Uint32Array.from({ length: Math.ceil((columns - k) / rows) }, (_card, c) => cards[k + c * rows] ?? 0).sort());
  const dealt = new Map(hands.map((hand, k) => [dealer[k] ?? 0, hand]));
  const indices = new Uint32Array(rows * degree);
  for (let i = 0; i < rows; i++) indices.set(withOthers(dealt.get(i) ?? new Uint32Array(0), degree, columns, source), i * degree);
  return Mask.ofData({ inputs: rows, outputs: columns, indptr: Uint32Array.from({ length: rows + 1 }, (_, i) => i * degree), indices });
}

/** The columns of `held` (ascending) and as many others as `degree` lacks, ascending. */
function withOthers(held: Uint32Array, degree: number, columns: number, source: Random): ArrayLike<number> {
  const others = source.distinct(degree - held.length, columns - held.length);
  if (held.length === 0) return others;
  let h = 0;
  // The k-th free column is k plus the held ones before it.
  const free = others.map((rank) => {
    while (h < held.length && (held[h] ?? 0) <= rank + h) h++;
    return rank + h;
  });
  return Float64Array.of(...held, ...free).sort();
}
