import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { decay, notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface NadamOptions extends CommonOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

const DEFINITION = {
  name: 'nadam',
  learningRate: 0.001,
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  checks: { beta1: decay, beta2: decay, epsilon: notNegative },
  rule,
};

/**
 * Adam with Nesterov's momentum. Default rate 0.001. With μ_t = β1 (1 − 0.96^t / 2) and M_t = μ_1 μ_2 … μ_t:
 *
 *     m += (1 − β1)(g − m);   v += (1 − β2)(g² − v)
 *     m̂ = μ_{t+1} m / (1 − M_{t+1}) + (1 − μ_t) g / (1 − M_t);   v̂ = v / (1 − β2^t)
 *     w −= r m̂ / (√v̂ + ε)
 *
 * Source: Keras 3 `optimizers/nadam.py`; Dozat 2016.
 */
export class Nadam extends KerasOptimizer {
  static readonly className = 'KerasNadam';
  constructor(options: NadamOptions = {}) {
    super(resolve(DEFINITION, options));
  }
}

function rule({ beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number }): Rule {
  const mu = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** t);
  // M_t is the only state that is not a variable's. It follows from t alone, so nothing of it is saved.
  let at = 0;
  let product = 1;
  const productTo = (t: number): number => {
    if (t < at) [at, product] = [0, 1];
    while (at < t) product *= mu(++at);
    return product;
  };
  return {
    slots: { momentum: 0, velocity: 0 },
    update: (g, slot, { rate, t }) => {
      const sofar = productTo(t);
      const next = mu(t + 1);
      const m = tf.add(slot('momentum'), tf.mul(tf.sub(g, slot('momentum')), 1 - beta1));
      const v = tf.add(slot('velocity'), tf.mul(tf.sub(tf.square(g), slot('velocity')), 1 - beta2));
      const ahead = tf.add(tf.mul(m, next / (1 - sofar * next)), tf.mul(g, (1 - mu(t)) / (1 - sofar)));
      const root = tf.sqrt(tf.div(v, 1 - beta2 ** t));
      return { delta: tf.div(tf.mul(ahead, -rate), tf.add(root, epsilon)), slots: { momentum: m, velocity: v } };
    },
  };
}
