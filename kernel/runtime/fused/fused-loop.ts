/** A run of the fused trainer, seen from the main thread: what callbacks, rewiring, checkpoints and stops have to do with it. */
import type { LayersModel, Sequential, Tensor } from '@tensorflow/tfjs';
import { rememberWeights, type Remembered } from '../train/remembered.js';
import { leaveAverage } from '../optimizers/average-after-fit.js';
import type { Session as RewiringSession } from '../rewire/rewiring.js';
import type { Callbacks } from '../train/callbacks.js';
import { START, type Monitor, type MonitorState } from '../train/monitor.js';
import type { RunRecord } from '../train/record.js';
import type { StoppedBy } from '../train/training-run.js';
import type { Paused, Position } from './messages.js';
import type { FusedPlan } from './plan.js';
import { FusedRun, type RunShape } from './fused-run.js';
import type { TrainerSeat } from './trainers.js';

export interface FusedLoopOptions {
  readonly model: LayersModel | Sequential;
  /** What tfjs trains inside of it. */
  readonly inner: { readonly optimizer: unknown; stopTraining: boolean; readonly weights: LayersModel['weights']; readonly layers: LayersModel['layers'] };
  readonly seat: TrainerSeat;
  readonly plan: FusedPlan;
  /** Reads the model again, after its masks or weights have changed. @throws Error when it no longer fits */
  readonly replan: () => FusedPlan;
  readonly shape: RunShape;
  readonly tensors: { readonly x: Tensor; readonly y: Tensor; readonly weights: Tensor | undefined; readonly validation: readonly [Tensor, Tensor] | undefined };
  readonly seed: number;
  readonly callbacks: Callbacks;
  readonly record: RunRecord;
  readonly monitor: Monitor;
  readonly stopsEarly: boolean;
  readonly rewiring: RewiringSession | undefined;
  readonly checkpoint: { readonly every: number; readonly save: () => Promise<unknown> } | undefined;
  /** Who wants the run to end now. */
  readonly asked: () => StoppedBy | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Steps whose rates are computed ahead, when they follow a schedule. */
const SCHEDULED = 2 ** 16;

export class FusedLoop {
  readonly #of: FusedLoopOptions;
  readonly #byBatch: boolean;
  readonly #byEpoch: boolean;
  /** Best weights are kept by the main thread where masks change, since they belong to theirs. */
  readonly #remembers: boolean;
  #run: FusedRun | undefined;
  #best: Remembered | undefined;
  #position: Position;
  #stepsDone = 0;
  #monitorState: MonitorState = START;

  constructor(options: FusedLoopOptions) {
    this.#of = options;
    const { callbacks, checkpoint, rewiring, monitor } = options;
    this.#byBatch = callbacks.hears('onBatchBegin') || callbacks.hears('onBatchEnd');
    const looks = this.#byBatch || callbacks.hears('onEpochBegin') || callbacks.hears('onEpochEnd');
    this.#remembers = monitor.restoreBest && (rewiring !== undefined || looks);
    this.#byEpoch = looks || this.#remembers || checkpoint !== undefined;
    this.#position = { epoch: options.shape.initialEpoch, batch: 0, totals: [] };
  }

  /** Everything before the first step that takes time. @throws Error when memory does not suffice */
  async prepare(): Promise<void> {
    const { seat, tensors, plan } = this.#of;
    const { validation } = tensors;
    const [x = 0, y = 0, weights = 0, vx = 0, vy = 0] = await seat.data.place([tensors.x, tensors.y, tensors.weights, validation?.[0], validation?.[1]]);
    this.#addresses = { training: { x, y, weights }, validation: validation ? { x: vx, y: vy, weights: 0 } : { x, y, weights: 0 } };
    this.#stepsDone = plan.optimizer.state.steps;
    this.#run = this.#begin(plan);
  }

  #addresses: { readonly training: { x: number; y: number; weights: number }; readonly validation: { x: number; y: number; weights: number } } | undefined;

