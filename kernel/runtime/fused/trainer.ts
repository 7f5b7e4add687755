/** The loop of steps, in the trainer's thread: no allocation and no message from one step to the next. */
import { observe, type MonitorState } from '../train/monitor.js';
import { dropoutSeed, orderOf } from '../train/seeds.js';
import { CONTROL, type FromTrainer, type GoCommand, type Paused, type RunData, type SessionData } from './messages.js';
import { LogWriter } from './shared-log.js';
import { StepFormula } from './step-numbers.js';
import type { StepProgram, TrainingProgram } from './step-program.js';

export interface Kernels {
  run(jobs: number, count: number, pool: number): void;
}

interface Seen {
  readonly improved: boolean;
  readonly stop: boolean;
}
type Ended = Exclude<Paused['ended'], undefined>;

export class Trainer {
  readonly #kernels: Kernels;
  readonly #session: SessionData;
  readonly #run: RunData;
  readonly #words: Int32Array;
  readonly #floats: Float32Array;
  readonly #order: Int32Array;
  readonly #steps: LogWriter;
  readonly #epochs: LogWriter;
  readonly #formula: StepFormula;
  readonly #batches: number;
  #epoch: number;
  #batch = 0;
  #done: number;
  #firstStep = true;
  #validationMs = 0;
  #monitor: MonitorState;
  /** Loss and metrics: of the last step, and sums over the epoch so far, weighted by rows. */
  readonly #last: Float64Array;
  readonly #totals: Float64Array;
  readonly #row: Float64Array;

