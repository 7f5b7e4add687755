import type { LayersModel, Tensor } from '@tensorflow/tfjs';

/** What `read` makes of each weight of a layer in the dense layout, in tfjs's order; the tensors are not to be kept. */
export function mapWeights<T>(layer: LayersModel['layers'][number], read: (weight: Tensor, position: number) => T): T[] {
  return layer.getWeights().map((weight, position) => {
    const result = read(weight, position);
    // A masked layer gives copies of its weights, another one its variables.
    if (!layer.weights.some((variable) => variable.read() === weight)) weight.dispose();
    return result;
  });
}