  /** @returns who ended it */
  async go(): Promise<StoppedBy | undefined> {
    const { callbacks, inner, asked, shape, record, monitor } = this.#of;
    await callbacks.call('onTrainBegin', {});
    inner.stopTraining = false;
    this.#follow();
    let stoppedBy = asked();
    while (!stoppedBy && this.#position.epoch < shape.epochs) stoppedBy = await this.#turn();
    this.#store();
    if (stoppedBy === undefined || stoppedBy === 'earlyStopping') leaveAverage(inner.optimizer);
    if (this.#best) this.#best.restore();
    else if (monitor.restoreBest && record.epochsRun > 0 && this.#monitorState.bestEpoch !== undefined) this.#run?.restoreBest();
    await callbacks.call('onTrainEnd', {});
    return stoppedBy;
  }

  get bestEpoch(): number | undefined {
    return this.#monitorState.bestEpoch;
  }

  /** From a run whose loop was cut off: waits for the thread, and gives the model its weights. */
  abandon(): void {
    if (this.#run?.stopNow()) this.#store();
  }

  dispose(): void {
    this.#of.rewiring?.end();
    this.#best?.dispose();
    this.#run?.release();
    this.#run = undefined;
  }

  /** From one pause to the next. */
  async #turn(): Promise<StoppedBy | undefined> {
    const { callbacks, rewiring, shape, asked } = this.#of;
    const { epoch, batch } = this.#position;
    if (batch === 0 && this.#byEpoch) {
      await callbacks.call('onEpochBegin', epoch, {});
      this.#follow();
    }
    const size = Math.min(shape.batchSize, shape.rows - batch * shape.batchSize);
    if (this.#byBatch) {
      await callbacks.call('onBatchBegin', batch, { batch, size });
      this.#follow();
    }
    const due = rewiring?.nextDue(this.#stepsDone + 1) ?? Infinity;
    const measured = due === this.#stepsDone + 1 && rewiring?.measures === true;
    if (measured) this.#measure(due);
    // The step before the one that measures is a pause, too.
    const ahead = due - this.#stepsDone - (rewiring?.measures && !measured ? 1 : 0);
    let paused = await this.#advance(Math.min(this.#byBatch ? 1 : Infinity, ahead), this.#stepsDone + ahead === due);
    let stoppedBy = await this.#afterStep(paused, batch, size, due);
    if (paused.position.batch === this.#batches && paused.ended !== 'nan') {
      // The epoch ends with the masks that it has now.
      paused = await this.#advance(0, false);
      stoppedBy = (await this.#afterStep(paused, undefined, size, Infinity)) ?? stoppedBy;
    }
    return stoppedBy ?? asked();
  }

  get #batches(): number {
    const { rows, batchSize } = this.#of.shape;
    return Math.ceil(rows / batchSize);
  }

  /** What follows a pause: rewiring, and the callbacks of a batch and of an epoch. @param batch undefined when no step was done */
  async #afterStep(paused: Paused, batch: number | undefined, size: number, due: number): Promise<StoppedBy | undefined> {
    const { callbacks, record, checkpoint, monitor, asked } = this.#of;
    if (this.#stepsDone === due) this.#rewire(due);
    record.update();
    if (this.#byBatch && batch !== undefined) {
      this.#store();
      await callbacks.call('onBatchEnd', batch, { batch, size, ...record.logsOf(paused.last) });
      this.#follow();
    }
    if (paused.epochEnded) {
      if (this.#byEpoch || record.epochsToLook < Infinity) this.#store();
      record.endEpoch();
    }
    if (paused.epochEnded && this.#byEpoch) {
      if (paused.improved && monitor.restoreBest && this.#remembers) this.#remember();
      const ended = paused.position.epoch - 1;
      if (checkpoint && (ended + 1) % checkpoint.every === 0) await checkpoint.save();
      await callbacks.call('onEpochEnd', ended, record.lastEpoch());
      this.#follow();
    }
    if (paused.ended === 'stopped') return asked() ?? 'abort';
    return paused.ended === 'done' ? undefined : paused.ended;
  }

  async #advance(steps: number, defer: boolean): Promise<Paused> {
    const { plan, run } = this.#now();
    const { shape, record, asked, signal } = this.#of;
    const left = Math.max(0, Math.min(steps, (shape.epochs - this.#position.epoch) * this.#batches - this.#position.batch));
    const { optimizer } = plan;
    const count = optimizer.constantRate ? left : Math.min(left, SCHEDULED);
    const rates = optimizer.constantRate ? optimizer.rateAt(this.#stepsDone) : Float64Array.from({ length: count }, (_, n) => optimizer.rateAt(this.#stepsDone + n));
    const paused = await run.go({ steps: count, epochs: this.#byEpoch ? 1 : record.epochsToLook, rates, defer }, asked, signal);
    this.#position = paused.position;
    this.#stepsDone = paused.stepsDone;
    this.#monitorState = paused.monitorState;
    record.stepMs += paused.milliseconds;
    return paused;
  }

  #measure(step: number): void {
    const { run } = this.#now();
    run.measure(() => this.#of.rewiring?.before(step), { entry: this.#position, stepsDone: this.#stepsDone, monitorState: this.#monitorState });
  }

  #rewire(step: number): void {
    this.#store();
    this.#now().run.takeMeasures();
    this.#of.rewiring?.after(step);
    this.#follow();
  }

  /** The model may have been written since: takes over its weights, and its masks. */
  #follow(): void {
    const { run, plan } = this.#now();
    if (run.masksChanged()) {
      const next = this.#of.replan();
      run.release();
      this.#run = this.#begin(next, this.#position);
    } else if (run.session.parameters.changedOutside) run.session.parameters.load(plan.optimizer.state);
  }

  #begin(plan: FusedPlan, position?: Position): FusedRun {
    const { seat, shape, seed, record, monitor, stopsEarly } = this.#of;
    if (!this.#addresses) throw new Error('the data are not in place');
    return new FusedRun(seat, plan, shape, this.#addresses, {
      epochs: shape.epochs, initialEpoch: shape.initialEpoch, seed, shuffle: shape.shuffle, stepsDone: this.#stepsDone, names: record.names, monitor,
      monitorState: this.#monitorState, stopsEarly, entry: position,
    }, !this.#remembers && monitor.restoreBest, record);
  }

  #store(): void {
    const { run, plan } = this.#now();
    run.session.parameters.store(plan.optimizer.state, this.#stepsDone);
  }

  #now(): { run: FusedRun; plan: FusedPlan } {
    if (!this.#run) throw new Error('the run has not begun');
    return { run: this.#run, plan: this.#run.plan };
  }

  #remember(): void {
    this.#best?.dispose();
    this.#best = rememberWeights(this.#of.inner);
  }
}

