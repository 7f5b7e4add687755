import type { ClassWeight, ClassWeightMap, CustomCallbackArgs, Tensor } from '@tensorflow/tfjs';
import { ArgumentError, checkOptions, flag, wholeNumber } from '../argument-error.js';
import { modelPlace } from '../models/model-path.js';
import { Rewiring } from '../rewire/rewiring.js';
import { MAX_WORKERS } from '../simd/jobs.js';
import type { EarlyStopping } from './monitor.js';

/** One tensor, one an input (or output), or by name, as in tfjs `fit`. */
export type TensorData = Tensor | Tensor[] | Record<string, Tensor>;

/** A callback as tfjs `fit` takes it. */
export type TrainCallback = CustomCallbackArgs | { setModel(model: unknown): void };

/** The options of tfjs `fit`, and those that `fit` has not. */
export interface TrainOptions {
  /** Passes over the data; default 1. */
  epochs?: number;
  /** Rows a step; default 32. */
  batchSize?: number;
  /** [x, y] to measure after every epoch. */
  validationData?: [TensorData, TensorData];
  /** This fraction of the rows, the last ones, is held back for validation; taken before shuffling. */
  validationSplit?: number;
  /** A new order of the rows in every epoch; default true. */
  shuffle?: boolean;
  callbacks?: TrainCallback | TrainCallback[];
  classWeight?: ClassWeight | ClassWeight[] | ClassWeightMap;
  /** A weight for every row [rows], or one such tensor an output. */
  sampleWeight?: Tensor | Tensor[];
  /** First epoch's number, for a run that goes on; default 0. */
  initialEpoch?: number;
  /** Seed of shuffling, dropout and rewiring. Weights that are already built do not depend on it. */
  seed?: number;
  /**
   * `fused` trains on the sparse kernels, in a thread of its own: sequential nets of masked and stock dense layers, and throws,
   * naming what it cannot run. `tfjs` runs everything. `auto` (the default) takes fused where it can; `engineReason` says why.
   */
  engine?: 'auto' | 'tfjs' | 'fused';
  /** Threads of the fused engine; default 1. Results do not depend on it. The tfjs engine has one. */
  threads?: number;
  /** Draw the loss while training; default true inside a notebook. */
  show?: boolean;
  /** What the loss curve calls this run; default `training`. */
  name?: string;
  signal?: AbortSignal;
  earlyStopping?: EarlyStopping;
  /** Saves the model as `models.save` does, with its optimizer, so that `models.load(path)` trains on as this run would have. */
  checkpoint?: Checkpoint;
  /** Changes the masks of the model's masked layers while it learns: what `rewire.prune`, `rewire.set` or `rewire.rigl` gives. */
  rewire?: Rewiring;
  /** Taken for the sake of `fit`'s callers; `train` prints nothing. */
  verbose?: unknown;
  /** Taken for the sake of `fit`'s callers; `train` lets timers and messages through by itself. */
  yieldEvery?: unknown;
}

export interface Checkpoint {
  /** A folder, or a `.json` file: as for `models.save`. */
  readonly path: string;
  /** Epochs between saves; default 1. */
  readonly everyEpochs?: number;
}

export interface Settings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly validationSplit: number;
  readonly shuffle: boolean;
  readonly initialEpoch: number;
  readonly checkpoint: Required<Checkpoint> | undefined;
  readonly engine: 'auto' | 'tfjs' | 'fused';
  readonly threads: number;
}

const NAMES: Readonly<Record<keyof TrainOptions, true>> = {
  epochs: true, batchSize: true, validationData: true, validationSplit: true, shuffle: true, callbacks: true, classWeight: true,
  sampleWeight: true, initialEpoch: true, seed: true, engine: true, threads: true, show: true, name: true, signal: true, earlyStopping: true, checkpoint: true, rewire: true,
  verbose: true, yieldEvery: true,
};

/** @throws ArgumentError for a wrong value, an option that does not exist, and an engine that is not there */
export function readOptions(options: TrainOptions): Settings {
  checkOptions('train', options, Object.keys(NAMES));
  const { validationSplit = 0, shuffle = true, engine = 'auto' } = options;
  if (!(typeof validationSplit === 'number' && validationSplit >= 0 && validationSplit < 1)) {
    throw new ArgumentError('train: validationSplit', validationSplit, 'a number from 0 up to, but not, 1');
  }
  flag('train: shuffle', shuffle);
  if (options.show !== undefined) flag('train: show', options.show);
  if (options.signal !== undefined && typeof options.signal?.aborted !== 'boolean') throw new ArgumentError('train: signal', options.signal, 'an AbortSignal, such as new AbortController().signal');
  if (options.name !== undefined && typeof options.name !== 'string') throw new ArgumentError('train: name', options.name, 'a string');
  if (options.earlyStopping !== undefined) checkOptions('train: earlyStopping', options.earlyStopping, ['patience', 'monitor', 'restoreBest', 'minDelta', 'mode']);
  if (options.rewire !== undefined && !(options.rewire instanceof Rewiring)) throw new ArgumentError('train: rewire', options.rewire, 'what rewire.prune(…), rewire.set(…) or rewire.rigl(…) gives');
  const initialEpoch = wholeNumber('train: initialEpoch', options.initialEpoch ?? 0);
  return {
    epochs: wholeNumber('train: epochs', options.epochs ?? 1),
    batchSize: wholeNumber('train: batchSize', options.batchSize ?? 32, 1),
    validationSplit,
    shuffle,
    initialEpoch,
    checkpoint: options.checkpoint && readCheckpoint(options.checkpoint),
    engine: readEngine(engine),
    threads: Math.min(wholeNumber('train: threads', options.threads ?? 1, 1), MAX_WORKERS + 1),
  };
}

function readCheckpoint(checkpoint: Checkpoint): Required<Checkpoint> {
  checkOptions('train: checkpoint', checkpoint, ['path', 'everyEpochs']);
  modelPlace('train: checkpoint.path', checkpoint.path);
  return { path: checkpoint.path, everyEpochs: wholeNumber('train: checkpoint.everyEpochs', checkpoint.everyEpochs ?? 1, 1) };
}

function readEngine(engine: unknown): Settings['engine'] {
  if (engine === 'tfjs' || engine === 'auto' || engine === 'fused') return engine;
  throw new ArgumentError('train: engine', engine, `'auto', 'tfjs' or 'fused'`);
}
