/** The layers of a file beside those that TensorFlow.js made of them. */
import type { LayersModel } from '@tensorflow/tfjs';
import { tf } from '../../tf/tfjs.js';
import { mapWeights } from './map-weights.js';
import type { KerasLayer } from './topology.js';

type TfjsLayer = LayersModel['layers'][number];

export interface BuiltLayer extends Pick<KerasLayer, 'name' | 'className'> {
  readonly layer: TfjsLayer;
  /** Of its weights in the dense layout, those that are trained first. */
  readonly shapes: readonly (readonly number[])[];
  /** How many of them are trained. */
  readonly trained: number;
  /** Of a model that is used as a layer. */
  readonly layers?: readonly BuiltLayer[];
}

/** Without input layers, which have no weights, and are not there in a Sequential of TensorFlow.js. */
export function builtLayers(model: LayersModel, layers: readonly KerasLayer[]): BuiltLayer[] {
  return layers
    .filter(({ className }) => className !== 'InputLayer')
    .map(({ name, tfjsName, className, layers: inside }) => {
      const layer = model.getLayer(tfjsName);
      if (inside && layer instanceof tf.LayersModel) return { name, className, layer, shapes: [], trained: 0, layers: builtLayers(layer, inside) };
      const shapes = mapWeights(layer, ({ shape }) => shape);
      return { name, className, layer, shapes, trained: shapes.length - (layer.trainable ? layer.nonTrainableWeights.length : shapes.length) };
    });
}

/** Layers with weights of their own: a model stands for those inside it. */
export const leavesOf = (built: BuiltLayer): BuiltLayer[] => (built.layers ? built.layers.flatMap(leavesOf) : [built]);
