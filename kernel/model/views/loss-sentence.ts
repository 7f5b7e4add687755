/** A training in one sentence. */
import { formatNumber, plural } from './format.js';
import type { LossRun, LossView } from './loss-view.js';

/** `Training loss fell from 2.31 to 0.12 over 50 epochs; best validation 0.19 at epoch 37; no NaN.` */
export function lossSentence({ runs, title }: LossView): string {
  const named = title ? `“${title}”: ` : '';
  const [only] = runs;
  if (!only) return `${named}No training to show.`;
  if (runs.length === 1) return `${named}${headline(only)}.`;
  return `${named}Training loss of ${plural(runs.length, 'run')}. ${runs.map((run) => `${run.name}: ${clauses(run)}.`).join(' ')}`;
}

function headline(run: LossRun): string {
  if (run.running) return `Training, ${progress(run)}: loss ${clauses(run)}`;
  return `Training loss ${clauses(run, run.epochs > 0)}`;
}

const progress = ({ epochs, totalEpochs }: LossRun): string =>
  totalEpochs === undefined ? `epoch ${epochs}` : `epoch ${epochs} of ${totalEpochs}`;

function clauses(run: LossRun, saysFinite = false): string {
  const { best, stoppedBy, notFiniteAt } = run;
  return [
    course(run),
    ...(best && best.of === 'validation' ? [`best validation ${formatNumber(best.value)} at epoch ${best.epoch}`] : []),
    ...(notFiniteAt !== undefined ? [`NaN or infinite first in epoch ${Math.ceil(notFiniteAt)}`] : saysFinite ? ['no NaN'] : []),
    ...(stoppedBy !== undefined ? [ENDINGS[stoppedBy] ?? `stopped by ${stoppedBy}`] : []),
  ].join('; ');
}

/** How `TrainingRun.stoppedBy` reads; `done` needs no word. */
const ENDINGS: Readonly<Record<string, string>> = {
  interrupt: 'interrupted',
  earlyStopping: 'stopped early',
  abort: 'stopped on request',
  nan: 'stopped because the loss is NaN',
  error: 'ended by an error',
};

function course({ first, last, epochs }: LossRun): string {
  if (first === undefined) return epochs === 0 ? 'has no value yet' : 'has no finite value';
  if (last === undefined) return `started at ${formatNumber(first)}`;
  const from = formatNumber(first);
  const to = formatNumber(last);
  const over = epochs === 0 ? 'within the first epoch' : `over ${plural(epochs, 'epoch')}`;
  if (from === to) return `is ${to} ${epochs > 1 ? over : epochs === 1 ? 'after 1 epoch' : over}`;
  return `${last < first ? 'fell' : 'rose'} from ${from} to ${to} ${over}`;
}
