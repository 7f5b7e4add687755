import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { decay, notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface AdadeltaOptions extends CommonOptions {
  /** Share of the past in the means of squares. Default 0.95. */
  rho?: number;
  /** Inside both roots. Default 1e-7. */
  epsilon?: number;
}

const DEFINITION = {
  name: 'adadelta',
  learningRate: 0.001,
  defaults: { rho: 0.95, epsilon: 1e-7 },
  checks: { rho: decay, epsilon: notNegative },
  rule,
};

/**
 * Default rate 0.001 (the paper has none, that is 1).
 *
 *     s = ρ s + (1 − ρ) g²
 *     d = −√(D + ε) / √(s + ε) · g;   D = ρ D + (1 − ρ) d²
 *     w += r d
 *
 * The root is that of the new s, this gradient included. (`tf.train.adadelta` takes the old one: another method altogether.)
 *
 * Source: Keras 3 `optimizers/adadelta.py`; Zeiler 2012, algorithm 1.
 */
export class Adadelta extends KerasOptimizer {
  static readonly className = 'KerasAdadelta';
  constructor(options: AdadeltaOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ rho, epsilon }: { rho: number; epsilon: number }): Rule {
  return {
    slots: { accumulatedGradient: 0, accumulatedDelta: 0 },
    update: (g, slot, { rate }) => {
      const s = tf.add(tf.mul(slot('accumulatedGradient'), rho), tf.mul(tf.square(g), 1 - rho));
      const before = slot('accumulatedDelta');
      const d = tf.mul(tf.div(tf.mul(tf.sqrt(tf.add(before, epsilon)), g), tf.sqrt(tf.add(s, epsilon))), -1);
      const after = tf.add(tf.mul(before, rho), tf.mul(tf.square(d), 1 - rho));
      return { delta: tf.mul(d, rate), slots: { accumulatedGradient: s, accumulatedDelta: after } };
    },
  };
}
