/**
 * What follows an optimizer's step. tfjs's `fit` hands its optimizer bare variables, so nothing of the layers API sees their
 * update, and its constraints never act (they sit in `LayerVariable.write`). Here they act as in Keras: after every
 * `applyGradients`, of any optimizer, from `fit`, `train`, `minimize` or a loop of one's own.
 */
import type { Optimizer, Tensor, Variable } from '@tensorflow/tfjs';
import { currentHost } from '../display/host.js';
import { tf } from '../tf/tfjs.js';

type Gradients = { name: string; tensor: Tensor | null | undefined }[] | Record<string, Tensor>;
interface Watched {
  applyGradients(gradients: Gradients): void;
}

const followUps = new WeakMap<Variable, () => void>();
const movers = new WeakMap<Variable, Set<WeakRef<Optimizer>>>();
const references = new WeakMap<Optimizer, WeakRef<Optimizer>>();
const watched = new WeakSet<object>();
let depth = 0;

/** Calls `act` after every step that updates the variable. */
export function afterEveryStep(variable: Variable, act: () => void): void {
  followUps.set(variable, act);
}

/** Remembers which optimizers update the variable; they may hold slots for it. */
export function rememberOptimizers(variable: Variable): void {
  if (!movers.has(variable)) movers.set(variable, new Set());
}

/** The optimizers that have updated a remembered variable. */
export function optimizersOf(variable: Variable): Optimizer[] {
  return [...(movers.get(variable) ?? [])].flatMap((reference) => reference.deref() ?? []);
}

/** For whoever does an optimizer's steps in its name: its slots move along when the variable's mask changes. */
export function noteOptimizer(variable: Variable, optimizer: Optimizer): void {
  movers.get(variable)?.add(referenceTo(optimizer));
}

/** Steps of this optimizer are followed up from now on. */
export function watchOptimizer(optimizer: object): void {
  let owner: unknown = Object.getPrototypeOf(optimizer);
  while (typeof owner === 'object' && owner !== null && !Object.hasOwn(owner, 'applyGradients')) owner = Object.getPrototypeOf(owner);
  if (typeof owner !== 'object' || owner === null || watched.has(owner)) return;
  watched.add(owner);
  // SAFETY: it has the method, and every optimizer's takes gradients.
  const prototype = owner as Watched;
  const { applyGradients } = prototype; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`
  prototype.applyGradients = function (this: Watched, gradients) {
    depth++;
    try {
      applyGradients.call(this, gradients);
    } finally {
      depth--;
    }
    // An optimizer that builds on another's step is followed up once, when all is done.
    // SAFETY: only optimizers have this method.
    if (depth === 0) followUp(this as unknown as Optimizer, gradients);
  };
}

function followUp(optimizer: Optimizer, gradients: Gradients): void {
  const names = Array.isArray(gradients) ? gradients.flatMap(({ name, tensor }) => (tensor ? [name] : [])) : Object.keys(gradients);
  const variables = tf.engine().registeredVariables;
  for (const name of names) {
    const variable = variables[name];
    if (!variable) continue;
    movers.get(variable)?.add(referenceTo(optimizer));
    followUps.get(variable)?.();
  }
}

function referenceTo(optimizer: Optimizer): WeakRef<Optimizer> {
  const known = references.get(optimizer) ?? new WeakRef(optimizer);
  references.set(optimizer, known);
  return known;
}

// tfjs's own optimizers are watched even when their `applyGradients` is called by hand.
for (const own of [tf.SGDOptimizer, tf.MomentumOptimizer, tf.AdagradOptimizer, tf.AdadeltaOptimizer, tf.AdamOptimizer, tf.AdamaxOptimizer, tf.RMSPropOptimizer]) {
  watchOptimizer({ __proto__: own.prototype });
}

// Any other is met when it is first used, or when a model is compiled with it.
const { minimize } = tf.Optimizer.prototype; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`
tf.Optimizer.prototype.minimize = function (this: Optimizer, ...args) {
  watchOptimizer(this);
  return minimize.apply(this, args);
};
const { compile } = tf.LayersModel.prototype; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`
tf.LayersModel.prototype.compile = function (this: InstanceType<typeof tf.LayersModel>, args) {
  compile.call(this, args);
  watchOptimizer(this.optimizer);
  // A loaded optimizer has slots before its first step: a mask that changes before it must reach them.
  // SAFETY: what backs a layer's weights are variables (tfjs-layers 4.22, LayerVariable.read).
  for (const weight of this.trainableWeights) movers.get(weight.read() as Variable)?.add(referenceTo(this.optimizer));
};

// A terminated step did not count itself out.
currentHost()?.afterForce(() => {
  depth = 0;
});
