import type { Tensor } from '@tensorflow/tfjs';
import { MaskedLayer } from '../../layers/masked-layer.js';
import { tf } from '../../tf/tfjs.js';
import { setUnconstrained } from '../store/unconstrained.js';
import { leavesOf, type BuiltLayer } from './built-layers.js';
import type { Hdf5Dataset } from './hdf5.js';
import type { StoredWeights } from './stored-weights.js';

/** @throws Error that ends the sentence "file …" and names the layer whose weights do not fit */
export function setWeights(layers: readonly BuiltLayer[], stored: StoredWeights): void {
  for (const built of layers.flatMap(leavesOf)) {
    const found = stored.get(built) ?? [];
    const fits = found.length === built.shapes.length && found.every(({ shape }, k) => String(shape) === String(built.shapes[k]));
    if (!fits) throw new Error(`holds weights of shapes ${shown(found.map(({ shape }) => shape))} for layer ${built.name}, which has ${shown(built.shapes)}`);
    const values = found.map(toTensor);
    try {
      built.layer.setWeights(values);
      if (!(built.layer instanceof MaskedLayer)) setUnconstrained(built.layer.weights, values);
    } finally {
      tf.dispose(values);
    }
  }
}

const toTensor = ({ shape, values }: Hdf5Dataset): Tensor => tf.tensor(Float32Array.from(values, Number), [...shape], 'float32');

const shown = (shapes: readonly (readonly number[])[]): string => shapes.map((shape) => `[${shape.join(', ')}]`).join(', ') || 'none';
