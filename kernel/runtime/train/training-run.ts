export type StoppedBy = 'done' | 'interrupt' | 'earlyStopping' | 'abort' | 'nan';
export type Engine = 'tfjs' | 'fused';

export interface TrainingRunFields {
  readonly history: Record<string, number[]>;
  readonly steps: number[];
  readonly engine: Engine;
  readonly engineReason: string;
  readonly bestEpoch: number | undefined;
  readonly stoppedBy: StoppedBy;
  readonly msPerStep: number;
}

/** What `train` did. As the last expression of a cell it is one line of text. */
export class TrainingRun {
  /**
   * One number an epoch that was completed: `loss`, the compiled metrics, and `val_…` of each with validation data. As in tfjs's
   * `fit` and `evaluate`, penalties of regularizers are in `loss` and not in `val_loss`.
   */
  readonly history: Record<string, number[]>;
  /** The loss of every step, before its update; also those of an epoch that was cut short. */
  readonly steps: number[];
  readonly engine: Engine;
  /** Why that engine. */
  readonly engineReason: string;
  /** Index into the lists of `history` of the epoch with the best monitored value; undefined when no epoch was completed. */
  readonly bestEpoch: number | undefined;
  readonly stoppedBy: StoppedBy;
  /** Mean time of a step in milliseconds, without validation, callbacks and drawing; 0 without a step. */
  readonly msPerStep: number;

  constructor(fields: TrainingRunFields) {
    this.history = fields.history;
    this.steps = fields.steps;
    this.engine = fields.engine;
    this.engineReason = fields.engineReason;
    this.bestEpoch = fields.bestEpoch;
    this.stoppedBy = fields.stoppedBy;
    this.msPerStep = fields.msPerStep;
  }

  /** Number of epochs that were completed. */
  get epochsRun(): number {
    return this.history['loss']?.length ?? 0;
  }

  /** `TrainingRun: 200 epochs, loss 0.53 → 0.0012, 1.2 ms/step, engine tfjs` */
  toString(): string {
    const losses = this.epochsRun > 0 ? (this.history['loss'] ?? []) : this.steps;
    const [first, last] = [losses[0], losses.at(-1)];
    return [
      `TrainingRun: ${this.epochsRun} epoch${this.epochsRun === 1 ? '' : 's'}`,
      ...(first !== undefined && last !== undefined ? [`loss ${short(first)} → ${short(last)}`] : []),
      `${short(this.msPerStep)} ms/step`,
      `engine ${this.engine}`,
      ...(this.stoppedBy === 'done' ? [] : [ENDINGS[this.stoppedBy]]),
    ].join(', ');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

const ENDINGS: Readonly<Record<Exclude<StoppedBy, 'done'>, string>> = {
  interrupt: 'stopped by an interrupt',
  earlyStopping: 'stopped early',
  abort: 'aborted',
  nan: 'stopped because the loss was not a finite number',
};

/** Two significant digits; an exponent only where a reader needs one. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(2));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}
