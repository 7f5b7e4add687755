import type { LayersModel } from '@tensorflow/tfjs';
import { maskedLayers } from '../rewire/rewiring.js';
import { tf } from '../tf/tfjs.js';

/** Weights, and the masks that they belong to, of one moment of a run. */
export interface Remembered {
  restore(): void;
  dispose(): void;
}

export function rememberWeights(model: Pick<LayersModel, 'weights' | 'layers'>): Remembered {
  const masks = maskedLayers(model).map((layer) => ({ layer, mask: layer.mask }));
  // A clone shares its data until the variable is assigned anew: no copy.
  const values = model.weights.map((variable) => ({ variable, value: tf.keep(tf.clone(variable.read())) }));
  return {
    restore: () => {
      for (const { layer, mask } of masks) if (layer.mask !== mask) layer.updateMask(mask);
      for (const { variable, value } of values) variable.write(value);
    },
    dispose: () => tf.dispose(values.map(({ value }) => value)),
  };
}
