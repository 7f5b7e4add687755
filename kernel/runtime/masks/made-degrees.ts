/** Degrees of a hidden layer of a MADE: 1 to inputs - 1, or 0 when there is one input, which no output may see. */
import type { Random } from '../random/xoshiro.js';

/** As evenly as the sizes allow, ascending. */
export const equalDegrees = (units: number, inputs: number): Uint32Array =>
  Uint32Array.from({ length: units }, (_, k) => Math.min(Math.ceil(((k + 1) * (inputs - 1)) / (units + 1)), inputs - 1));

/**
 * In any order, and so that no output loses its inputs by chance: a layer that has the units for it has every degree, a smaller
 * one has degree 1 and others that differ.
 */
export function randomDegrees(units: number, inputs: number, source: Random): Uint32Array {
  const highest = inputs - 1;
  const degrees = new Uint32Array(units);
  if (highest === 0) return degrees;
  const kinds = Math.min(units, highest);
  degrees[0] = 1;
  const others = source.distinct(kinds - 1, highest - 1);
  others.forEach((degree, k) => {
    degrees[k + 1] = degree + 2;
  });
  for (let k = kinds; k < units; k++) degrees[k] = 1 + source.below(highest);
  return source.shuffle(degrees);
}
