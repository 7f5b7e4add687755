/** Which epoch was best, and when to stop waiting for a better one: pure. */
import { ArgumentError, wholeNumber } from '../argument-error.js';

export interface EarlyStopping {
  /** Epochs without an improvement before training stops; default 0. */
  readonly patience?: number;
  /** A name of `history`; default `val_loss` with validation data, else `loss`. */
  readonly monitor?: string;
  /** Go back to the weights of the best epoch at the end; default false. */
  readonly restoreBest?: boolean;
  /** A change smaller than this is no improvement; default 0. */
  readonly minDelta?: number;
  /** Whether smaller or larger is better; default: larger for accuracies, smaller for the rest. */
  readonly mode?: 'min' | 'max';
}

export interface Monitor {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly minDelta: number;
  /** Infinity without early stopping. */
  readonly patience: number;
  readonly restoreBest: boolean;
}

export interface MonitorState {
  readonly best: number;
  readonly bestEpoch: number | undefined;
  /** Epochs since the best one. */
  readonly waited: number;
}

export const START: MonitorState = { best: Infinity, bestEpoch: undefined, waited: 0 };

/** @throws ArgumentError for a name that `history` will not have */
export function readMonitor(options: EarlyStopping | undefined, names: readonly string[]): Monitor {
  const name = options?.monitor ?? (names.includes('val_loss') ? 'val_loss' : 'loss');
  if (!names.includes(name)) {
    const hint = name.startsWith('val_') ? 'Names with val_ need validationData or validationSplit.' : undefined;
    throw new ArgumentError('train: earlyStopping.monitor', name, `one of ${names.join(', ')}`, hint);
  }
  const mode = options?.mode ?? (/acc|precision|recall/i.test(name) ? 'max' : 'min');
  if (mode !== 'min' && mode !== 'max') throw new ArgumentError('train: earlyStopping.mode', mode, `'min' or 'max'`);
  return {
    name,
    sign: mode === 'max' ? -1 : 1,
    minDelta: Math.abs(options?.minDelta ?? 0),
    patience: options ? wholeNumber('train: earlyStopping.patience', options.patience ?? 0) : Infinity,
    restoreBest: options?.restoreBest ?? false,
  };
}

/** After an epoch with this monitored value. */
export function observe(monitor: Monitor, state: MonitorState, epoch: number, value: number): MonitorState & { improved: boolean; stop: boolean } {
  const cost = monitor.sign * value;
  if (cost < state.best - monitor.minDelta || (state.bestEpoch === undefined && !Number.isNaN(cost))) {
    return { best: cost, bestEpoch: epoch, waited: 0, improved: true, stop: false };
  }
  const waited = state.waited + 1;
  return { ...state, waited, improved: false, stop: waited >= Math.max(1, monitor.patience) };
}
