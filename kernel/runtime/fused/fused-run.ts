/** One network in a trainer's thread, for one run or the part of it between two changes of masks. */
import { MaskedDense } from '../layers/masked-dense.js';
import type { MissingGradient } from '../layers/missing-gradient.js';
import { sparseEngine } from '../simd/engine.js';
import type { RunRecord } from '../train/record.js';
import { CONTROL, type GoCommand, type Paused, type RunData, type SessionData } from './messages.js';
import type { PlacedData } from './placed-data.js';
import type { FusedPlan } from './plan.js';
import type { Session } from './session.js';
import { logBytes, LogReader, type LogPlace } from './shared-log.js';
import type { TrainingProgram } from './step-program.js';
import type { TrainerSeat } from './trainers.js';

export interface RunShape {
  /** Rows to train on; those behind them are for validation when `heldBack` says how many. */
  readonly rows: number;
  readonly heldBack: number;
  readonly validationRows: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly shuffle: boolean;
  readonly threads: number;
}

/** Between two looks at who wants the run to end, and at the curve. */
const LOOK_MS = 20;
const CHUNK_STEPS = 2 ** 14;
const CHUNK_EPOCHS = 2 ** 10;
/** How long an abandoned run is waited for: a step of a large network. */
const ABANDONED_MS = 5_000;

interface Measured {
  readonly gradient: MissingGradient;
  readonly out: number;
}

export class FusedRun {
  readonly session: Session;
  readonly plan: FusedPlan;
  readonly #seat: TrainerSeat;
  readonly #shape: RunShape;
  readonly #data: { readonly training: PlacedData; readonly validation: PlacedData };
  readonly #run: RunData;
  readonly #keepsBest: boolean;
  readonly #record: RunRecord;
  readonly #held: number[] = [];
  readonly #words: Int32Array;
  readonly #control: number;
  readonly #best: number;
  #logs: { readonly steps: LogReader; readonly epochs: LogReader };
  readonly #sessionData: SessionData;
  #measured: Measured[] = [];

