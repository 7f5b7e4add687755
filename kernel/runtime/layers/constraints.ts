/**
 * Constraints on live weights, for what a layer holds packed. The norm of an output's weights is that of its live weights; a
 * missing connection has none. As in Keras, a constraint acts after every optimizer step, and not on what a user sets or loads.
 */
import type { Tensor, serialization } from '@tensorflow/tfjs';
import { ArgumentError, describe } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { toDense, toPacked, type DenseView } from './packed-variable.js';

export interface Constraint {
  /** @param weights in the dense layout: [inputs, outputs] of a dense kernel, +0 where no connection is */
  apply(weights: Tensor): Tensor;
}
/** Names and configurations are those of `tf.constraints`. */
export type ConstraintSource = 'maxNorm' | 'unitNorm' | 'nonNeg' | 'minMaxNorm' | serialization.ConfigDict | Constraint | null;

type Named = Constraint & { getClassName(): string; getConfig(): serialization.ConfigDict };
/** Keras' and tfjs's fuzz, which keeps a norm of 0 from dividing. */
const EPSILON = 1e-7;
const MAX_DENSE = 1e7;

/** tfjs does not export the class that its constraints extend. */
const TfjsConstraint = Object.getPrototypeOf(Object.getPrototypeOf(tf.constraints.nonNeg())) as object; // SAFETY: NonNeg extends Constraint

/**
 * Sorts out what a config may hold: what tfjs reads (`named`), or a constraint of the user's own (`own`), which tfjs refuses.
 *
 * @throws ArgumentError for anything else
 */
export function givenConstraint(argument: string, given: unknown): { named?: unknown; own?: Constraint } {
  if (given === undefined || given === null) return {};
  if (typeof given === 'string') return { named: given };
  if (typeof given === 'object') {
    if (Object.prototype.isPrototypeOf.call(TfjsConstraint, given) || 'className' in given || 'class_name' in given) return { named: given };
    if ('apply' in given && typeof given.apply === 'function') {
      // SAFETY: it has the one method.
      return { own: given as Constraint };
    }
  }
  throw new ArgumentError(argument, given, `'maxNorm', 'unitNorm', 'nonNeg' or 'minMaxNorm', one of tf.constraints, or an object with a method apply(weights)`);
}

/** @throws Error that names the constraint that has no class to load it with */
export function checkSaveable(owner: string, constraints: { kernelConstraint: Constraint | null; biasConstraint: Constraint | null }): void {
  for (const name of ['kernelConstraint', 'biasConstraint'] as const) {
    const constraint = constraints[name];
    if (!constraint || ('getClassName' in constraint && 'getConfig' in constraint)) continue;
    throw new Error(`${owner}: ${name} is ${describe(constraint)}, which cannot be saved; make it a class that extends tf.serialization.Serializable, and pass that to tf.serialization.registerClass`);
  }
}

/** How `constrain` groups weights: a kernel's by output; a bias is one group, as in Keras. */
export type Part = 'kernel' | 'bias';

/**
 * @param packed the live weights
 * @returns what the constraint makes of them
 * @throws Error when a constraint of the user's own answers with another shape, or would need too large a dense kernel
 */
export function constrain(constraint: Constraint, packed: Float32Array, view: DenseView, part: Part): Float32Array {
  if (packed.length === 0) return packed;
  const { name, config } = nameOf(constraint);
  if (name === 'NonNeg') return packed.map((weight) => (weight <= 0 ? 0 : weight));
  const factor = FACTORS[name]?.(config);
  // A norm along another axis than that of the inputs is not the norm of an output's weights.
  if (factor && (config['axis'] ?? 0) === 0) return scaled(packed, factor, part === 'bias' ? undefined : view.mask.data.indices);
  return constrainDense(constraint, packed, view);
}

/** From a norm to what its weights are multiplied with (Keras' `constraints.py`; tfjs has the same formulas). */
const FACTORS: Readonly<Record<string, (config: serialization.ConfigDict) => (norm: number) => number>> = {
  MaxNorm: ({ maxValue }) => (norm) => Math.min(norm, Number(maxValue)) / (EPSILON + norm),
  UnitNorm: () => (norm) => 1 / (EPSILON + norm),
  MinMaxNorm: ({ minValue, maxValue, rate }) => (norm) => {
    const wanted = Math.max(Number(minValue), Math.min(norm, Number(maxValue)));
    return (Number(rate) * wanted + (1 - Number(rate)) * norm) / (EPSILON + norm);
  },
};

/** @param groups group of each weight; undefined when all are one */
function scaled(packed: Float32Array, factor: (norm: number) => number, groups: Uint32Array | undefined): Float32Array {
  const squares = new Float64Array(groups ? groups.reduce((most, group) => Math.max(most, group), 0) + 1 : 1);
  packed.forEach((weight, k) => {
    const group = groups?.[k] ?? 0;
    squares[group] = (squares[group] ?? 0) + weight * weight;
  });
  const factors = squares.map((square) => factor(Math.sqrt(square)));
  return packed.map((weight, k) => weight * (factors[groups?.[k] ?? 0] ?? 1));
}

/** What a constraint is to whoever computes it elsewhere: its class and configuration; undefined when it is not one of the four that act on live weights. */
export function liveConstraint(constraint: Constraint): { readonly name: string; readonly config: serialization.ConfigDict } | undefined {
  const { name, config } = nameOf(constraint);
  return name === 'NonNeg' || (Object.hasOwn(FACTORS, name) && (config['axis'] ?? 0) === 0) ? { name, config } : undefined;
}

function constrainDense(constraint: Constraint, packed: Float32Array, view: DenseView): Float32Array {
  const size = view.mask.inputs * view.mask.outputs;
  const { name } = nameOf(constraint);
  if (size > MAX_DENSE) throw new Error(`the constraint ${name} needs a dense kernel of ${size} entries, more than ${MAX_DENSE}; maxNorm, unitNorm, nonNeg and minMaxNorm act on live weights`);
  return tf.tidy(() => {
    const result = constraint.apply(toDense(packed, view));
    if (!(result instanceof tf.Tensor)) throw new ArgumentError(`what the constraint ${name} returns`, result, `a tensor of shape [${view.shape.join(', ')}]`);
    return toPacked(result, view, `the constraint ${name}`);
  });
}

function nameOf(constraint: Constraint): { name: string; config: serialization.ConfigDict } {
  // SAFETY: only looked at where the methods are there.
  const named = constraint as Partial<Named>;
  if (typeof named.getClassName !== 'function' || typeof named.getConfig !== 'function') return { name: constraint.constructor.name, config: {} };
  return { name: named.getClassName(), config: named.getConfig() };
}
