import type { LayersModel, Sequential } from '@tensorflow/tfjs';
import { currentHost } from '../display/host.js';
import { save } from '../models/save.js';
import { leaveAverage } from '../optimizers/average-after-fit.js';
import { Random } from '../random/xoshiro.js';
import type { Session } from '../rewire/rewiring.js';
import { startLiveLoss, type LiveLoss } from '../show/live-loss.js';
import { tf } from '../tf/tfjs.js';
import { Callbacks } from './callbacks.js';
import { observe, readMonitor, START, type Monitor, type MonitorState } from './monitor.js';
import { rememberWeights, type Remembered } from './remembered.js';
import { readOptions, type Settings, type TensorData, type TrainOptions } from './options.js';
import { prepareTfjs, restoreRandom, trainable, type TfjsEngine } from './tfjs-engine.js';
import { TrainingRun, type StoppedBy } from './training-run.js';

/** Timers, messages and the kernel's other work get their turn at least this often. */
const YIELD_MS = 10;

/**
 * Trains a compiled model, as tfjs `fit` does, and prints nothing. It stops early, after the current step, when the cell is
 * interrupted or `signal` aborts, keeping the weights of that step; when the loss is not finite; or by `earlyStopping`.
 *
 * @param x [rows, …], or a list of such tensors, or one by name for each input
 * @param y [rows, …], likewise for the outputs
 * @throws Error when the model is not compiled, the data do not fit it, or an option is wrong
 */
export async function train(model: LayersModel | Sequential, x: TensorData, y: TensorData, options: TrainOptions = {}): Promise<TrainingRun> {
  const settings = readOptions(options);
  const random = options.seed === undefined ? undefined : new Random(options.seed);
  const trainedModel = trainable(model);
  // Before anything is awaited: a second call for the same model finds it.
  trainedModel.isTraining = true;
  let engine: TfjsEngine | undefined;
  let loop: Loop | undefined;
  const clean = (): void => {
    trainedModel.isTraining = false;
    loop?.dispose();
    engine?.dispose();
  };
  const leaveLoop = currentHost()?.enterLoop(() => {
    restoreRandom();
    loop?.endCurve('interrupt');
    clean();
  });
  try {
    engine = await prepareTfjs(trainedModel, x, y, options, settings);
    const names = [...engine.names, ...(engine.validate ? engine.names.map((name) => `val_${name}`) : [])];
    const rewiring = options.rewire?.start(model, options.seed);
    const { checkpoint } = settings;
    const saveModel = checkpoint && (() => save(model, checkpoint.path));
    loop = new Loop(rewiring, saveModel, engine, settings, options, random, names, readMonitor(options.earlyStopping, names));
    return await loop.go();
  } catch (error) {
    loop?.endCurve('error');
    throw error;
  } finally {
    leaveLoop?.();
    clean();
  }
}

class Loop {
  readonly #history: Record<string, number[]>;
  readonly #steps: number[] = [];
  readonly #callbacks: Callbacks;
  #curve: LiveLoss | undefined;
  #stepMs = 0;
  #state: MonitorState = START;
  #best: Remembered | undefined;
  #lastYield = performance.now();

