/** What the main thread and the trainer's thread say to each other. Plain data: no per-step messages among them. */
import type { Monitor, MonitorState } from '../train/monitor.js';
import type { LogPlace } from './shared-log.js';
import type { FormulaArguments } from './step-numbers.js';
import type { StepProgram, TrainingProgram } from './step-program.js';

/** Words of the shared control block. */
export const CONTROL = { stop: 0, running: 1, words: 16 } as const;

/** A network laid out in shared memory. */
export interface SessionData {
  /** Address of the control block. */
  readonly control: number;
  /** Address of the thread pool's words; 0 for one thread. */
  readonly pool: number;
  readonly training: TrainingProgram;
  /** For the last, smaller batch of an epoch. */
  readonly trainingRest: TrainingProgram | undefined;
  /** Undefined without validation data. */
  readonly validation: { readonly whole: StepProgram | undefined; readonly rest: StepProgram | undefined; readonly rows: number; /** Address of the row numbers. */ readonly order: number } | undefined;
  /** Rows to train on, and the address of their order. */
  readonly rows: number;
  readonly order: number;
  readonly formula: FormulaArguments;
  readonly weightDecay: number;
  readonly averageEvery: number | undefined;
  /** Address and length (in floats) of the weights, and where those of the best epoch go: 0 when nobody wants them. */
  readonly weights: number;
  readonly length: number;
  readonly best: number;
  readonly steps: LogPlace;
  readonly epochs: LogPlace;
}

/** One call of `train`. */
export interface RunData {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly seed: number;
  readonly shuffle: boolean;
  /** Steps that the optimizer has done. */
  readonly stepsDone: number;
  readonly names: readonly string[];
  readonly monitor: Monitor;
  readonly monitorState: MonitorState;
  /** Whether the monitor may end the run. */
  readonly stopsEarly: boolean;
  /** Where an epoch is entered that has been begun: batches done and totals so far. */
  readonly entry: { readonly epoch: number; readonly batch: number; readonly totals: readonly number[] } | undefined;
}

/** Goes on until so many more steps or epochs are done, or the run ends. */
export interface GoCommand {
  readonly steps: number;
  readonly epochs: number;
  /** The rate of each step, or of all. */
  readonly rates: Float64Array | number;
  /** Whether an epoch whose last batch is the last of these steps is left to end at the next call. */
  readonly defer: boolean;
}

export type ToTrainer =
  | { readonly type: 'session'; readonly buffer: SharedArrayBuffer; readonly session: SessionData; readonly run: RunData }
  | { readonly type: 'go'; readonly command: GoCommand };

export interface Position {
  readonly epoch: number;
  /** Batches of that epoch that are done. */
  readonly batch: number;
  readonly totals: readonly number[];
}

export interface Paused {
  readonly type: 'paused';
  /** Why the run has ended; undefined when it can go on. */
  readonly ended: 'done' | 'nan' | 'earlyStopping' | 'stopped' | undefined;
  readonly position: Position;
  /** Steps of the optimizer. */
  readonly stepsDone: number;
  readonly milliseconds: number;
  /** Loss and metrics of the last step. */
  readonly last: readonly number[];
  /** Whether an epoch ended with the last step. */
  readonly epochEnded: boolean;
  /** Whether that epoch was the best so far. */
  readonly improved: boolean;
  readonly monitorState: MonitorState;
}

export type FromTrainer =
  | { readonly type: 'ready' }
  | { readonly type: 'steps' | 'epochs'; readonly rows: Float64Array }
  | { readonly type: 'failed'; readonly message: string }
  | Paused;
