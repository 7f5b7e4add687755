import type { MaskData } from '../mask-data.js';

/** Input i reaches outputs i and i with bit `stage` flipped; n is a power of two above 2 ** stage. */
export function butterflyStage(n: number, stage: number): MaskData {
  const indices = new Uint32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const partner = i ^ (1 << stage);
    indices[2 * i] = Math.min(i, partner);
    indices[2 * i + 1] = Math.max(i, partner);
  }
  return { inputs: n, outputs: n, indptr: Uint32Array.from({ length: n + 1 }, (_, i) => 2 * i), indices };
}
