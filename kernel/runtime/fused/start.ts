/** From a call of `train` to a run of the fused trainer. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import type { RunContext, RunLoop } from '../train/run-context.js';
import { FusedLoop } from './fused-loop.js';
import { planFused, slowerThanTfjs, type FusedPlan } from './plan.js';
import { takeSeat, type TrainerSeat } from './trainers.js';

/**
 * @returns the run, ready for its first step; or the reason why there is none
 * @throws Error when the data of the validation do not fit the model, or memory does not suffice
 */
export async function startFused(context: RunContext): Promise<RunLoop | string> {
  const { given, model, settings } = context;
  const plan = planFused(given, model);
  if (typeof plan === 'string') return plan;
  const better = settings.engine === 'auto' ? slowerThanTfjs(plan) : undefined;
  if (better !== undefined) return better;
  let seat: TrainerSeat;
  try {
    seat = await takeSeat(plan);
  } catch (error) {
    return `its thread cannot be started (${error instanceof Error ? error.message : String(error)})`;
  }
  try {
    const loop = await begin(context, plan, seat);
    return {
      go: () => loop.go(),
      get bestEpoch() {
        return loop.bestEpoch;
      },
      abandon: () => loop.abandon(),
      dispose: () => {
        loop.dispose();
        seat.busy = false;
      },
    };
  } catch (error) {
    seat.busy = false;
    throw error;
  }
}

async function begin(context: RunContext, plan: FusedPlan, seat: TrainerSeat): Promise<FusedLoop> {
  const { given, model, data, settings, options, callbacks, record, monitor, rewiring, saveModel, asked } = context;
  const [x, y, weights] = [data.inputs[0], data.targets[0], data.weights[0]];
  if (!x || !y) throw new Error('train: there are no data');
  const owned: Tensor[] = [];
  const validation = data.validation && (await standardized(context, data.validation, owned));
  try {
    const loop = new FusedLoop({
      model: given, inner: model, seat, plan, callbacks, record, monitor, rewiring, asked, signal: options.signal,
      replan: () => {
        const next = planFused(given, model);
        if (typeof next === 'string') throw new Error(`train: the model has changed while it was trained, and the fused trainer cannot go on: ${next}`);
        return next;
      },
      shape: {
        rows: data.rows, heldBack: data.heldBack, validationRows: validation ? (validation[0].shape[0] ?? 0) : data.heldBack,
        batchSize: settings.batchSize, epochs: settings.epochs, initialEpoch: settings.initialEpoch, shuffle: settings.shuffle, threads: settings.threads,
      },
      tensors: { x, y, weights, validation },
      seed: options.seed ?? Math.random(),
      stopsEarly: options.earlyStopping !== undefined,
      checkpoint: settings.checkpoint && saveModel && { every: settings.checkpoint.everyEpochs, save: saveModel },
    });
    await loop.prepare();
    return loop;
  } finally {
    tf.dispose(owned);
  }
}

/** @param owned takes the tensors that are made on the way */
async function standardized({ model, settings }: RunContext, [x, y]: NonNullable<RunContext['data']['validation']>, owned: Tensor[]): Promise<readonly [Tensor, Tensor]> {
  const [inputs, targets] = await model.standardizeUserData(x, y, null, undefined, true, settings.batchSize);
  const given = [x, y].flatMap((data) => (data instanceof tf.Tensor ? [data] : Object.values(data)));
  owned.push(...[...inputs, ...targets].filter((tensor) => !given.includes(tensor)));
  const [input, target] = [inputs[0], targets[0]];
  if (!input || !target) throw new Error('train: validationData has no tensors');
  return [input, target];
}
