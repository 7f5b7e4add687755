import type { LayersModel, Scalar, Sequential, Tensor, Variable } from '@tensorflow/tfjs';
import type { MaskedLayer } from '../layers/masked-layer.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';

export interface Batch {
  readonly x: Tensor | Tensor[];
  readonly y: Tensor | Tensor[];
}
interface Inner {
  optimizer_: unknown;
  makeTrainFunction(): (data: Tensor[]) => Tensor[];
}

/**
 * The gradients that missing connections would have, were they there with weight 0, of the model's own loss, penalties included.
 *
 * @returns in CSR order of `missing`
 */
export function gradientsOn(name: string, model: LayersModel | Sequential, layer: MaskedLayer, missing: Mask, { x, y }: Batch): Float32Array {
  // SAFETY: a compiled Sequential hands its training to the LayersModel in this field; that has these members in tfjs 4.22.
  const inner = (model instanceof tf.Sequential ? (model as unknown as { model?: unknown }).model : model) as Inner | undefined;
  if (!inner?.optimizer_) throw new Error(`${name}.apply: the model ${model.name} is not compiled; its loss is what gradients are measured of`);
  const probe = layer.observeMissing(missing);
  const optimizer = inner.optimizer_;
  // What tfjs trains with is a function that calls its optimizer: one that only measures leaves the weights alone.
  inner.optimizer_ = { minimize: (loss: () => Scalar, _cost: boolean, variables: Variable[]) => tf.variableGrads(loss, variables).value };
  try {
    tf.tidy(() => tf.dispose(inner.makeTrainFunction()([x, y].flat())));
  } finally {
    inner.optimizer_ = optimizer;
    probe.end();
  }
  return probe.gradient;
}
