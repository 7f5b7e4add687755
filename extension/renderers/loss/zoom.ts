/** Zooming in epochs: pure moves of the window that is seen. */
import type { Range } from '../../../kernel/model/views/loss/ranges.js';

export interface Axis {
  /** All that there is. */
  readonly all: Range;
  readonly log: boolean;
}

/** Deeper than this there is nothing between two points. */
const LEAST = 1e-4;

const scale = (value: number, log: boolean): number => (log ? Math.log(value) : value);
const unscale = (value: number, log: boolean): number => (log ? Math.exp(value) : value);

/** By a factor above or below 1, about a place between 0 and 1 of what is seen. Undefined when all is seen. */
export function zoomBy(seen: Range, factor: number, about: number, axis: Axis): Range | undefined {
  const [low, high] = [scale(seen.min, axis.log), scale(seen.max, axis.log)];
  const anchor = low + about * (high - low);
  return within({ min: unscale(anchor - (anchor - low) * factor, axis.log), max: unscale(anchor + (high - anchor) * factor, axis.log) }, axis);
}

/** By a part of what is seen. */
export function panBy(seen: Range, part: number, axis: Axis): Range | undefined {
  const [low, high] = [scale(seen.min, axis.log), scale(seen.max, axis.log)];
  const [first, last] = [scale(axis.all.min, axis.log), scale(axis.all.max, axis.log)];
  const by = Math.max(first - low, Math.min(last - high, part * (high - low)));
  return within({ min: unscale(low + by, axis.log), max: unscale(high + by, axis.log) }, axis);
}

/** What lies between two places from 0 to 1 of what is seen, in either order. */
export function zoomTo(seen: Range, a: number, b: number, axis: Axis): Range | undefined {
  const [low, high] = [scale(seen.min, axis.log), scale(seen.max, axis.log)];
  const place = (at: number): number => unscale(low + Math.max(0, Math.min(1, at)) * (high - low), axis.log);
  return within({ min: place(Math.min(a, b)), max: place(Math.max(a, b)) }, axis);
}

function within({ min, max }: Range, { all }: Axis): Range | undefined {
  const low = Math.max(all.min, min);
  const high = Math.min(all.max, max);
  if (!(high > low) || (low <= all.min && high >= all.max)) return undefined;
  if (high - low >= LEAST * (all.max - all.min)) return { min: low, max: high };
  const middle = (low + high) / 2;
  const half = (LEAST * (all.max - all.min)) / 2;
  return { min: middle - half, max: middle + half };
}
