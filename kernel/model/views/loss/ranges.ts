/** Which epochs and which losses a chart spans. */
import { lowerBound } from '../lower-bound.js';
import { MAX_DRAWN, type Curve, type LossView } from '../loss-view.js';
import { niceStep } from '../ticks.js';
import { PLAIN_LOOK, type Look } from './look.js';
import type { Range } from './range.js';

export type { Range };

/** Epochs from 0 to the last that is or will be drawn; on a logarithmic axis from the first point. */
export function epochRange({ runs }: LossView, logX = false): Range {
  const drawn = runs.slice(0, MAX_DRAWN);
  const ends = drawn.map((run) => Math.max(run.running ? (run.totalEpochs ?? 0) : 0, run.epochs, run.steps?.x.at(-1) ?? 0));
  const max = Math.max(1, ...ends);
  if (!logX) return { min: 0, max };
  const starts = drawn.flatMap(({ training, steps }) => [training.x[0] ?? Infinity, steps?.x[0] ?? Infinity]).filter((x) => x > 0);
  const min = Math.min(1, ...starts);
  return { min, max: Math.max(max, 2 * min) };
}

/** Part of the epochs, at the end, that `recent` looks at; at least so many. */
const RECENT = 0.2;
const RECENT_EPOCHS = 10;

/**
 * The losses of what is seen. Whole epochs decide, single steps only before there are two: an outlying first step would flatten the
 * rest. Nothing that is not finite counts, and on a logarithmic axis nothing that is not above 0.
 */
export function lossRange(view: LossView, look: Look = PLAIN_LOOK): Range {
  const runs = view.runs.slice(0, MAX_DRAWN);
  const epochs = runs.flatMap(({ training, validation }) => [training, ...(validation ? [validation] : [])]);
  const enough = epochs.some(({ y }) => y.length >= 2);
  const curves = enough ? epochs : [...epochs, ...runs.flatMap(({ steps }) => steps ?? [])];
  const seen = seenEpochs(look, Math.max(0, ...curves.map(({ x }) => x.at(-1) ?? 0)));
  const { min, max } = extremes(curves, seen, look.logY);
  if (min > max) return look.logY ? { min: 0.1, max: 1 } : { min: 0, max: 1 };
  if (look.logY) return min === max ? { min: min / 2, max: max * 2 } : { min: min / (max / min) ** 0.05, max: max * (max / min) ** 0.05 };
  if (min === max) return min === 0 ? { min: 0, max: 1 } : { min: Math.min(0, 2 * min), max: Math.max(0, 2 * max) };
  // Losses are read against 0 where 0 is near, unless the reader looks closer.
  const low = min > 0 && min < max / 3 && !look.recent ? 0 : min;
  const step = niceStep((max - low) / 5);
  return { min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(max / step - 1e-9) * step };
}

function seenEpochs({ epochs, recent }: Look, last: number): Range {
  const max = Math.min(epochs?.max ?? Infinity, last);
  const min = epochs?.min ?? 0;
  return { min: recent ? Math.max(min, Math.min(max - RECENT * (max - min), max - RECENT_EPOCHS)) : min, max };
}

function extremes(curves: readonly Curve[], seen: Range, positive: boolean): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const { x, y } of curves) {
    for (let at = lowerBound(x, seen.min); at < x.length && (x[at] ?? 0) <= seen.max; at++) {
      const value = y[at] ?? NaN;
      if (!Number.isFinite(Math.fround(value)) || (positive && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}
