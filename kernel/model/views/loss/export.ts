/** Loss curves as a table and as CSV. */
import { csvText } from '../csv.js';
import type { LossRun, LossView } from '../loss-view.js';

export interface TableRow {
  readonly run: string;
  readonly epoch: number;
  readonly training: number | undefined;
  readonly validation: number | undefined;
}

/** The losses of whole epochs; of more than `most`, evenly many of them with the best and the last. */
export function tableRows({ runs }: LossView, most: number): readonly TableRow[] {
  const each = Math.max(2, Math.floor(most / Math.max(1, runs.length)));
  return runs.flatMap((run) => {
    const rows = rowsOf(run);
    const step = Math.ceil(rows.length / Math.max(1, each - 2));
    return rows.filter(({ epoch }, at) => rows.length <= each || at % step === 0 || at === rows.length - 1 || epoch === run.best?.epoch);
  });
}

function rowsOf({ name, training, validation }: LossRun): readonly TableRow[] {
  const at = new Map<number, number>();
  validation?.x.forEach((epoch, k) => at.set(epoch, k));
  const rows = Array.from(training.x, (epoch, k) => ({ run: name, epoch, training: training.y[k], validation: validation?.y[at.get(epoch) ?? -1] }));
  const known = new Set(training.x);
  const others = Array.from(validation?.x ?? []).flatMap((epoch, k) => (known.has(epoch) ? [] : [{ run: name, epoch, training: undefined, validation: validation?.y[k] }]));
  return [...rows, ...others].sort((a, b) => a.epoch - b.epoch);
}

/** One row a point: run, series, epoch, loss. */
export const lossCsv = ({ runs }: LossView): string =>
  csvText([
    ['run', 'series', 'epoch', 'loss'],
    ...runs.flatMap(({ name, training, validation, steps }) =>
      Object.entries({ training, validation, step: steps }).flatMap(([series, curve]) => (curve ? Array.from(curve.x, (epoch, at) => [name, series, epoch, curve.y[at] ?? NaN]) : [])),
    ),
  ]);
