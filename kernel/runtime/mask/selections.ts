/** The arguments of `permute` and `slice`, as NumPy's indexing has them. */
import { ArgumentError, wholeNumber } from '../argument-error.js';
import type { Selection } from './arrange.js';

/** A new order of inputs or outputs: a permutation of 0 … n - 1. Absent or null: as they are. */
export type Order = readonly number[] | Uint32Array | Int32Array | null;

/** [start, stop): NumPy's `start:stop`. Negative ones count from the end, those beyond it are cut, an absent `stop` is the end. Absent or null: all. */
export type Range = readonly [start: number, stop?: number] | null;

const all = (size: number): Selection => ({ size, source: (index) => index });

/** @throws ArgumentError when it is no permutation: it says which entry is wrong, and how */
export function readOrder(argument: string, order: Order | undefined, size: number): Selection {
  if (order === undefined || order === null) return all(size);
  if (!Array.isArray(order) && !ArrayBuffer.isView(order)) throw new ArgumentError(argument, order, `an array that holds each of 0 to ${size - 1} once`);
  if (order.length !== size) throw new Error(`${argument} has ${order.length} entries, expected ${size}: each of 0 to ${size - 1} once. Mask.slice takes a part`);
  const seenAt = new Int32Array(size).fill(-1);
  const copy = Uint32Array.from(order, (value, k) => {
    const index = wholeNumber(`${argument}[${k}]`, value, 0, size - 1);
    if ((seenAt[index] ?? -1) >= 0) throw new Error(`${argument}[${k}] is ${index}, which stands at [${seenAt[index]}] already; each of 0 to ${size - 1} is there once`);
    seenAt[index] = k;
    return index;
  });
  return { size, source: (index) => copy[index] ?? 0 };
}

/** @throws ArgumentError when it is no pair of whole numbers, and Error when nothing is left */
export function readRange(argument: string, range: Range | undefined, size: number): Selection {
  if (range === undefined || range === null) return all(size);
  if (!Array.isArray(range) || range.length < 1 || range.length > 2) throw new ArgumentError(argument, range, 'a pair [start, stop]', 'null takes all.');
  const bound = (name: string, value: unknown): number => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new ArgumentError(`${argument}: ${name}`, value, 'a whole number');
    return Math.min(Math.max(value < 0 ? value + size : value, 0), size);
  };
  const [first, last = size]: readonly unknown[] = range;
  const start = bound('start', first);
  const stop = bound('stop', last);
  if (stop <= start) throw new Error(`${argument} is [${range.join(', ')}], which takes nothing of ${size}; a mask has at least one input and one output`);
  return { size: stop - start, source: (index) => start + index };
}
