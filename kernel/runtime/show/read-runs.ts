/** What `show.loss` draws: one run or several, in any of the forms in which a run is at hand. */
import { MAX_RUNS, type RunRecord } from '../../model/views/loss-view.js';
import { ArgumentError } from '../argument-error.js';
import { memoryOf } from './run-memory.js';
import type { WeightHistory } from './weight-history.js';

type Scalars = readonly (number | { dataSync(): ArrayLike<number> })[];
type HistoryRecord = Readonly<Record<string, Scalars>>;

/** A TrainingRun, tfjs's History, `{ name, history }`, or the history itself. */
export type ShowableRun = { readonly history: HistoryRecord; readonly name?: string; readonly steps?: readonly number[]; readonly stoppedBy?: string } | HistoryRecord;

/** One run, several, or several by name: `{ masked: runA, dense: runB }`. */
export type ShowableRuns = ShowableRun | readonly ShowableRun[] | Readonly<Record<string, ShowableRun>>;

/** A run, and the weights that its training has kept. */
export interface RememberedRun extends RunRecord {
  readonly weights?: WeightHistory;
}

const EXPECTED = 'a TrainingRun, the History that model.fit resolves to, or several of them';

/** @throws ArgumentError that names the run and what it lacks */
export function readRuns(caller: string, value: unknown, names: readonly string[] | undefined): RememberedRun[] {
  const list = runsOf(caller, value);
  if (list.length === 0 || list.length > MAX_RUNS) throw new ArgumentError(caller, value, `1 to ${MAX_RUNS} runs`);
  if (names !== undefined && names.length !== list.length) {
    throw new ArgumentError(`${caller}: names`, names, `an array of ${list.length} names, one for each run`);
  }
  return list.map(({ run, name }, at) => readRun(list.length > 1 ? `${caller}: run ${at}` : caller, run, names?.[at] ?? name ?? `run ${at + 1}`));
}

interface Named {
  readonly run: unknown;
  readonly name?: string;
}

function runsOf(caller: string, value: unknown): Named[] {
  if (typeof value !== 'object' || value === null) throw new ArgumentError(caller, value, EXPECTED);
  if (Array.isArray(value)) return value.map((run: unknown) => ({ run, ...nameOf(run) }));
  if ('history' in value || 'loss' in value) return [{ run: value, ...nameOf(value) }];
  const entries: [string, unknown][] = Object.entries(value);
  const isNamed = entries.length > 0 && entries.every(([, run]) => typeof run === 'object' && run !== null && ('history' in run || 'loss' in run));
  if (!isNamed) throw new ArgumentError(caller, value, EXPECTED);
  return entries.map(([name, run]) => ({ run, name }));
}

const nameOf = (run: unknown): { readonly name?: string } =>
  typeof run === 'object' && run !== null && 'name' in run && typeof run.name === 'string' ? { name: run.name } : {};

function readRun(caller: string, run: unknown, name: string): RememberedRun {
  if (typeof run !== 'object' || run === null) throw new ArgumentError(caller, run, EXPECTED);
  const source: unknown = 'history' in run ? run.history : run;
  if (typeof source !== 'object' || source === null) throw new ArgumentError(`${caller}: history`, source, 'an object of arrays, { loss: […], val_loss: […] }');
  const fields = new Map<string, unknown>(Object.entries(source));
  const steps = 'steps' in run ? numbers(`${caller}: steps`, run.steps) : undefined;
  const loss = numbers(`${caller}: history.loss`, fields.get('loss') ?? (steps ? [] : undefined));
  const validation = fields.get('val_loss');
  const { hue, ...known } = memoryOf(source);
  return {
    name,
    hue,
    ...(known.weights && { weights: known.weights }),
    ...(known.patience !== undefined && { patience: known.patience }),
    ...(known.stepsPerEpoch !== undefined && { stepsPerEpoch: known.stepsPerEpoch }),
    history: { loss, ...(validation !== undefined && { val_loss: numbers(`${caller}: history.val_loss`, validation) }) },
    ...(steps && { steps }),
    ...('stoppedBy' in run && typeof run.stoppedBy === 'string' && { stoppedBy: run.stoppedBy }),
  };
}

function numbers(what: string, values: unknown): number[] {
  const list = ArrayBuffer.isView(values) && !(values instanceof DataView) ? Array.from(floats(values)) : values;
  if (!Array.isArray(list)) throw new ArgumentError(what, values, 'an array of numbers, one for each epoch');
  return list.map((value: unknown, at) => {
    if (typeof value === 'number') return value;
    // Until a tfjs History is synced, its entries are scalars.
    if (typeof value === 'object' && value !== null && 'dataSync' in value && typeof value.dataSync === 'function') return Number(Array.from(floats(Reflect.apply(value.dataSync, value, [])))[0]);
    throw new ArgumentError(`${what}[${at}]`, value, 'a number');
  });
}

function floats(values: unknown): ArrayLike<number> {
  // SAFETY: called with typed arrays only: a view that is no DataView, or what dataSync returns.
  return values as ArrayLike<number>;
}
