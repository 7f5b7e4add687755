import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';

/**
 * `l1 * sum|w| + l2 * sum w²` with Keras' derivative of |w| at 0, which is 0 where tfjs's is −1.
 *
 * |w| is w · sign(w): tfjs gives `sign` no gradient, which leaves sign(w), and so 0 at 0.
 */
export function penalty(weights: Tensor, l1: number, l2: number): Tensor {
  return tf.tidy(() => tf.add(tf.mul(l1, tf.sum(tf.mul(weights, tf.sign(weights)))), tf.mul(l2, tf.sum(tf.square(weights)))));
}
