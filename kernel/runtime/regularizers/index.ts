/**
 * Keras' L1 and L2 penalties: `l1 * sum|w| + l2 * sum w²`, once a batch. tfjs's differ in two ways that a wired network feels:
 * the derivative of |w| at 0 is −1 there, so that a weight (or bias) of 0 drifts off, and is 0 here; and `l1l2({ l2 })` has an l1 of
 * 0.01 there that nobody asked for.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { penalty } from './penalty.js';

/** What layers take as kernelRegularizer, biasRegularizer and activityRegularizer; saved as tfjs's own `L1L2`. */
export type L1L2 = ReturnType<typeof tf.regularizers.l1l2>;

/** l1 and l2 default to 0.01, the Keras default. @throws ArgumentError for a factor that is no number of at least 0 */
export const l1 = ({ l1 = 0.01 }: { l1?: number } = {}): L1L2 => l1l2({ l1 });
export const l2 = ({ l2 = 0.01 }: { l2?: number } = {}): L1L2 => l1l2({ l2 });

/** A factor that is left out is 0. @throws ArgumentError for a factor that is no number of at least 0 */
export function l1l2({ l1 = 0, l2 = 0 }: { l1?: number; l2?: number } = {}): L1L2 {
  for (const [name, value] of Object.entries({ l1, l2 })) {
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) throw new ArgumentError(`regularizers: ${name}`, value, 'a number of at least 0');
  }
  return Object.assign(tf.regularizers.l1l2({ l1, l2 }), { apply: (w: Tensor) => penalty(w, l1, l2) });
}
