/** Limits on gradients, as `BaseOptimizer._clip_gradients` of Keras 3 has them. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import type { CommonSettings } from './options.js';

/**
 * - clipNorm c: `g * c / max(|g|, c)`, each gradient by itself
 * - globalClipNorm c: `g * c * min(1 / n, 1 / c)`, n the norm of all gradients together; NaN everywhere when n is not finite
 * - clipValue c: each entry between −c and c
 *
 * @param gradients none of them empty; call it in a `tidy`
 */
export function clip(gradients: Tensor[], { clipNorm, clipValue, globalClipNorm }: CommonSettings): Tensor[] {
  if (clipNorm !== null) return gradients.map((g) => tf.div(tf.mul(g, clipNorm), tf.maximum(tf.sqrt(sumOfSquares(g)), clipNorm)));
  if (clipValue !== null) return gradients.map((g) => tf.clipByValue(g, -clipValue, clipValue));
  if (globalClipNorm === null || gradients.length === 0) return gradients;
  const norm = tf.sqrt(tf.addN(gradients.map(sumOfSquares)));
  const scale = tf.add(tf.mul(globalClipNorm, tf.minimum(tf.div(1, norm), 1 / globalClipNorm)), tf.sub(norm, norm));
  return gradients.map((g) => tf.mul(g, scale));
}

const sumOfSquares = (g: Tensor): Tensor => tf.sum(tf.square(g));
