/** Generators with a seed; the same seed gives the same mask on every platform. Shapes are [n inputs, m outputs]. */
import { drawnConnections, drawnRows } from '../../model/masks/drawn.js';
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
  return Mask.ofData(drawnConnections(n, m, count, source, noOrphans));
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
  return Mask.ofData(drawnRows(rows, columns, degree, new Random(seed), noOrphans));
}
