import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface AdagradOptions extends CommonOptions {
  /** What the sums of squares begin with. Default 0.1. */
  initialAccumulatorValue?: number;
  /** Inside the root. Default 1e-7. */
  epsilon?: number;
}

const DEFINITION = {
  name: 'adagrad',
  learningRate: 0.001,
  defaults: { initialAccumulatorValue: 0.1, epsilon: 1e-7 },
  checks: { initialAccumulatorValue: notNegative, epsilon: notNegative },
  rule,
};

/**
 * Default rate 0.001 (the paper's is 1).
 *
 *     s += g²;   w −= r g / √(s + ε)
 *
 * Source: Keras 3 `optimizers/adagrad.py`; Duchi et al. 2011.
 */
export class Adagrad extends KerasOptimizer {
  static readonly className = 'KerasAdagrad';
  constructor(options: AdagradOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ initialAccumulatorValue, epsilon }: { initialAccumulatorValue: number; epsilon: number }): Rule {
  return {
    slots: { accumulator: initialAccumulatorValue },
    update: (g, slot, { rate }) => {
      const accumulator = tf.add(slot('accumulator'), tf.square(g));
      return { delta: tf.div(tf.mul(g, -rate), tf.sqrt(tf.add(accumulator, epsilon))), slots: { accumulator } };
    },
  };
}
