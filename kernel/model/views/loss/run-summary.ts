/** What is said of a training beside its curves, kept up as its losses come. */
import type { Timing } from './progress.js';

export interface Best {
  readonly epoch: number;
  readonly value: number;
  /** Of the validation loss where there is one, else of the training loss. */
  readonly of: 'validation' | 'training';
}

export interface RunSummary {
  readonly name: string;
  /** The run's colour, wherever it is drawn: a number from 0, the same for the same run. */
  readonly hue?: number;
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
  /** Early stopping waits so many epochs for a better one. */
  readonly patience?: number;
  readonly timing?: Timing;
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
  readonly hue?: number;
  readonly patience?: number;
  readonly timing?: Timing;
}

/** Looks at each loss once, however often it is asked: a state of a long training costs what is new in it. */
export class RunTracker {
  #loss = 0;
  #validation = 0;
  #steps = 0;
  #bestLoss: Best | undefined;
  #bestValidation: Best | undefined;
  #notFiniteAt: number | undefined;

  /** @param record the same run as before, with as many losses or more */
  see(record: RunRecord): RunSummary {
    const loss = record.history['loss'] ?? [];
    const validation = record.history['val_loss'] ?? [];
    const steps = record.steps ?? [];
    const perEpoch = stepsPerEpoch(record);
    for (; this.#loss < loss.length; this.#loss++) this.#bestLoss = this.#better(this.#bestLoss, loss, this.#loss, 'training');
    for (; this.#validation < validation.length; this.#validation++) this.#bestValidation = this.#better(this.#bestValidation, validation, this.#validation, 'validation');
    for (; this.#steps < steps.length; this.#steps++) if (!Number.isFinite(steps[this.#steps])) this.#odd((this.#steps + 1) / perEpoch);
    const first = loss[0] ?? steps[0];
    const last = loss.at(-1) ?? steps.at(-1);
    const best = validation.length > 0 ? this.#bestValidation : this.#bestLoss;
    const { name, totalEpochs, running = false, stoppedBy, hue, patience, timing } = record;
    return {
      name,
      ...(hue !== undefined && { hue }),
      epochs: loss.length,
      ...(totalEpochs !== undefined && { totalEpochs }),
      running,
      ...(stoppedBy !== undefined && stoppedBy !== 'done' && { stoppedBy }),
      // Plus zero: JSON has no other.
      ...(isFinite(first) && { first: first + 0 }),
      ...(isFinite(last) && { last: last + 0 }),
      ...(best && { best }),
      ...(this.#notFiniteAt !== undefined && { notFiniteAt: this.#notFiniteAt }),
      ...(patience !== undefined && { patience }),
      ...(timing && { timing }),
    };
  }

  #better(best: Best | undefined, values: readonly number[], at: number, of: Best['of']): Best | undefined {
    const value = values[at] ?? NaN;
    if (!Number.isFinite(value)) this.#odd(at + 1);
    return Number.isFinite(value) && (!best || value < best.value) ? { epoch: at + 1, value: value + 0, of } : best;
  }

  #odd(epoch: number): void {
    this.#notFiniteAt = Math.min(this.#notFiniteAt ?? Infinity, epoch);
  }
}

const isFinite = (value: number | undefined): value is number => Number.isFinite(value);

/** How many steps an epoch has: as it is said, else as the run shows. */
export function stepsPerEpoch({ history, steps = [], stepsPerEpoch: said }: RunRecord): number {
  const epochs = history['loss']?.length ?? 0;
  return Math.max(1, said ?? (epochs > 0 ? steps.length / epochs : steps.length));
}
