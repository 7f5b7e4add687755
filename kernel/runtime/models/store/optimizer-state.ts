/** What an optimizer has gathered, so that training goes on as if it had not been interrupted. */
import type { LayersModel, Optimizer, Variable, io } from '@tensorflow/tfjs';
import { KerasOptimizer } from '../../optimizers/index.js';
import { tf } from '../../tf/tfjs.js';
import { isRecord, message } from '../record.js';

export interface OptimizerState {
  readonly trainingConfig?: io.TrainingConfig;
  readonly weights?: { data: ArrayBuffer; specs: io.WeightsManifestEntry[] };
  /** Scalars that tfjs's optimizers keep but do not hand out: recomputed from the step they would be off in the last bit. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** A sentence on what could not be stored. */
  readonly left?: string;
}

const SCALARS = ['accBeta1', 'accBeta2'] as const;

/** The members that tfjs's declarations keep to themselves; the scalars are Adam's and Adamax's. */
type Hidden = { readonly [name in (typeof SCALARS)[number]]?: Variable } & { getTrainingConfig?: () => io.TrainingConfig };

// SAFETY: every member of Hidden is optional, and is looked at before it is used.
const hidden = (owner: LayersModel | Optimizer): Hidden => owner as unknown as Hidden;

export async function readOptimizer(model: LayersModel): Promise<OptimizerState> {
  const { optimizer } = model;
  if (!optimizer) return {};
  const name = optimizer.getClassName();
  if (optimizer instanceof KerasOptimizer && optimizer.schedule) {
    const { schedule, learningRate: rate } = optimizer;
    try {
      optimizer.learningRate = rate;
      const state = await readOptimizer(model);
      return { left: `the learningRate of its optimizer is a function, which is not stored: set model.optimizer.learningRate to it again after loading, to train on as before; until then the rate is ${rate}`, ...state };
    } finally {
      optimizer.learningRate = schedule;
    }
  }
  let trainingConfig: io.TrainingConfig | undefined;
  try {
    const { loss, metrics } = model;
    // tfjs and JSON drop a function in silence.
    const lost = functionIn({ loss, metrics, ...optimizer.getConfig() });
    if (lost !== undefined) throw new Error(`${lost} is a function`);
    trainingConfig = hidden(model).getTrainingConfig?.();
  } catch (error) {
    return { left: `how it was compiled is not stored (${message(error)}): compile it again after loading` };
  }
  if (!trainingConfig || !(name in tf.serialization.SerializationMap.getMap().classNameMap)) {
    return { left: `how it was compiled is not stored (the optimizer class ${name} is not registered): compile it again after loading` };
  }
  try {
    const tensors = await optimizer.getWeights();
    const weights = await tf.io.encodeWeights(tensors, 'optimizer');
    for (const { tensor } of tensors) if (!(tensor instanceof tf.Variable)) tensor.dispose();
    return { trainingConfig, weights, scalars: await readScalars(optimizer) };
  } catch (error) {
    return { trainingConfig, left: `the state of its optimizer ${name} is not stored (${message(error)}): it starts anew after loading` };
  }
}

async function readScalars(optimizer: Optimizer): Promise<Record<string, number>> {
  const scalars: Record<string, number> = {};
  for (const name of SCALARS) {
    const value = (await hidden(optimizer)[name]?.data())?.[0];
    if (value !== undefined) scalars[name] = value;
  }
  return scalars;
}

export function setScalars(optimizer: Optimizer, scalars: unknown): void {
  if (!isRecord(scalars)) return;
  for (const name of SCALARS) {
    const value = scalars[name];
    if (typeof value === 'number') tf.tidy(() => hidden(optimizer)[name]?.assign(tf.scalar(value)));
  }
}

function functionIn(value: unknown, name = 'it'): string | undefined {
  if (typeof value === 'function') return name;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const found = functionIn(entry, Array.isArray(value) ? name : key);
    if (found !== undefined) return found;
  }
  return undefined;
}
