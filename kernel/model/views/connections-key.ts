/**
 * A name for connections that follows from what they are: the same notebook, run again, gives the same names, and a kernel that
 * holds the same connections can answer for an output that an earlier one has drawn.
 */
import type { MaskData } from '../mask-data.js';

const keys = new WeakMap<MaskData, string>();

/** `10000x10000-1f3a09bc`: equal for equal masks. Views that carry it share what the reader points at. */
export function connectionsKey(mask: MaskData): string {
  const known = keys.get(mask);
  if (known !== undefined) return known;
  const key = `${mask.inputs}x${mask.outputs}-${toHex(hashNumbers(mask.indices, hashNumbers(mask.indptr)))}`;
  keys.set(mask, key);
  return key;
}

/** As `connectionsKey`, with the bits of the weights. */
export const weightedKey = (mask: MaskData, weights: Float32Array): string =>
  `${connectionsKey(mask)}-${toHex(hashNumbers(new Uint32Array(weights.buffer, weights.byteOffset, weights.length)))}`;

const toHex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0');

/** MurmurHash3's mixing (Appleby), 32 bits, one number at a time. */
function hashNumbers(values: Uint32Array, seed = values.length): number {
  let hash = seed;
  for (const value of values) {
    const mixed = Math.imul(value, 0xcc9e2d51);
    hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
