/** What the variables view says about values of the runtime and of tfjs. */
import type { Tensor } from '@tensorflow/tfjs';
import type { ValueDescription } from '../../protocol/host.js';
import { MaskedLayer } from '../layers/masked-layer.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { isA } from './is-a.js';
import { layerText, modelText, optimizerText } from './layers-text.js';
import { valuesOf } from './tensor-text.js';

const MAX_PREVIEWED_VALUES = 10;

/** Undefined for a value of another kind. Runs nothing of the user's: classes are told by their prototypes. */
export function describeValue(value: object): ValueDescription | undefined {
  if (isA(value, Mask)) return describeMask(value);
  // SAFETY: a tensor of any rank.
  if (isA(value, tf.Tensor)) return describeTensor(value as Tensor);
  if (isA(value, MaskedLayer)) return { preview: layerText(value), isMask: true, wiring: 'layer' };
  if (isA(value, tf.LayersModel)) return { preview: modelText(value), wiring: 'model' };
  if (isA(value, tf.layers.Layer)) return { preview: layerText(value) };
  if (isA(value, tf.Optimizer)) return { preview: optimizerText(value) };
  return undefined;
}

function describeMask(mask: Mask): ValueDescription {
  const { inputs, outputs, indptr, indices } = mask.data;
  return { preview: Mask.prototype.toString.call(mask), shape: [inputs, outputs], bytes: indptr.byteLength + indices.byteLength, isMask: true, wiring: 'mask' };
}

/** Few values are read; many would have to come from where the backend keeps them. */
function describeTensor(tensor: Tensor): ValueDescription {
  const { shape, dtype, size, isDisposed } = tensor;
  const preview = size <= MAX_PREVIEWED_VALUES || isDisposed ? valuesOf(tensor).replace(/\s+/g, ' ') : dtype;
  return { preview, shape: [...shape], ...(shape.length === 2 && !isDisposed ? { wiring: 'matrix' } : {}), ...(dtype === 'string' ? {} : { bytes: size * tf.util.bytesPerElement(dtype) }) };
}
