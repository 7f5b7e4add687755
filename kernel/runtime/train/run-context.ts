/** What `train` and its two engines say to each other. */
import type { LayersModel, Sequential } from '@tensorflow/tfjs';
import type { Session } from '../rewire/rewiring.js';
import type { Callbacks } from './callbacks.js';
import type { Monitor } from './monitor.js';
import type { Settings, TrainOptions } from './options.js';
import type { RunRecord } from './record.js';
import type { Trainable, TrainingData } from './tfjs-engine.js';
import type { StoppedBy } from './training-run.js';

/** What carries out a run, whichever engine does. */
export interface RunLoop {
  /** @returns who ended it; undefined when all epochs are done */
  go(): Promise<StoppedBy | undefined>;
  readonly bestEpoch: number | undefined;
  /** After force: nothing of the run goes on, not even what is awaited. */
  abandon(): void;
  dispose(): void;
}

/** What both engines are given. */
export interface RunContext {
  readonly given: LayersModel | Sequential;
  readonly model: Trainable;
  readonly data: TrainingData;
  readonly settings: Settings;
  readonly options: TrainOptions;
  readonly record: RunRecord;
  readonly callbacks: Callbacks;
  readonly monitor: Monitor;
  readonly rewiring: Session | undefined;
  readonly saveModel: (() => Promise<unknown>) | undefined;
  /** Who wants the run to end now. */
  readonly asked: () => StoppedBy | undefined;
}
