/** The view of loss curves: `application/vnd.patchbay.loss+json`. */
import { decimate, type Points } from './decimate.js';
import { RunTracker, stepsPerEpoch, type RunRecord, type RunSummary } from './loss/run-summary.js';
import type { WeightEpochs } from './loss/snapshots.js';
import { VIEW_VERSION } from './payload.js';

export type { Best, RunRecord, RunSummary } from './loss/run-summary.js';

/** A curve over epochs: after epoch 1 x is 1. Step losses lie between, step s of epoch e at e − 1 + s / stepsPerEpoch. Losses may be NaN or infinite. */
export type Curve = Points;

export interface LossRun extends RunSummary {
  readonly stepsPerEpoch?: number;
  readonly training: Curve;
  readonly validation?: Curve;
  /** Training loss of every step, thinned out. */
  readonly steps?: Curve;
  /** Live weights of masked layers at some epochs. */
  readonly weights?: WeightEpochs;
}

export interface LossView {
  readonly view: 'loss';
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  /** The name under which the kernel answers the renderers of this view. */
  readonly live?: string;
  readonly runs: readonly LossRun[];
}

export const MAX_RUNS = 24;
/** Of more the colours could not be told apart. */
export const MAX_DRAWN = 6;
/** All curves of a payload together, at 8 bytes a point. */
const MAX_POINTS = 15_000;
const MAX_BUCKETS = 1000;

export interface LossViewOptions {
  readonly title?: string;
  readonly live?: string;
  /** Of the first run. */
  readonly weights?: WeightEpochs;
}

export function lossView(records: readonly RunRecord[], { title, live, weights }: LossViewOptions = {}): LossView {
  const buckets = Math.min(MAX_BUCKETS, Math.floor(MAX_POINTS / (4 * 3 * Math.max(1, records.length))));
  const runs = records.map((record) => withoutCrowd(lossRun(record, buckets), records.length));
  return {
    view: 'loss',
    version: VIEW_VERSION,
    ...(title !== undefined && { title }),
    ...(live !== undefined && { live }),
    runs: runs.map((run, at) => (at === 0 && weights ? { ...run, weights } : run)),
  };
}

/** Of several runs the single steps would hide the curves that are compared; they are kept while a run has nothing else. */
function withoutCrowd({ steps, ...run }: LossRun, runs: number): LossRun {
  return steps && (runs === 1 || run.epochs === 0) ? { ...run, steps } : run;
}

function lossRun(record: RunRecord, buckets: number): LossRun {
  const loss = record.history['loss'] ?? [];
  const validation = record.history['val_loss'] ?? [];
  const steps = record.steps ?? [];
  const perEpoch = stepsPerEpoch(record);
  return {
    ...new RunTracker().see(record),
    ...(perEpoch > 1 && { stepsPerEpoch: perEpoch }),
    training: decimate(curve(loss, 1), buckets),
    ...(validation.length > 0 && { validation: decimate(curve(validation, 1), buckets) }),
    ...(perEpoch > 1 && { steps: decimate(curve(steps, perEpoch), buckets) }),
  };
}

const curve = (values: readonly number[], perEpoch: number): Curve => ({
  x: Float64Array.from(values, (_, at) => (at + 1) / perEpoch),
  y: Float64Array.from(values),
});
