/** The matrix of connections that a layer holds. */
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { denseLook, MAX_ENTRIES } from '../../model/look/dense-matrix.js';
import type { MatrixLook } from '../../model/look/look.js';
import { matrixLook } from '../../model/look/matrix-look.js';
import { MaskedLayer } from '../layers/masked-layer.js';

export type Layer = LayersModel['layers'][number];

/** Whether the layer has a kernel to draw; a stock layer must be built. */
export const hasMatrix = (layer: Layer): boolean => layer instanceof MaskedLayer || kernelOf(layer) !== undefined;

/** [inputs, outputs]: of a convolution, the places of its window times the channels that come in, and its filters. */
export function matrixShape(layer: Layer): readonly [number, number] {
  return layer instanceof MaskedLayer ? [layer.mask.inputs, layer.mask.outputs] : sides(kernelOf(layer)?.shape ?? []);
}

/** How many weights of the kernel there are. */
export function weightCount(layer: Layer): number {
  if (layer instanceof MaskedLayer) return layer.mask.nnz;
  const [inputs, outputs] = matrixShape(layer);
  return inputs * outputs;
}

/**
 * A masked layer's live weights; of a stock layer, those that are not 0.
 *
 * @returns undefined for a layer without a kernel, or one that is not built
 * @throws Error when the kernel is too large to be looked through
 */
export function layerMatrix(layer: Layer, title: string): MatrixLook | undefined {
  const what = `a ${layer.getClassName()} layer`;
  if (layer instanceof MaskedLayer) {
    const isBuilt = layer.weights.length > 0;
    const note = isBuilt ? undefined : 'The layer has no weights yet: they come when it is added to a model that knows its input shape.';
    return matrixLook(layer.mask.data, { what, title, note }, isBuilt ? layer.liveWeights() : undefined);
  }
  const kernel = kernelOf(layer);
  if (kernel === undefined) return undefined;
  const [inputs, outputs] = sides(kernel.shape);
  if (inputs * outputs > MAX_ENTRIES) throw new Error(`its kernel has ${inputs} × ${outputs} weights, more than can be looked through at once`);
  const values = kernel.dataSync();
  const { note: _, ...look } = denseLook(inputs, outputs, (i, j) => values[i * outputs + j] ?? 0, { what, title });
  return { ...look, note: `A ${layer.getClassName()} layer has no mask: every weight that is not 0 counts as a connection.` };
}

/** The first weight, when it has rows and columns. */
function kernelOf(layer: Layer): Tensor | undefined {
  const [kernel] = layer.weights ?? [];
  return kernel !== undefined && kernel.shape.length >= 2 ? kernel.read() : undefined;
}

function sides(shape: readonly (number | null)[]): readonly [number, number] {
  const outputs = shape.at(-1) ?? 0;
  return [shape.slice(0, -1).reduce<number>((product, extent) => product * (extent ?? 1), 1), outputs];
}
