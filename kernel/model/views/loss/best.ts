/** The best epoch of a run, and how long early stopping waits for a better one. */
import { formatNumber } from '../format.js';
import type { Best, LossRun } from '../loss-view.js';
import type { Range } from './ranges.js';

/** `best val 0.081 @ epoch 37` */
export const bestText = ({ of, value, epoch }: Best): string => `best ${of === 'validation' ? 'val' : 'loss'} ${formatNumber(value)} @ epoch ${epoch}`;

/** The epochs that early stopping waits, as far as they are seen. */
export function patienceOf({ best, patience }: LossRun, seen: Range): Range | undefined {
  if (!best || patience === undefined || patience === 0) return undefined;
  const min = Math.max(seen.min, best.epoch);
  const max = Math.min(seen.max, best.epoch + patience);
  return max > min ? { min, max } : undefined;
}
