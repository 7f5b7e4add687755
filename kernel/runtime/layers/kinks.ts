/**
 * Where an activation has a kink, tfjs and Keras may differ in its derivative right there. A net wired by hand gets there: a unit
 * without inputs has a sum of exactly 0, and whole numbers as weights give whole sums.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';

interface Activation {
  apply(x: Tensor): Tensor;
}

/** tfjs: the derivative of selu from below at 0, and that of relu6 from below at 6. TensorFlow: that from above. */
const AS_KERAS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  selu: (x) => tf.where(tf.greaterEqual(x, 0), tf.mul(x, 1.0507009873554805), tf.selu(x)),
  relu6: (x) => tf.where(tf.greaterEqual(x, 6), tf.fill(x.shape, 6), tf.relu6(x)),
};

/** The activation with Keras' derivative at its kinks. Values are tfjs's. */
export function withKerasKinks(inner: Activation): Activation {
  const name = inner instanceof tf.serialization.Serializable ? inner.getClassName() : '';
  const apply = Object.hasOwn(AS_KERAS, name) ? AS_KERAS[name] : undefined;
  return apply ? { apply: (x) => tf.tidy(() => apply(x)) } : inner;
}
