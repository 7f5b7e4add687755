import type { Tensor, Variable } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';

const MAX_INLINE_VALUES = 10;

/** `float32 [2, 3]` */
export const kindOf = ({ dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>): string => `${dtype} [${shape.join(', ')}]`;

/** Values as tfjs prints them, cut where there are many: one line for a vector. */
export function valuesOf(tensor: Tensor): string {
  if (tensor.isDisposed) return '(disposed)';
  try {
    // tfjs begins with "Tensor", and indents by 4.
    return tensor.toString().replace(/^Tensor\n/, '').replace(/^ {4}/gm, '').trim();
  } catch (error) {
    return `(its values cannot be read now: ${error instanceof Error ? error.message : String(error)})`;
  }
}

/**
 * `Tensor float32 [2, 2]`, and below it the values; a short vector is one line.
 *
 * @param isWhole false inside another value: then only few values are shown
 */
export function tensorText(tensor: Tensor, isWhole: boolean): string {
  const head = tensor instanceof tf.Variable ? variableHead(tensor as Variable) /* SAFETY: of any rank */ : `Tensor ${kindOf(tensor)}`;
  if (!isWhole && tensor.size > MAX_INLINE_VALUES && !tensor.isDisposed) return head;
  const values = valuesOf(tensor);
  if (!isWhole) return `${head} ${values.replace(/\s+/g, ' ')}`;
  return values.includes('\n') ? `${head}\n${values}` : `${head} ${values}`;
}

const variableHead = (variable: Variable): string => `Variable ${JSON.stringify(variable.name)} ${kindOf(variable)}${variable.trainable ? '' : ', not trainable'}`;
