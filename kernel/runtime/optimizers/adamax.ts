import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { decay, notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface AdamaxOptions extends CommonOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

const DEFINITION = {
  name: 'adamax',
  learningRate: 0.001,
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  checks: { beta1: decay, beta2: decay, epsilon: notNegative },
  rule,
};

/**
 * Adam with the largest gradient in place of the root mean square. Default rate 0.001 (`tf.train.adamax`: 0.002).
 *
 *     m += (1 − β1)(g − m);   u = max(β2 u, |g|)
 *     w −= r / (1 − β1^t) · m / (u + ε)
 *
 * Source: Keras 3 `optimizers/adamax.py`; Kingma & Ba 2015, section 7.1.
 */
export class Adamax extends KerasOptimizer {
  static readonly className = 'KerasAdamax';
  constructor(options: AdamaxOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number }): Rule {
  return {
    slots: { momentum: 0, norm: 0 },
    update: (g, slot, { rate, t }) => {
      const m = tf.add(slot('momentum'), tf.mul(tf.sub(g, slot('momentum')), 1 - beta1));
      const u = tf.maximum(tf.mul(slot('norm'), beta2), tf.abs(g));
      return { delta: tf.div(tf.mul(m, -rate / (1 - beta1 ** t)), tf.add(u, epsilon)), slots: { momentum: m, norm: u } };
    },
  };
}