  constructor(kernels: Kernels, buffer: SharedArrayBuffer, session: SessionData, run: RunData, send: (message: FromTrainer) => void) {
    this.#kernels = kernels;
    this.#session = session;
    this.#run = run;
    this.#words = new Int32Array(buffer);
    this.#floats = new Float32Array(buffer);
    this.#order = new Int32Array(buffer, session.order, session.rows);
    this.#steps = new LogWriter(buffer, session.steps, (rows) => send({ type: 'steps', rows }));
    this.#epochs = new LogWriter(buffer, session.epochs, (rows) => send({ type: 'epochs', rows }));
    this.#formula = new StepFormula(session.formula);
    this.#batches = Math.ceil(session.rows / session.training.batch);
    this.#done = run.stepsDone;
    this.#monitor = run.monitorState;
    const values = 1 + session.training.metrics.length;
    this.#last = new Float64Array(values);
    this.#totals = new Float64Array(values);
    this.#row = new Float64Array(session.epochs.width);
    this.#epoch = run.entry?.epoch ?? run.initialEpoch;
    this.#batch = run.entry?.batch ?? 0;
    run.entry?.totals.forEach((total, k) => (this.#totals[k] = total));
    if (this.#batch > 0) this.#arrange();
  }

  go({ steps, epochs, rates, defer }: GoCommand): Paused {
    const started = performance.now();
    this.#validationMs = 0;
    let ended: Ended | undefined;
    let seen: Seen | undefined;
    let left = epochs;
    const end = (): void => {
      seen = this.#endEpoch();
      left--;
      if (!ended && seen.stop && this.#run.stopsEarly) ended = 'earlyStopping';
    };
    if (this.#batch === this.#batches) end();
    for (let n = 0; n < steps && left > 0 && !ended && this.#epoch < this.#run.epochs; n++) {
      seen = undefined;
      if (this.#batch === 0) this.#begin();
      this.#step(typeof rates === 'number' ? rates : (rates[n] ?? NaN));
      if (!Number.isFinite(this.#last[0])) ended = 'nan';
      else if (Atomics.load(this.#words, this.#session.control / 4 + CONTROL.stop) !== 0) ended = 'stopped';
      if (this.#batch === this.#batches && ended !== 'nan' && !(defer && n === steps - 1)) end();
    }
    if (!ended && this.#epoch >= this.#run.epochs) ended = 'done';
    this.#steps.flush();
    this.#epochs.flush();
    return {
      type: 'paused', ended, epochEnded: seen !== undefined, improved: seen?.improved ?? false, stepsDone: this.#done,
      milliseconds: performance.now() - started - this.#validationMs,
      position: { epoch: this.#epoch, batch: this.#batch, totals: [...this.#totals] }, last: [...this.#last], monitorState: this.#monitor,
    };
  }

  #begin(): void {
    this.#totals.fill(0);
    this.#arrange();
  }

  #arrange(): void {
    orderOf(this.#order, this.#run.shuffle ? this.#run.seed : undefined, this.#epoch);
  }

  #step(rate: number): void {
    const { training, trainingRest, order, pool } = this.#session;
    const rows = Math.min(training.batch, this.#session.rows - this.#batch * training.batch);
    const program = rows < training.batch && trainingRest ? trainingRest : training;
    const address = order + 4 * this.#batch * training.batch;
    for (const place of program.rows) this.#words[place] = address;
    this.#prepare(program, rate);
    this.#kernels.run(program.at, program.count, pool);
    this.#read(program);
    const last = this.#last;
    for (const { at, count } of program.penalties) last[0] = (last[0] ?? NaN) + this.#sum(at, count);
    this.#steps.add(last[0] ?? NaN);
    for (let k = 0; k < last.length; k++) this.#totals[k] = (this.#totals[k] ?? 0) + (last[k] ?? NaN) * rows;
    this.#batch++;
    this.#done++;
    this.#firstStep = false;
  }

  /** The arguments of this step. */
  #prepare({ rate: at, decay, averages, seeds }: TrainingProgram, rate: number): void {
    const t = this.#done + 1;
    if (at !== undefined) {
      const numbers = this.#formula.at(t, rate);
      this.#floats[at] = numbers.rate;
      // The places of a to f follow that of the rate.
      if (!Number.isNaN(numbers.c)) this.#floats[at + 3] = numbers.c;
      if (!Number.isNaN(numbers.d)) {
        this.#floats[at + 4] = numbers.d;
        this.#floats[at + 5] = numbers.e;
        this.#floats[at + 6] = numbers.f;
      }
    }
    const { weightDecay, averageEvery } = this.#session;
    if (decay !== undefined) this.#floats[decay] = rate * weightDecay;
    for (const { flag, isNew } of averages) {
      this.#words[flag] = this.#firstStep && isNew ? 1 : 0;
      this.#words[flag + 1] = averageEvery !== undefined && t % averageEvery === 0 ? 1 : 0;
    }
    for (const { word, layer } of seeds) this.#words[word] = dropoutSeed(this.#run.seed, t, layer);
  }

  /** Loss and metrics of a batch, as means over its rows. */
  #read(program: StepProgram): void {
    this.#last[0] = this.#sum(program.loss.at, program.loss.count) / program.batch;
    program.metrics.forEach(({ at, count }, k) => (this.#last[k + 1] = this.#sum(at, count) / program.batch));
  }

  #sum(at: number, count: number): number {
    let sum = 0;
    for (let k = at / 4; k < at / 4 + count; k++) sum += this.#floats[k] ?? NaN;
    return sum;
  }

  /** Means over the epoch, the validation, and what the monitor says. */
  #endEpoch(): Seen {
    const values = this.#totals.length;
    for (let k = 0; k < values; k++) this.#row[k] = (this.#totals[k] ?? NaN) / this.#session.rows;
    const before = performance.now();
    this.#validate();
    this.#validationMs += performance.now() - before;
    this.#epochs.addRow(this.#row);
    this.#batch = 0;
    const { monitor, names, initialEpoch } = this.#run;
    const seen = observe(monitor, this.#monitor, this.#epoch - initialEpoch, this.#row[names.indexOf(monitor.name)] ?? NaN);
    this.#epoch++;
    this.#monitor = { best: seen.best, bestEpoch: seen.bestEpoch, waited: seen.waited };
    const { best, weights, length } = this.#session;
    if (seen.improved && monitor.restoreBest && best) this.#floats.copyWithin(best / 4, weights / 4, weights / 4 + length);
    return seen;
  }

  #validate(): void {
    const { validation, pool } = this.#session;
    if (!validation) return;
    const { whole, rest, rows, order } = validation;
    const values = this.#totals.length;
    this.#row.fill(0, values);
    const kept = this.#last.slice();
    for (let from = 0; from < rows; ) {
      const program = whole && rows - from >= whole.batch ? whole : rest;
      if (!program) throw new Error('validation has no program for its last rows');
      for (const place of program.rows) this.#words[place] = order + 4 * from;
      this.#kernels.run(program.at, program.count, pool);
      this.#read(program);
      for (let k = 0; k < values; k++) this.#row[values + k] = (this.#row[values + k] ?? 0) + ((this.#last[k] ?? NaN) * program.batch) / rows;
      from += program.batch;
    }
    this.#last.set(kept);
  }
}
