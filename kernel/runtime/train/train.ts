import type { LayersModel, Sequential } from '@tensorflow/tfjs';
import { currentHost } from '../display/host.js';
import { save } from '../models/save.js';
import { leaveAverage } from '../optimizers/average-after-fit.js';
import { startFused } from '../fused/start.js';
import { tf } from '../tf/tfjs.js';
import { Callbacks } from './callbacks.js';
import { observe, readMonitor, START, type MonitorState } from './monitor.js';
import { RunRecord } from './record.js';
import type { RunContext, RunLoop } from './run-context.js';
import { rememberWeights, type Remembered } from './remembered.js';
import { readOptions, type Settings, type TensorData, type TrainOptions } from './options.js';
import { orderOf } from './seeds.js';
import { prepareData, prepareTfjs, restoreRandom, stepsOf, trainable, type Trainable, type TfjsEngine, type TrainingData } from './tfjs-engine.js';
import { TrainingRun, type Engine, type StoppedBy } from './training-run.js';

/** Timers, messages and the kernel's other work get their turn at least this often. */
const YIELD_MS = 10;

/**
 * Trains a compiled model, as tfjs `fit` does, and prints nothing. It stops early, after the current step, when the cell is
 * interrupted or `signal` aborts, keeping the weights of that step; when the loss is not finite; or by `earlyStopping`.
 *
 * Sequential nets of masked and stock dense layers train on the sparse kernels, in a thread of its own ("fused"), everything
 * else on tfjs; `engineReason` of the result says which and why. With the fused engine the model holds its weights whenever a
 * callback, a checkpoint or the end of the run lets someone look.
 *
 * @param x [rows, …], or a list of such tensors, or one by name for each input
 * @param y [rows, …], likewise for the outputs
 * @throws Error when the model is not compiled, the data do not fit it, an option is wrong, or `engine: 'fused'` cannot run it
 */
export async function train(model: LayersModel | Sequential, x: TensorData, y: TensorData, options: TrainOptions = {}): Promise<TrainingRun> {
  const settings = readOptions(options);
  const trainedModel = trainable(model);
  // Before anything is awaited: a second call for the same model finds it.
  trainedModel.isTraining = true;
  let data: TrainingData | undefined;
  let loop: RunLoop | undefined;
  let record: RunRecord | undefined;
  const clean = (): void => {
    trainedModel.isTraining = false;
    loop?.dispose();
    data?.dispose();
  };
  const leaveLoop = currentHost()?.enterLoop(() => {
    restoreRandom();
    loop?.abandon();
    record?.endCurve('interrupt');
    clean();
  });
  try {
    data = await prepareData(trainedModel, x, y, options, settings);
    const context = contextOf(model, trainedModel, data, settings, options);
    ({ record } = context);
    const chosen = await chooseEngine(context);
    ({ loop } = chosen);
    const { epochs, initialEpoch, batchSize } = settings;
    record.startCurve(options.show, { totalEpochs: Math.max(0, epochs - initialEpoch), stepsPerEpoch: Math.ceil(data.rows / batchSize), name: options.name ?? 'training', layers: trainedModel.layers, history: record.history, ...(options.earlyStopping?.patience !== undefined && { patience: options.earlyStopping.patience }) });
    const stoppedBy = (await loop.go()) ?? 'done';
    record.endCurve(stoppedBy);
    const { history, steps, stepMs } = record;
    return new TrainingRun({
      history, steps, engine: chosen.engine, engineReason: chosen.reason, bestEpoch: loop.bestEpoch, stoppedBy,
      msPerStep: steps.length === 0 ? 0 : stepMs / steps.length,
    });
  } catch (error) {
    record?.endCurve('error');
    throw error;
  } finally {
    leaveLoop?.();
    clean();
  }
}

function contextOf(given: LayersModel | Sequential, model: Trainable, data: TrainingData, settings: Settings, options: TrainOptions): RunContext {
  const { checkpoint, epochs, initialEpoch, batchSize } = settings;
  const measured = model.getDedupedMetricsNames();
  const validates = data.validation !== undefined || data.heldBack > 0;
  const names = [...measured, ...(validates ? measured.map((name) => `val_${name}`) : [])];
  const params = { epochs, initialEpoch, batchSize, samples: data.rows, steps: null, verbose: 0, doValidation: validates, metrics: names };
  const record = new RunRecord(names);
  return {
    given, model, data, settings, options, record,
    callbacks: new Callbacks(options.callbacks, model, params),
    monitor: readMonitor(options.earlyStopping, names),
    rewiring: options.rewire?.start(given, options.seed),
    saveModel: checkpoint && (() => save(given, checkpoint.path)),
    asked: () => askedToStop(model, options) ?? (record.stopRequested ? 'abort' : undefined),
  };
}

async function chooseEngine(context: RunContext): Promise<{ loop: RunLoop; engine: Engine; reason: string }> {
  const { settings: { engine } } = context;
  if (engine === 'tfjs') return { loop: new TfjsLoop(context), engine: 'tfjs', reason: 'tfjs was asked for' };
  const fused = await startFused(context);
  if (typeof fused !== 'string') return { loop: fused, engine: 'fused', reason: engine === 'fused' ? 'fused was asked for' : 'the fused trainer runs this model' };
  if (engine === 'fused') throw new Error(`train: engine 'fused' cannot run this: ${fused}; leave engine out, or use 'tfjs'`);
  return { loop: new TfjsLoop(context), engine: 'tfjs', reason: `tfjs runs every model; the fused trainer does not take this one: ${fused}` };
}

