import { tf } from '../tf/tfjs.js';
import { resolve } from './definition.js';
import { KerasOptimizer } from './keras-optimizer.js';
import { decay, flag, notNegative, type CommonOptions } from './options.js';
import type { Rule } from './rule.js';

export interface AdamOptions extends CommonOptions {
  /** Share of the past in the mean of gradients. Default 0.9. */
  beta1?: number;
  /** Share of the past in the mean of squared gradients. Default 0.999. */
  beta2?: number;
  /** ε̂ of the paper (before its section 2.1), beside the uncorrected root. Default 1e-7. */
  epsilon?: number;
  /** Divide by the largest v so far (Reddi et al. 2018). Default false. */
  amsgrad?: boolean;
}

const ADAM = {
  name: 'adam',
  learningRate: 0.001,
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
  checks: { beta1: decay, beta2: decay, epsilon: notNegative, amsgrad: flag },
  rule,
};

/**
 * Default rate 0.001. At step t:
 *
 *     m += (1 − β1)(g − m);   v += (1 − β2)(g² − v)
 *     w −= r √(1 − β2^t) / (1 − β1^t) · m / (√v + ε)
 *
 * With `amsgrad`, v in the last line is the largest of the (uncorrected) v so far. `tf.train.adam` adds its ε to the corrected
 * root, where it counts up to 1/√(1 − β2) times less.
 *
 * Source: Keras 3 `optimizers/adam.py`; Kingma & Ba 2015; Reddi et al. 2018.
 */
export class Adam extends KerasOptimizer {
  static readonly className: string = 'KerasAdam';
  constructor(options: AdamOptions = {}) {
    super(resolve(ADAM, options));
  }
}

/**
 * Adam with decoupled decay of the weights, biases included: `w −= r · weightDecay · w` before each update; default 0.004.
 *
 * Source: Keras 3 `optimizers/adamw.py`; Loshchilov & Hutter 2019.
 */
export class AdamW extends KerasOptimizer {
  static readonly className = 'KerasAdamW';
  constructor(options: AdamOptions = {}) {
    super(resolve({ ...ADAM, name: 'adamw', weightDecay: 0.004 }, options));
  }
}

function rule({ beta1, beta2, epsilon, amsgrad }: { beta1: number; beta2: number; epsilon: number; amsgrad: boolean }): Rule {
  return {
    slots: { momentum: 0, velocity: 0, ...(amsgrad && { velocityHat: 0 }) },
    update: (g, slot, { rate, t }) => {
      const alpha = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      const m = tf.add(slot('momentum'), tf.mul(tf.sub(g, slot('momentum')), 1 - beta1));
      const v = tf.add(slot('velocity'), tf.mul(tf.sub(tf.square(g), slot('velocity')), 1 - beta2));
      const largest = amsgrad ? tf.maximum(slot('velocityHat'), v) : v;
      const delta = tf.div(tf.mul(m, -alpha), tf.add(tf.sqrt(largest), epsilon));
      return { delta, slots: { momentum: m, velocity: v, ...(amsgrad && { velocityHat: largest }) } };
    },
  };
}
