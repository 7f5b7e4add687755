/** Exchanging the masks of variables: planned first, so that what can fail fails before anything has changed. */
import type { LayerVariable, Variable } from '@tensorflow/tfjs';
import type { Mask } from '../mask/mask.js';
import type { Initializer } from './layer-settings.js';
import { moveSlots } from './optimizer-slots.js';
import { changeView, type DenseView } from './packed-variable.js';
import { survivingPositions } from './surviving.js';

export interface Change {
  readonly variable: LayerVariable;
  readonly before: DenseView;
  readonly after: DenseView;
  readonly oldValues: Float32Array;
  readonly newValues: Float32Array;
  /** For each connection of `after`, its place in `before`, or −1. */
  readonly positions: Int32Array;
}

/** @param initializer draws all weights of the new mask; null: a new connection starts at 0 */
export function planChange(variable: LayerVariable, before: DenseView, mask: Mask, initializer: Initializer | null): Change {
  const positions = survivingPositions(before.mask.data, mask.data);
  const oldValues = Float32Array.from(variable.read().dataSync());
  const drawn = initializer && drawAll(initializer, mask.nnz);
  const newValues = Float32Array.from(positions, (position, k) => (position >= 0 ? oldValues[position] : drawn?.[k]) ?? 0);
  return { variable, before, after: { shape: before.shape, mask }, oldValues, newValues, positions };
}

export function applyChanges(changes: readonly Change[]): void {
  try {
    for (const { variable, after, newValues } of changes) changeView(variable, after, newValues);
    for (const { variable, positions } of changes) moveSlots(variableOf(variable), positions);
  } catch (error) {
    for (const { variable, before, oldValues } of changes) changeView(variable, before, oldValues);
    throw error;
  }
}

function drawAll(initializer: Initializer, size: number): Float32Array {
  const drawn = initializer.apply([size], 'float32');
  const values = Float32Array.from(drawn.dataSync());
  drawn.dispose();
  return values;
}

/** The variable that optimizers train. */
export function variableOf(variable: LayerVariable): Variable {
  // SAFETY: what `read` returns is the tf.Variable itself; its declaration says Tensor.
  return variable.read() as Variable;
}
