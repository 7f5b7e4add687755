/** Whether the fused trainer can do what was asked for, and how: decided before anything is computed. */
import type { LayersModel, Sequential } from '@tensorflow/tfjs';
import { variableOf } from '../layers/mask-update.js';
import { tf } from '../tf/tfjs.js';
import { Unfit, weightsOf, type Net, type Weight } from './net.js';
import { readModel, type Compiled } from './read-model.js';
import { readOptimizer, type OptimizerPlan } from './read-optimizer.js';

export interface FusedPlan {
  readonly net: Net;
  readonly optimizer: OptimizerPlan;
}

/** @returns the plan, or the reason why there is none */
export function planFused(model: LayersModel | Sequential, compiled: Compiled): FusedPlan | string {
  try {
    const net = readModel(model, compiled);
    const trained = compiled.collectedTrainableWeights.map((weight) => variableOf(weight));
    const known = net.nodes.flatMap(weightsOf).filter(({ trainable }) => trainable);
    if (known.length !== trained.length) throw new Unfit('the model trains weights that are not those of its layers');
    return { net, optimizer: readOptimizer(compiled.optimizer, trained) };
  } catch (error) {
    if (error instanceof Unfit) return error.message;
    throw error;
  }
}

/** Multiplications a sample above which tfjs-node's dense kernels are faster than ours. */
const MUCH = 200_000;

/** Why `auto` should not take a plan that would run; undefined when it should. */
export function slowerThanTfjs({ net }: FusedPlan): string | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  let [live, all] = [0, 0];
  for (const node of net.nodes) {
    if (node.kind !== 'dense') continue;
    live += node.mask.nnz;
    all += node.inputs * node.outputs;
  }
  return live > MUCH && live > 0.5 * all ? `${Math.round((100 * live) / all)} % of its connections exist, for which tfjs-node's dense kernels are faster` : undefined;
}

/** Whether programs that were made for one network compute the other. */
export function sameNet(a: Net, b: Net): boolean {
  const sameWeight = (x: Weight | undefined, y: Weight | undefined): boolean =>
    x === y || (x !== undefined && y !== undefined && x.variable === y.variable && x.trainable === y.trainable && x.l1 === y.l1 && x.l2 === y.l2 && JSON.stringify(x.constraint) === JSON.stringify(y.constraint));
  if (a.inputs !== b.inputs || a.outputs !== b.outputs || a.targets !== b.targets || a.loss !== b.loss || String(a.metrics) !== String(b.metrics) || a.nodes.length !== b.nodes.length) return false;
  return a.nodes.every((node, n) => {
    const other = b.nodes[n];
    if (!other) return false;
    const [mine, theirs] = [weightsOf(node), weightsOf(other)];
    if (mine.length !== theirs.length || !mine.every((weight, k) => sameWeight(weight, theirs[k]))) return false;
    return Object.entries(node).every(([name, value]: [string, unknown]) => (typeof value === 'object' && name !== 'mask' && name !== 'biasMask' ? true : value === Reflect.get(other, name)));
  });
}
