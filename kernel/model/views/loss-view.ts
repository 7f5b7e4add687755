/** The view of loss curves: `application/vnd.patchbay.loss+json`. */
import { decimate, type Points } from './decimate.js';
import { VIEW_VERSION } from './payload.js';

/** A curve over epochs: after epoch 1 x is 1. Step losses lie between, step s of epoch e at e − 1 + s / stepsPerEpoch. */
export type Curve = Points;

export interface Best {
  readonly epoch: number;
  readonly value: number;
  /** Of the validation loss where there is one, else of the training loss. */
  readonly of: 'validation' | 'training';
}

export interface LossRun {
  readonly name: string;
  /** Epochs that were completed. */
  readonly epochs: number;
  /** Epochs that were asked for. */
  readonly totalEpochs?: number;
  readonly running: boolean;
  /** Why it ended, when it ended early. */
  readonly stoppedBy?: string;
  readonly first?: number;
  readonly last?: number;
  readonly best?: Best;
  /** Where the loss first was NaN or infinite, in epochs. */
  readonly notFiniteAt?: number;
  readonly training: Curve;
  readonly validation?: Curve;
  /** Training loss of every step, thinned out. */
  readonly steps?: Curve;
}

export interface LossView {
  readonly view: 'loss';
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly runs: readonly LossRun[];
}

/** What a run hands over; tfjs's `History.history`, or a TrainingRun. */
export interface RunRecord {
  readonly name: string;
  /** Per epoch: `loss`, `val_loss`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly steps?: readonly number[];
  readonly stepsPerEpoch?: number;
  readonly totalEpochs?: number;
  readonly running?: boolean;
  readonly stoppedBy?: string;
}

export const MAX_RUNS = 24;
/** All curves of a payload together, at 8 bytes a point. */
const MAX_POINTS = 18_000;
const MAX_BUCKETS = 500;

export function lossView(records: readonly RunRecord[], options: { readonly title?: string } = {}): LossView {
  const buckets = Math.min(MAX_BUCKETS, Math.floor(MAX_POINTS / (4 * 3 * Math.max(1, records.length))));
  return {
    view: 'loss',
    version: VIEW_VERSION,
    ...(options.title !== undefined && { title: options.title }),
    runs: records.map((record) => withoutCrowd(lossRun(record, buckets), records.length)),
  };
}

/** Of several runs the single steps would hide the curves that are compared; they are kept while a run has nothing else. */
function withoutCrowd({ steps, ...run }: LossRun, runs: number): LossRun {
  return steps && (runs === 1 || run.epochs === 0) ? { ...run, steps } : run;
}

function lossRun(record: RunRecord, buckets: number): LossRun {
  const loss = record.history.loss ?? [];
  const validation = record.history.val_loss ?? [];
  const steps = record.steps ?? [];
  const perEpoch = record.stepsPerEpoch ?? (loss.length > 0 ? steps.length / loss.length : steps.length);
  const first = loss[0] ?? steps[0];
  const last = loss.at(-1) ?? steps.at(-1);
  const best = validation.length > 0 ? bestOf(validation, 'validation') : bestOf(loss, 'training');
  const notFiniteAt = firstNotFinite(loss, validation, steps, perEpoch);
  return {
    name: record.name,
    epochs: loss.length,
    ...(record.totalEpochs !== undefined && { totalEpochs: record.totalEpochs }),
    running: record.running ?? false,
    ...(record.stoppedBy !== undefined && record.stoppedBy !== 'done' && { stoppedBy: record.stoppedBy }),
    // Plus zero: JSON has no other.
    ...(hasValue(first) && { first: first + 0 }),
    ...(hasValue(last) && { last: last + 0 }),
    ...(best && { best }),
    ...(notFiniteAt !== undefined && { notFiniteAt }),
    training: decimate(curve(loss, 1), buckets),
    ...(validation.length > 0 && { validation: decimate(curve(validation, 1), buckets) }),
    ...(perEpoch > 1 && { steps: decimate(curve(steps, perEpoch), buckets) }),
  };
}

const hasValue = (value: number | undefined): value is number => Number.isFinite(value);

const curve = (values: readonly number[], perEpoch: number): Curve => ({
  x: Float64Array.from(values, (_, at) => (at + 1) / perEpoch),
  y: Float64Array.from(values),
});

function bestOf(values: readonly number[], of: Best['of']): Best | undefined {
  let best: Best | undefined;
  values.forEach((value, at) => {
    if (Number.isFinite(value) && (!best || value < best.value)) best = { epoch: at + 1, value: value + 0, of };
  });
  return best;
}

function firstNotFinite(loss: readonly number[], validation: readonly number[], steps: readonly number[], perEpoch: number): number | undefined {
  const bad = (value: number): boolean => !Number.isFinite(value);
  const found = [
    ...[loss, validation].map((values) => values.findIndex(bad)).filter((at) => at >= 0).map((at) => at + 1),
    ...[steps.findIndex(bad)].filter((at) => at >= 0).map((at) => (at + 1) / perEpoch),
  ];
  return found.length > 0 ? Math.min(...found) : undefined;
}
