import { tf } from '../tf/tfjs.js';
import { ArgumentError } from '../argument-error.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { between, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface LionOptions extends CommonOptions {
  /** Share of the past in the step, above 0. Default 0.9. */
  beta1?: number;
  /** Share of the past in the mean of gradients. Default 0.99. */
  beta2?: number;
}

const DEFINITION = {
  name: 'lion',
  learningRate: 0.001,
  defaults: { beta1: 0.9, beta2: 0.99 },
  checks: { beta1: aboveZero, beta2: between(0, 1) },
  rule,
};

/**
 * Steps of one size in the direction of a sign. Default rate 0.001; it wants 3 to 10 times less than Adam.
 *
 *     w −= r sign(β1 m + (1 − β1) g)
 *     m = β2 m + (1 − β2) g
 *
 * Source: Keras 3 `optimizers/lion.py`; Chen et al. 2023.
 */
export class Lion extends KerasOptimizer {
  static readonly className = 'KerasLion';
  constructor(options: LionOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ beta1, beta2 }: { beta1: number; beta2: number }): Rule {
  return {
    slots: { momentum: 0 },
    update: (g, slot, { rate }) => {
      const m = slot('momentum');
      const direction = tf.sign(tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
      return { delta: tf.mul(direction, -rate), slots: { momentum: tf.add(tf.mul(m, beta2), tf.mul(g, 1 - beta2)) } };
    },
  };
}

function aboveZero(argument: string, value: unknown): void {
  between(0, 1)(argument, value);
  if (value === 0) throw new ArgumentError(argument, value, 'a number above 0, up to 1', 'At 0 the step would be the sign of the gradient alone');
}
