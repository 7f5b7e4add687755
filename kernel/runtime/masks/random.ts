/** Generators with a seed; the same seed gives the same mask on every platform. Shapes are [n inputs, m outputs]. */
import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { sides } from './rows.js';

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
  const { density, nnz, seed, noOrphans = false } = options ?? {};
  if ((density === undefined) === (nnz === undefined)) throw new Error('masks.random: give either density or nnz');
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

/** Every output sees exactly `fanIn` inputs. */
export function fixedFanIn(n: number, m: number, options: { fanIn: number; seed?: number }): Mask {
  sides('fixedFanIn', n, m);
  const fanIn = wholeNumber('masks.fixedFanIn: fanIn', options?.fanIn, 0, n);
  return fixedFanOutRows(m, n, fanIn, options.seed).transpose();
}

/** Every input reaches exactly `fanOut` outputs. */
export function fixedFanOut(n: number, m: number, options: { fanOut: number; seed?: number }): Mask {
  sides('fixedFanOut', n, m);
  return fixedFanOutRows(n, m, wholeNumber('masks.fixedFanOut: fanOut', options?.fanOut, 0, m), options.seed);
}

function fixedFanOutRows(n: number, m: number, fanOut: number, seed: number | undefined): Mask {
  const source = new Random(seed);
  const indices = new Uint32Array(n * fanOut);
  for (let i = 0; i < n; i++) indices.set(source.distinct(fanOut, m), i * fanOut);
  return Mask.ofData({ inputs: n, outputs: m, indptr: Uint32Array.from({ length: n + 1 }, (_, i) => i * fanOut), indices });
}
