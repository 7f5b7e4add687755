import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { between, decay, flag, notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface RmspropOptions extends CommonOptions {
  /** Share of the past in the means. Default 0.9. */
  rho?: number;
  /** Default 0: none. */
  momentum?: number;
  /** Inside the root. Default 1e-7. */
  epsilon?: number;
  /** Divide by the deviation of the gradient instead of its root mean square. Default false. */
  centered?: boolean;
}

const DEFINITION = {
  name: 'rmsprop',
  learningRate: 0.001,
  defaults: { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  checks: { rho: decay, momentum: between(0, 1), epsilon: notNegative, centered: flag },
  rule,
};

/**
 * Default rate 0.001.
 *
 *     v = ρ v + (1 − ρ) g²
 *     d = r g / √(v + ε)                                    plain
 *     a = ρ a + (1 − ρ) g;   d = r g / √(v − a² + ε)        centered
 *     w −= d,   or with momentum μ:   m = μ m + d;   w −= m
 *
 * v − a² is a variance, never below 0; where float32 rounds it to less, 0 is taken. (`tf.train.rmsprop` takes the root of
 * v − (a² + ε), which is NaN wherever the gradient has always been 0.)
 *
 * Source: Keras 3 `optimizers/rmsprop.py`; Tieleman & Hinton 2012, lecture 6.5.
 */
export class RMSprop extends KerasOptimizer {
  static readonly className = 'KerasRMSprop';
  constructor(options: RmspropOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ rho, momentum, epsilon, centered }: { rho: number; momentum: number; epsilon: number; centered: boolean }): Rule {
  return {
    slots: { velocity: 0, ...(momentum > 0 && { momentum: 0 }), ...(centered && { averageGradient: 0 }) },
    update: (g, slot, { rate }) => {
      const v = tf.add(tf.mul(slot('velocity'), rho), tf.mul(tf.square(g), 1 - rho));
      const a = centered ? tf.add(tf.mul(slot('averageGradient'), rho), tf.mul(g, 1 - rho)) : undefined;
      const variance = a ? tf.relu(tf.sub(v, tf.square(a))) : v;
      const step = tf.div(tf.mul(g, rate), tf.sqrt(tf.add(variance, epsilon)));
      const m = momentum > 0 ? tf.add(tf.mul(slot('momentum'), momentum), step) : undefined;
      return { delta: tf.mul(m ?? step, -1), slots: { velocity: v, ...(a && { averageGradient: a }), ...(m && { momentum: m }) } };
    },
  };
}