  constructor(
    readonly rewiring: Session | undefined,
    readonly saveModel: (() => Promise<unknown>) | undefined,
    readonly engine: TfjsEngine,
    readonly settings: Settings,
    readonly options: TrainOptions,
    readonly random: Random | undefined,
    names: readonly string[],
    readonly monitor: Monitor,
  ) {
    this.#history = Object.fromEntries(names.map((name) => [name, []]));
    const { epochs, initialEpoch, batchSize } = settings;
    const params = { epochs, initialEpoch, batchSize, samples: engine.rows, steps: null, verbose: 0, doValidation: engine.validate !== undefined, metrics: names };
    this.#callbacks = new Callbacks(options.callbacks, engine.model, params);
    const totalEpochs = Math.max(0, epochs - initialEpoch);
    const show = options.show ?? currentHost() !== undefined;
    const patience = options.earlyStopping?.patience;
    this.#curve = show
      ? startLiveLoss({ totalEpochs, stepsPerEpoch: Math.ceil(engine.rows / batchSize), name: options.name ?? 'training', layers: engine.model.layers, history: this.#history, ...(patience !== undefined && { patience }) })
      : undefined;
  }

  /** The curve's last state, with its picture; nothing when it has ended before. */
  endCurve(stoppedBy: StoppedBy | 'error'): void {
    const curve = this.#curve;
    this.#curve = undefined;
    curve?.end({ history: this.#history, steps: this.#steps, stoppedBy });
  }

  async go(): Promise<TrainingRun> {
    await this.#callbacks.call('onTrainBegin', {});
    this.engine.model.stopTraining = false;
    let stoppedBy: StoppedBy | undefined = this.#asked();
    const order = Int32Array.from({ length: this.engine.rows }, (_, i) => i);
    for (let epoch = this.settings.initialEpoch; epoch < this.settings.epochs && !stoppedBy; epoch++) {
      await this.#callbacks.call('onEpochBegin', epoch, {});
      if (this.settings.shuffle) (this.random ?? new Random()).shuffle(order);
      const result = await this.#epoch(order);
      stoppedBy = result.stoppedBy;
      if (result.completed) stoppedBy = (await this.#endEpoch(epoch, result.means)) ?? stoppedBy;
    }
    // Before the best weights return and callbacks look, as in Keras; who stopped the run wants the weights of that step.
    if (stoppedBy === undefined || stoppedBy === 'earlyStopping') leaveAverage(this.engine.model.optimizer);
    if (this.monitor.restoreBest) this.#best?.restore();
    await this.#callbacks.call('onTrainEnd', {});
    this.endCurve(stoppedBy ?? 'done');
    return new TrainingRun({
      history: this.#history,
      steps: this.#steps,
      engine: 'tfjs',
      engineReason: this.settings.engineReason,
      bestEpoch: this.#state.bestEpoch,
      stoppedBy: stoppedBy ?? 'done',
      msPerStep: this.#steps.length === 0 ? 0 : this.#stepMs / this.#steps.length,
    });
  }

  /** All steps of an epoch, or those up to a stop; the means are weighted by rows. */
  async #epoch(order: Int32Array): Promise<{ completed: boolean; means: number[]; stoppedBy: StoppedBy | undefined }> {
    const { engine, settings } = this;
    const totals = engine.names.map(() => 0);
    const batches = Math.ceil(order.length / settings.batchSize);
    for (let batch = 0; batch < batches; batch++) {
      const rows = order.slice(batch * settings.batchSize, (batch + 1) * settings.batchSize);
      if (this.#callbacks.hears('onBatchBegin')) await this.#callbacks.call('onBatchBegin', batch, { batch, size: rows.length });
      const started = performance.now();
      const number = engine.stepsDone() + 1;
      this.rewiring?.before(number);
      const values = engine.step(rows, this.random);
      this.rewiring?.after(number);
      this.#stepMs += performance.now() - started;
      const loss = values[0] ?? NaN;
      this.#steps.push(loss);
      values.forEach((value, k) => {
        totals[k] = (totals[k] ?? 0) + value * rows.length;
      });
      if (this.#callbacks.hears('onBatchEnd')) {
        await this.#callbacks.call('onBatchEnd', batch, { batch, size: rows.length, ...named(engine.names, values) });
      }
      this.#curve?.update({ history: this.#history, steps: this.#steps });
      await this.#breathe();
      const stoppedBy = Number.isFinite(loss) ? this.#asked() : 'nan';
      const completed = batch === batches - 1 && stoppedBy !== 'nan';
      if (stoppedBy || completed) return { completed, stoppedBy, means: totals.map((total) => total / order.length) };
    }
    return { completed: false, stoppedBy: undefined, means: [] };
  }

  async #endEpoch(epoch: number, means: readonly number[]): Promise<StoppedBy | undefined> {
    const { engine, monitor } = this;
    const logs = named(engine.names, means);
    engine.validate?.().forEach((value, k) => {
      logs[`val_${engine.names[k] ?? ''}`] = value;
    });
    for (const [name, value] of Object.entries(logs)) this.#history[name]?.push(value);
    this.#curve?.epoch({ history: this.#history, steps: this.#steps });
    const seen = observe(monitor, this.#state, (this.#history['loss']?.length ?? 1) - 1, logs[monitor.name] ?? NaN);
    this.#state = seen;
    if (seen.improved && monitor.restoreBest) this.#remember();
    if (this.settings.checkpoint && (epoch + 1) % this.settings.checkpoint.everyEpochs === 0) await this.saveModel?.();
    await this.#callbacks.call('onEpochEnd', epoch, logs);
    await this.#breathe();
    return this.#asked() ?? (seen.stop && this.options.earlyStopping ? 'earlyStopping' : undefined);
  }

  /** Who wants the run to end now. */
  #asked(): StoppedBy | undefined {
    if (currentHost()?.interruptRequested) return 'interrupt';
    if (this.options.signal?.aborted || this.#curve?.stopRequested) return 'abort';
    if (!this.engine.model.stopTraining) return undefined;
    // A callback stopped it: tfjs's own early stopping is one, anything else is the user's decision.
    return [this.options.callbacks ?? []].flat().some((callback) => callback instanceof tf.EarlyStopping) ? 'earlyStopping' : 'abort';
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastYield < YIELD_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#lastYield = performance.now();
  }

  #remember(): void {
    this.#best?.dispose();
    this.#best = rememberWeights(this.engine.model);
  }

  dispose(): void {
    this.rewiring?.end();
    this.#best?.dispose();
  }
}

const named = (names: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.map((name, k) => [name, values[k] ?? NaN]));
