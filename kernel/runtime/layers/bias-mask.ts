import type { Tensor1D } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';

export type BiasMaskSource = 'auto' | readonly (number | boolean)[] | Uint8Array | Float32Array | Int32Array | Tensor1D;

/**
 * @param kind of the layer, for messages
 * @returns a mask [1, outputs], or null when every output has a bias
 * @throws ArgumentError when an entry is neither 0 nor 1, or the length is not the layer's number of outputs
 */
export function readBiasMask(source: BiasMaskSource | null | undefined, connections: Mask, kind = 'maskedDense'): Mask | null {
  if (source === undefined || source === null) return null;
  const expected = `'auto' or a 0/1 vector of ${connections.outputs} entries, one an output`;
  const entries: unknown = source === 'auto' ? Array.from(connections.inDegree(), (degree) => degree > 0) : source instanceof tf.Tensor ? source.dataSync() : source;
  if (!isVector(entries) || entries.length !== connections.outputs) throw new ArgumentError(`${kind}: biasMask`, source, expected);
  const row = Array.from(entries, (entry, j) => {
    if (entry === 0 || entry === 1 || typeof entry === 'boolean') return Number(entry);
    throw new ArgumentError(`${kind}: biasMask[${j}]`, entry, '0 or 1');
  });
  return Mask.from([row]);
}

function isVector(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