  constructor(seat: TrainerSeat, plan: FusedPlan, shape: RunShape, data: { training: PlacedData; validation: PlacedData }, run: RunData, keepsBest: boolean, record: RunRecord) {
    this.#seat = seat;
    this.#shape = shape;
    this.#data = data;
    this.#run = run;
    this.#keepsBest = keepsBest;
    this.#record = record;
    this.plan = plan;
    const { rows, validationRows } = shape;
    const batch = Math.min(shape.batchSize, rows);
    const rest = rows % batch;
    const whole = Math.min(shape.batchSize, validationRows);
    const validationRest = whole === 0 ? 0 : validationRows % whole;
    this.session = seat.session(plan, { batch, rest, validation: validationRows > 0 ? { whole, rest: validationRest } : undefined, weighted: data.training.weights !== 0 });
    const { state } = plan.optimizer;
    state.prepare();
    this.session.parameters.load(state);
    const room = (bytes: number): number => {
      const at = sparseEngine().memory.allocate(Math.max(64, bytes));
      this.#held.push(at);
      return at;
    };
    const { memory } = sparseEngine();
    this.#control = room(CONTROL.words * 4);
    const steps: LogPlace = { at: room(logBytes(1, CHUNK_STEPS)), width: 1, rows: CHUNK_STEPS };
    const epochs: LogPlace = { at: room(logBytes(run.names.length, CHUNK_EPOCHS)), width: run.names.length, rows: CHUNK_EPOCHS };
    this.#best = keepsBest ? room(this.session.parameters.length * 4) : 0;
    const order = room(rows * 4);
    const validationOrder = room(validationRows * 4);
    memory.words(validationOrder, validationRows).forEach((_, k, all) => (all[k] = k + (shape.heldBack > 0 ? rows : 0)));
    this.#words = memory.words(this.#control, CONTROL.words);
    this.#words.fill(0);
    this.#logs = readersOf(steps, epochs);
    const { common, formula } = plan.optimizer;
    const { weights, length } = this.session.parameters;
    const program = (size: number): TrainingProgram => this.session.trainingProgram(size, data.training, state);
    this.#sessionData = {
      control: this.#control, pool: seat.thread.poolAt(shape.threads), training: program(batch), trainingRest: rest > 0 ? program(rest) : undefined,
      validation: validationRows > 0
        ? { whole: this.session.validationProgram(whole, data.validation), rest: validationRest > 0 ? this.session.validationProgram(validationRest, data.validation) : undefined, rows: validationRows, order: validationOrder }
        : undefined,
      rows, order, formula, weightDecay: common.weightDecay ?? 0, averageEvery: common.useEma ? (common.emaOverwriteFrequency ?? undefined) : undefined,
      weights, length, best: this.#best, steps, epochs,
    };
    this.#begin(this.#sessionData, run);
  }

  /** Goes on until so many steps or epochs are done, the run has ended, or somebody wants it to. */
  async go(command: GoCommand, asked: () => unknown, signal: AbortSignal | undefined): Promise<Paused> {
    const stop = (): void => void Atomics.store(this.#words, CONTROL.stop, 1);
    Atomics.store(this.#words, CONTROL.stop, 0);
    Atomics.store(this.#words, CONTROL.running, 1);
    if (asked()) stop();
    // Whatever looks like a signal is polled, too.
    signal?.addEventListener?.('abort', stop);
    const reply = this.#seat.thread.go(command);
    const timer = setInterval(() => {
      if (asked()) stop();
      for (const kind of ['steps', 'epochs'] as const) this.#record.add(kind, this.#logs[kind].take());
      this.#record.update();
    }, LOOK_MS);
    try {
      return await reply;
    } finally {
      clearInterval(timer);
      signal?.removeEventListener?.('abort', stop);
    }
  }

  /** Makes the steps that come measure the gradients that `observe` asks the layers for. @param run where it goes on */
  measure(observe: () => void, run: Pick<RunData, 'entry' | 'stepsDone' | 'monitorState'>): void {
    observe();
    const { memory } = sparseEngine();
    const probes = this.session.placed.net.nodes.flatMap((node, n) => {
      const layer = this.plan.net.nodes[n];
      if (node.kind !== 'dense' || layer?.kind !== 'dense' || !(layer.layer instanceof MaskedDense)) return [];
      const { probe } = layer.layer;
      if (!probe) return [];
      const out = memory.allocate(Math.max(4, probe.missing.nnz * 4));
      this.#held.push(out);
      this.#measured.push({ gradient: probe, out });
      return [{ node, missing: probe.missing, out }];
    });
    const program = (size: number): TrainingProgram => this.session.trainingProgram(size, this.#data.training, this.plan.optimizer.state, probes);
    const { training, trainingRest } = this.#sessionData;
    this.#begin({ ...this.#sessionData, training: program(training.batch), trainingRest: trainingRest && program(trainingRest.batch) }, { ...this.#run, ...run });
  }

  /** Hands what was measured to the layers' probes. */
  takeMeasures(): void {
    const { memory } = sparseEngine();
    for (const { gradient, out } of this.#measured.splice(0)) gradient.gradient.set(memory.floats(out, gradient.gradient.length));
  }

  masksChanged(): boolean {
    return this.plan.net.nodes.some((node) => node.kind === 'dense' && node.layer instanceof MaskedDense && (node.layer.mask !== node.mask || (node.bias !== undefined && (node.layer.biasMask ?? undefined) !== node.biasMask)));
  }

  restoreBest(): void {
    if (!this.#keepsBest) return;
    const { memory } = sparseEngine();
    const { weights, length } = this.session.parameters;
    memory.floats(weights, length).set(memory.floats(this.#best, length));
    this.session.parameters.storeWeights();
  }

  /** Stops the thread and waits for it, without giving others their turn. @returns whether it has stopped */
  stopNow(): boolean {
    Atomics.store(this.#words, CONTROL.stop, 1);
    return Atomics.wait(this.#words, CONTROL.running, 1, ABANDONED_MS) !== 'timed-out';
  }

  release(): void {
    this.session.releasePrograms();
    for (const at of this.#held.splice(0)) sparseEngine().memory.release(at);
  }

  #begin(session: SessionData, run: RunData): void {
    this.#logs = readersOf(session.steps, session.epochs);
    this.#seat.thread.begin(session, run, (kind, rows) => {
      this.#record.add(kind, this.#logs[kind].rest(rows));
    });
  }
}

function readersOf(steps: LogPlace, epochs: LogPlace): { steps: LogReader; epochs: LogReader } {
  const { buffer } = sparseEngine().memory.memory;
  return { steps: new LogReader(buffer, steps), epochs: new LogReader(buffer, epochs) };
}
