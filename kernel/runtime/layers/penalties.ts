/** Penalties on live weights, with Keras' derivative. */
import type { Tensor } from '@tensorflow/tfjs';
import { penalty } from '../regularizers/penalty.js';
import { tf } from '../tf/tfjs.js';
import type { Regularizer } from './layer-settings.js';

/**
 * The regularizer for packed weights. tfjs takes the derivative of |w| at 0 for −1, so that its L1 penalty moves a live weight of
 * exactly 0, such as a new connection has; Keras takes it for 0, and so does this one. A penalty on no weights is 0: the sum
 * of an empty tensor is not that on wasm.
 */
export function packedRegularizer(inner: Regularizer | null): Regularizer | null {
  if (!inner) return null;
  const exact = l1l2(inner);
  return { apply: (weights) => (weights.size === 0 ? tf.scalar(0) : exact(weights)) };
}

function l1l2(inner: Regularizer): (weights: Tensor) => Tensor {
  // SAFETY: tfjs's L1L2 keeps its two factors in these fields; any other regularizer is called as it is.
  const { l1, l2, getClassName } = inner as { l1?: unknown; l2?: unknown; getClassName?: () => string };
  if (getClassName?.call(inner) !== 'L1L2' || typeof l1 !== 'number' || typeof l2 !== 'number') return (weights) => inner.apply(weights);
  return (weights) => penalty(weights, l1, l2);
}
