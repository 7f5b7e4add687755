/** What a run has to tell: history, steps, time; and its live curve. */
import { currentHost } from '../display/host.js';
import { startLiveLoss, type LiveLoss, type LiveLossOptions } from '../show/live-loss.js';
import type { StoppedBy } from './training-run.js';

export class RunRecord {
  readonly history: Record<string, number[]>;
  readonly steps: number[] = [];
  readonly names: readonly string[];
  stepMs = 0;
  #curve: LiveLoss | undefined;

  /** @param names of `history`: loss, metrics, and `val_…` of each where there is validation */
  constructor(names: readonly string[]) {
    this.names = names;
    this.history = Object.fromEntries(names.map((name) => [name, []]));
  }

  /** Draws the loss from now on, unless `show` is false; default: in a notebook. */
  startCurve(show: boolean | undefined, options: LiveLossOptions): void {
    if (show ?? currentHost() !== undefined) this.#curve = startLiveLoss(options);
  }

  get epochsRun(): number {
    return this.history['loss']?.length ?? 0;
  }

  /** Rows of losses of steps, or of figures of epochs in the order of `names`. */
  add(kind: 'steps' | 'epochs', rows: Float64Array): void {
    const { names } = this;
    if (kind === 'steps') for (const loss of rows) this.steps.push(loss);
    else for (let k = 0; k < rows.length; k++) this.history[names[k % names.length] ?? '']?.push(rows[k] ?? NaN);
  }

  /** After an epoch, before the next step, with the weights of then in the model. */
  endEpoch(): void {
    this.#curve?.epoch({ history: this.history, steps: this.steps });
  }

  /** The reader pressed Stop below the curve. */
  get stopRequested(): boolean {
    return this.#curve?.stopRequested === true;
  }

  /** Epochs until the curve wants the weights of one. */
  get epochsToLook(): number {
    return Math.max(1, (this.#curve?.nextKept ?? Infinity) - this.epochsRun);
  }

  /** The curve as it is now. Cheap when no update is due. */
  update(): void {
    this.#curve?.update({ history: this.history, steps: this.steps });
  }

  /** The curve's last state, with its picture; nothing when it has ended before. */
  endCurve(stoppedBy: StoppedBy | 'error'): void {
    const curve = this.#curve;
    this.#curve = undefined;
    curve?.end({ history: this.history, steps: this.steps, stoppedBy });
  }

  /** Values of a step by name: the loss and the metrics. */
  logsOf(values: readonly number[]): Record<string, number> {
    return Object.fromEntries(values.map((value, k) => [this.names[k] ?? '', value]));
  }

  /** The last epoch's figures by name. */
  lastEpoch(): Record<string, number> {
    return Object.fromEntries(this.names.map((name) => [name, this.history[name]?.at(-1) ?? NaN]));
  }
}
