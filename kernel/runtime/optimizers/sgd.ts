import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { between, flag, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface SgdOptions extends CommonOptions {
  /** Default 0: none. */
  momentum?: number;
  /** Nesterov's momentum; without momentum it changes nothing. Default false. */
  nesterov?: boolean;
}

const DEFINITION = {
  name: 'sgd',
  learningRate: 0.01,
  defaults: { momentum: 0, nesterov: false },
  checks: { momentum: between(0, 1), nesterov: flag },
  rule,
};

/**
 * Gradient descent. Default rate 0.01.
 *
 *     w += −r g                                without momentum
 *     m = μ m − r g;   w += m                  with momentum μ
 *     m = μ m − r g;   w += μ m − r g          with Nesterov's
 *
 * Source: Keras 3 `optimizers/sgd.py`; Sutskever et al. 2013.
 */
export class SGD extends KerasOptimizer {
  static readonly className = 'KerasSGD';
  constructor(options: SgdOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ momentum, nesterov }: { momentum: number; nesterov: boolean }): Rule {
  if (momentum === 0) return { slots: {}, update: (g, _slot, { rate }) => ({ delta: tf.mul(g, -rate), slots: {} }) };
  return {
    slots: { momentum: 0 },
    update: (g, slot, { rate }) => {
      const step = tf.mul(g, rate);
      const m = tf.sub(tf.mul(slot('momentum'), momentum), step);
      return { delta: nesterov ? tf.sub(tf.mul(m, momentum), step) : m, slots: { momentum: m } };
    },
  };
}
