/**
 * Teaches the models of our tfjs the dense layout: `model.getWeights()` gives and `model.setWeights()` takes [inputs, outputs]
 * kernels of masked layers, as a layer does. A saved model holds the packed weights. Models without masked layers behave as ever.
 */
import type { LayerVariable, LayersModel, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { isPacked, readDense, setDense } from './packed-variable.js';

type Named = { name: string; tensor: Tensor }[];
interface Patched {
  weights: LayerVariable[];
  trainableWeights: LayerVariable[];
  name: string;
  getWeights(trainableOnly?: boolean): Tensor[];
  setWeights(weights: Tensor[]): void;
  getNamedWeights(config?: { trainableOnly?: boolean }): Named;
}

// SAFETY: LayersModel has all of these members; `getNamedWeights` is only hidden by its declaration.
const prototype = tf.LayersModel.prototype as unknown as Patched & LayersModel;
const { getWeights, setWeights, getNamedWeights } = prototype; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`

prototype.getWeights = function (this: Patched, trainableOnly = false) {
  const variables = trainableOnly ? this.trainableWeights : this.weights;
  return variables.some(isPacked) ? variables.map(readDense) : getWeights.call(this, trainableOnly);
};

prototype.setWeights = function (this: Patched, weights) {
  if (!this.weights.some(isPacked)) return setWeights.call(this, weights);
  setDense(`model ${this.name}`, this.weights, weights);
};

prototype.getNamedWeights = function (this: Patched, config) {
  const variables = config?.trainableOnly ? this.trainableWeights : this.weights;
  if (!variables.some(isPacked)) return getNamedWeights.call(this, config);
  return variables.map((variable) => ({ name: variable.originalName, tensor: variable.read() }));
};