function askedToStop(model: Trainable, { signal, callbacks }: TrainOptions): StoppedBy | undefined {
  if (currentHost()?.interruptRequested) return 'interrupt';
  if (signal?.aborted) return 'abort';
  if (!model.stopTraining) return undefined;
  // A callback stopped it: tfjs's own early stopping is one, anything else is the user's decision.
  return [callbacks ?? []].flat().some((callback) => callback instanceof tf.EarlyStopping) ? 'earlyStopping' : 'abort';
}

class TfjsLoop implements RunLoop {
  readonly #of: RunContext;
  readonly #engine: TfjsEngine;
  #state: MonitorState = START;
  #best: Remembered | undefined;
  #lastYield = performance.now();
  /** Of a run without one; every run is another. */
  readonly #seed: number;

  constructor(context: RunContext) {
    this.#of = context;
    const { model, data, settings, options } = context;
    this.#engine = prepareTfjs(model, data, settings.batchSize, options.seed);
    this.#seed = options.seed ?? Math.random();
  }

  get bestEpoch(): number | undefined {
    return this.#state.bestEpoch;
  }

  abandon(): void {
    // What it does is done by the call that was cut off.
  }

  async go(): Promise<StoppedBy | undefined> {
    const { callbacks, model, settings, monitor, data } = this.#of;
    await callbacks.call('onTrainBegin', {});
    model.stopTraining = false;
    let stoppedBy: StoppedBy | undefined = this.#of.asked();
    const order = new Int32Array(data.rows);
    for (let epoch = settings.initialEpoch; epoch < settings.epochs && !stoppedBy; epoch++) {
      await callbacks.call('onEpochBegin', epoch, {});
      orderOf(order, settings.shuffle ? this.#seed : undefined, epoch);
      const result = await this.#epoch(order);
      stoppedBy = result.stoppedBy;
      if (result.completed) stoppedBy = (await this.#endEpoch(epoch, result.means)) ?? stoppedBy;
    }
    // Before the best weights return and callbacks look, as in Keras; who stopped the run wants the weights of that step.
    if (stoppedBy === undefined || stoppedBy === 'earlyStopping') leaveAverage(model.optimizer);
    if (monitor.restoreBest) this.#best?.restore();
    await callbacks.call('onTrainEnd', {});
    return stoppedBy;
  }

  dispose(): void {
    this.#of.rewiring?.end();
    this.#best?.dispose();
    this.#engine.dispose();
  }

  /** All steps of an epoch, or those up to a stop; the means are weighted by rows. */
  async #epoch(order: Int32Array): Promise<{ completed: boolean; means: number[]; stoppedBy: StoppedBy | undefined }> {
    const { settings: { batchSize }, callbacks, record, rewiring, model, asked } = this.#of;
    const totals: number[] = [];
    const batches = Math.ceil(order.length / batchSize);
    for (let batch = 0; batch < batches; batch++) {
      const rows = order.slice(batch * batchSize, (batch + 1) * batchSize);
      if (callbacks.hears('onBatchBegin')) await callbacks.call('onBatchBegin', batch, { batch, size: rows.length });
      const started = performance.now();
      const number = stepsOf(model.optimizer) + 1;
      rewiring?.before(number);
      const values = this.#engine.step(rows);
      rewiring?.after(number);
      record.stepMs += performance.now() - started;
      const loss = values[0] ?? NaN;
      record.steps.push(loss);
      values.forEach((value, k) => {
        totals[k] = (totals[k] ?? 0) + value * rows.length;
      });
      if (callbacks.hears('onBatchEnd')) await callbacks.call('onBatchEnd', batch, { batch, size: rows.length, ...record.logsOf(values) });
      record.update();
      await this.#breathe();
      const stoppedBy = Number.isFinite(loss) ? asked() : 'nan';
      const completed = batch === batches - 1 && stoppedBy !== 'nan';
      if (stoppedBy || completed) return { completed, stoppedBy, means: totals.map((total) => total / order.length) };
    }
    return { completed: false, stoppedBy: undefined, means: [] };
  }

  async #endEpoch(epoch: number, means: readonly number[]): Promise<StoppedBy | undefined> {
    const { monitor, record, settings, options, callbacks, saveModel, asked } = this.#of;
    record.add('epochs', Float64Array.from([...means, ...(this.#engine.validate?.() ?? [])]));
    record.endEpoch();
    const logs = record.lastEpoch();
    const seen = observe(monitor, this.#state, record.epochsRun - 1, logs[monitor.name] ?? NaN);
    this.#state = seen;
    if (seen.improved && monitor.restoreBest) this.#remember();
    if (settings.checkpoint && (epoch + 1) % settings.checkpoint.everyEpochs === 0) await saveModel?.();
    await callbacks.call('onEpochEnd', epoch, logs);
    await this.#breathe();
    return asked() ?? (seen.stop && options.earlyStopping ? 'earlyStopping' : undefined);
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastYield < YIELD_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#lastYield = performance.now();
  }

  #remember(): void {
    this.#best?.dispose();
    this.#best = rememberWeights(this.#of.model);
  }
}
