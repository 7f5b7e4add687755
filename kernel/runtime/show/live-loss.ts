/**
 * The loss curve of a training that is under way: one display. Its renderers are told of new points ten times a second, over comms
 * that they open; where there is none (Jupyter, `patchbay run`) the display is replaced, less often. The last state, with its
 * picture, is written once.
 */
import { lossSentence } from '../../model/views/loss-sentence.js';
import { lossView, type LossView, type RunRecord } from '../../model/views/loss-view.js';
import { averageEpoch } from '../../model/views/loss/progress.js';
import { RunTracker, type RunSummary } from '../../model/views/loss/run-summary.js';
import { currentHost } from '../display/host.js';
import { newDisplayId, publish } from '../display/publish.js';
import { Throttle } from '../display/throttle.js';
import { CurveListeners } from './curve-listeners.js';
import { rememberRun, type RunMemory } from './run-memory.js';
import { viewBundle } from './view-bundle.js';
import { layersToKeep, WeightHistory } from './weight-history.js';

export interface LiveLossOptions {
  readonly totalEpochs: number;
  readonly stepsPerEpoch: number;
  readonly name?: string;
  /** Epochs that early stopping waits. */
  readonly patience?: number;
  /** Of the model: the weights of masked ones are kept over the epochs. */
  readonly layers?: readonly object[];
  /** The run's own, to know it again in `show.loss`. */
  readonly history?: object;
}

export interface LossSnapshot {
  /** Per epoch: `loss`, `val_loss`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Loss per step. */
  readonly steps: readonly number[];
}

export interface LiveLoss {
  /** Cheap when no update is due: call it after every step. */
  update(snapshot: LossSnapshot): void;
  /** After every epoch, before the next step: `history` has its losses, the model its weights. */
  epoch(snapshot: LossSnapshot): void;
  /** The next epoch whose weights are kept, counted from 1; Infinity when none is. An engine that keeps weights to itself hands them over then. */
  readonly nextKept: number;
  /** The reader pressed Stop: end after this step, as for `signal`. Any engine looks at it where it looks for an interrupt. */
  readonly stopRequested: boolean;
  /** The last state, with its picture. `stoppedBy` as in TrainingRun. */
  end(snapshot: LossSnapshot & { readonly stoppedBy: string }): void;
}

/** Replacing a whole output is dear for everybody who shows it: so often at most, and a small part of the time. */
const REPLACE_MS = 500;
const FIRST_REPLACE_MS = 1000;
const REPLACE_SHARE = 0.02;

/** In a plain script only the end is told, in one sentence. */
export function startLiveLoss(options: LiveLossOptions): LiveLoss {
  return new LiveCurve(options);
}

class LiveCurve implements LiveLoss {
  readonly #displayId = newDisplayId();
  readonly #options: LiveLossOptions;
  readonly #memory: RunMemory;
  readonly #tracker = new RunTracker();
  readonly #listeners: CurveListeners;
  readonly #throttle = new Throttle();
  readonly #started = performance.now();
  #epochStarted = this.#started;
  #perEpoch: number | undefined;
  #nextReplace: number | undefined;
  stopRequested = false;

  constructor(options: LiveLossOptions) {
    this.#options = options;
    const { layers = [], totalEpochs, stepsPerEpoch, patience } = options;
    // Nobody could look at the weights of a plain script's run.
    const kept = currentHost() ? layersToKeep(layers) : [];
    this.#memory = rememberRun(options.history ?? {}, {
      totalEpochs,
      stepsPerEpoch,
      ...(patience !== undefined && { patience }),
      ...(kept.length > 0 && { weights: new WeightHistory(kept, totalEpochs) }),
    });
    this.#listeners = new CurveListeners(this.#displayId, this.#memory.weights, () => (this.stopRequested = true));
  }

  get nextKept(): number {
    return this.#memory.weights?.next ?? Infinity;
  }

  update(snapshot: LossSnapshot): void {
    if (!currentHost() || !this.#throttle.due()) return;
    const record = this.#record(snapshot, { running: true });
    this.#listeners.tell(record, this.#tracker.see(record));
    const now = performance.now();
    if (this.#nextReplace === undefined) {
      this.#show(record, true);
      this.#nextReplace = now + FIRST_REPLACE_MS;
    } else if (this.#listeners.count === 0 && now >= this.#nextReplace) {
      this.#show(record, false);
      const took = performance.now() - now;
      this.#nextReplace = now + Math.max(REPLACE_MS, took / REPLACE_SHARE);
    }
  }

  epoch(snapshot: LossSnapshot): void {
    const now = performance.now();
    this.#perEpoch = averageEpoch(this.#perEpoch, (now - this.#epochStarted) / 1000);
    this.#epochStarted = now;
    const { epochs, best }: RunSummary = this.#tracker.see(this.#record(snapshot, { running: true }));
    if (this.#memory.weights?.epoch(epochs, best?.epoch === epochs)) this.#listeners.weightsOf(epochs);
    this.update(snapshot);
  }

  end({ stoppedBy, ...snapshot }: LossSnapshot & { readonly stoppedBy: string }): void {
    const record = this.#record(snapshot, { running: false, stoppedBy });
    this.#memory.weights?.end();
    if (currentHost()) {
      this.#listeners.end(record, this.#tracker.see(record));
      this.#show(record, true);
    } else console.log(lossSentence(lossView([record])));
  }

  #record({ history, steps }: LossSnapshot, state: { running: boolean; stoppedBy?: string }): RunRecord {
    const { name = 'training' } = this.#options;
    const { hue, totalEpochs, stepsPerEpoch, patience } = this.#memory;
    return {
      name,
      history,
      steps,
      hue,
      ...(totalEpochs !== undefined && { totalEpochs }),
      ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
      ...(patience !== undefined && { patience }),
      ...(state.running && { timing: { elapsed: (performance.now() - this.#started) / 1000, ...(this.#perEpoch !== undefined && { perEpoch: this.#perEpoch }) } }),
      ...state,
    };
  }

  /** The PNG is made for the first and the last state; between them it would cost more than the drawing. */
  #show(record: RunRecord, picture: boolean): void {
    const weights = record.running ? undefined : this.#memory.weights?.pick();
    const view: LossView = lossView([record], { live: this.#displayId, ...(weights && { weights }) });
    publish(viewBundle(view), { displayId: this.#displayId, update: this.#nextReplace !== undefined, picture });
  }
}
