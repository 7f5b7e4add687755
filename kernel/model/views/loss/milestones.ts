/** What is said aloud while a training runs: not each tick, but what a listener waits for. */
import { formatNumber } from '../format.js';
import { lossSentence } from '../loss-sentence.js';
import type { LossRun, LossView } from '../loss-view.js';

/** Between two states of one training; undefined when there is nothing to say. */
export function milestone(before: LossRun | undefined, after: LossRun, view: LossView): string | undefined {
  if (before?.running && !after.running) return lossSentence(view);
  if (!after.running) return undefined;
  if (after.notFiniteAt !== undefined && before?.notFiniteAt === undefined) return `The loss is NaN or infinite, first in epoch ${Math.ceil(after.notFiniteAt)}.`;
  const tenth = tenthsOf(after);
  if (tenth === 0 || tenth === tenthsOf(before)) return undefined;
  const best = after.best && after.best.epoch > (before?.best?.epoch ?? 0) ? `, the best so far ${formatNumber(after.best.value)} at epoch ${after.best.epoch}` : '';
  return `${10 * tenth} % done, epoch ${after.epochs} of ${after.totalEpochs ?? 0}${after.last === undefined ? '' : `, loss ${formatNumber(after.last)}`}${best}.`;
}

const tenthsOf = (run: LossRun | undefined): number => (run?.totalEpochs ? Math.min(9, Math.floor((10 * run.epochs) / run.totalEpochs)) : 0);
