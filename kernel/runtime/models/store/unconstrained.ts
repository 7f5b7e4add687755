/** tfjs applies a constraint to weights that are set or loaded; here, as in Keras, it acts after a step of training. */
import type { LayerVariable, LayersModel, Tensor, io } from '@tensorflow/tfjs';
import { variableOf } from '../../layers/mask-update.js';
import { tf } from '../../tf/tfjs.js';

/** Sets those of a layer's variables that have a constraint of tfjs once more, as they were given. */
export function setUnconstrained(variables: readonly LayerVariable[], values: readonly Tensor[]): void {
  variables.forEach((variable, k) => {
    const value = values[k];
    if (variable.constraint && value) variableOf(variable).assign(value);
  });
}

/** The same for a model that tfjs has loaded from `artifacts`. */
export function loadUnconstrained(model: LayersModel, { weightData, weightSpecs }: io.ModelArtifacts): void {
  const constrained = model.weights.filter((variable) => variable.constraint);
  if (constrained.length === 0 || !weightData || !weightSpecs) return;
  const values = tf.io.decodeWeights(weightData, weightSpecs);
  setUnconstrained(constrained, constrained.flatMap((variable) => values[variable.originalName] ?? []));
  tf.dispose(values);
}
