/** Degrees in bins whose ends are whole numbers, and what a random mask of the same density would be expected to show. */
import { niceStep } from '../ticks.js';
import type { Side } from './degrees-view.js';

export interface Bin {
  /** Degrees from `first` to `last`, both included. */
  readonly first: number;
  readonly last: number;
  readonly units: number;
}

/** With at most so many degrees from the least to the greatest, each has a bar of its own. */
export const MAX_BARS = 40;

/** Bins from the least degree to the greatest, empty ones too; degree 0 is always a bin of its own. */
export function binDegrees({ degrees, counts }: Pick<Side, 'degrees' | 'counts'>): readonly Bin[] {
  const least = degrees[0];
  const most = degrees.at(-1);
  if (least === undefined || most === undefined) return [];
  const start = least === 0 ? 1 : least;
  const width = most - start < MAX_BARS ? 1 : Math.max(1, niceStep((most - start + 1) / MAX_BARS));
  // Wide bins begin at multiples of their width, so that the axis reads well.
  const from = width === 1 ? start : Math.max(1, Math.floor(start / width) * width);
  const bins: { first: number; last: number; units: number }[] = least === 0 ? [{ first: 0, last: 0, units: 0 }] : [];
  for (let first = from; first <= most; ) {
    const last = (Math.floor(first / width) + 1) * width - 1;
    bins.push({ first, last: width === 1 ? first : last, units: 0 });
    first = width === 1 ? first + 1 : last + 1;
  }
  let at = 0;
  degrees.forEach((degree, index) => {
    while ((bins[at]?.last ?? Infinity) < degree) at++;
    const bin = bins[at];
    if (bin) bin.units += counts[index] ?? 0;
  });
  return bins;
}

/**
 * Units expected in each bin if every connection were there with the same probability p: `units · P(first ≤ Binomial(most, p) ≤ last)`.
 * Computed in logarithms, so that 10,000 trials underflow nowhere.
 */
export function expectedUnits({ units, most }: Pick<Side, 'units' | 'most'>, density: number, bins: readonly Bin[]): readonly number[] {
  if (!(density > 0 && density < 1)) return bins.map(({ first, last }) => (density > 0 ? (first <= most && most <= last ? units : 0) : first === 0 ? units : 0));
  const step = Math.log(density) - Math.log1p(-density);
  return bins.map(({ first, last }) => {
    let log = logChoose(most, first) + first * step + most * Math.log1p(-density);
    let sum = 0;
    for (let k = first; k <= Math.min(last, most); k++) {
      sum += Math.exp(log);
      log += Math.log(most - k) - Math.log(k + 1) + step;
    }
    return units * sum;
  });
}

const logChoose = (n: number, k: number): number => (k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k));

/** ln n!: the sum to 256, then Stirling's series (error below 1e−12 there). */
function logFactorial(n: number): number {
  if (n < 256) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/** The units of a bin, ascending; undefined where the view does not know single units. */
export function unitsOfBin({ byUnit }: Side, { first, last }: Bin): readonly number[] | undefined {
  if (!byUnit) return undefined;
  const units: number[] = [];
  byUnit.forEach((degree, unit) => {
    if (degree >= first && degree <= last) units.push(unit);
  });
  return units;
}
