/** Round numbers along an axis. */

/** At most `most` (≥ 2) round numbers within [low, high]; steps are 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low];
  const step = niceStep((high - low) / Math.max(1, most - 1));
  const ticks: number[] = [];
  // Whole multiples, so that 0.1 + 0.2 never becomes a label.
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Indices of units to label so that labels are at least `gap` pixels apart: 0 and round multiples. */
export function unitTicks(units: number, pixelsPerUnit: number, gap: number): number[] {
  if (units <= 0) return [];
  const step = Math.max(1, niceStep(gap / pixelsPerUnit));
  return Array.from({ length: Math.ceil(units / step) }, (_, k) => k * step);
}

/** As `unitTicks`, those from `first` to `end` − 1. */
export function unitTicksIn(first: number, end: number, pixelsPerUnit: number, gap: number): number[] {
  if (end <= first) return [];
  const step = Math.max(1, niceStep(gap / pixelsPerUnit));
  const from = Math.ceil(first / step);
  return Array.from({ length: Math.max(0, Math.ceil(end / step) - from) }, (_, k) => (from + k) * step);
}
