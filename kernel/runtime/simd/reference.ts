/**
 * The scalar reference of the kernels, on plain arrays [batch, features], in float64: what they are compared with, and by how
 * much they may differ. An error of float32 sums is bounded by a small multiple of eps · Σ|a||b|, cancellation or not.
 */
import type { Connections } from './structure.js';

export interface Reference {
  readonly values: Float64Array;
  /** Σ|a||b| of each value. */
  readonly magnitudes: Float64Array;
}

/** @param weights in CSR order of the mask */
export function productReference({ sources, targets, indptr, indices, order }: Connections, weights: ArrayLike<number>, x: ArrayLike<number>, batch: number, bias?: ArrayLike<number>): Reference {
  const values = new Float64Array(batch * targets);
  const magnitudes = new Float64Array(batch * targets);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < targets; t++) {
      let sum = bias?.[t] ?? 0;
      let size = Math.abs(sum);
      for (let k = indptr[t] ?? 0; k < (indptr[t + 1] ?? 0); k++) {
        const term = (weights[order?.[k] ?? k] ?? 0) * (x[b * sources + (indices[k] ?? 0)] ?? 0);
        sum += term;
        size += Math.abs(term);
      }
      values[b * targets + t] = sum;
      magnitudes[b * targets + t] = size;
    }
  }
  return { values, magnitudes };
}

/** @param own [batch, targets] @param other [batch, sources] @returns values in CSR order of the mask */
export function sampledReference({ sources, targets, indptr, indices, order }: Connections, own: ArrayLike<number>, other: ArrayLike<number>, batch: number): Reference {
  const values = new Float64Array(indices.length);
  const magnitudes = new Float64Array(indices.length);
  for (let t = 0; t < targets; t++) {
    for (let k = indptr[t] ?? 0; k < (indptr[t + 1] ?? 0); k++) {
      const at = order?.[k] ?? k;
      for (let b = 0; b < batch; b++) {
        const term = (own[b * targets + t] ?? 0) * (other[b * sources + (indices[k] ?? 0)] ?? 0);
        values[at] = (values[at] ?? 0) + term;
        magnitudes[at] = (magnitudes[at] ?? 0) + Math.abs(term);
      }
    }
  }
  return { values, magnitudes };
}
