/** The arithmetic of a masked layer on plain arrays. Sums run in float64 and are rounded once, to float32. */

/** A sparse matrix by target: target t collects from the sources `indices[indptr[t]] … indices[indptr[t + 1] - 1]`. */
export interface Gathering {
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/**
 * target[b, t] = sum over the connections k of t of source[b, indices[k]] * values[k], in O(nnz * batch).
 *
 * Only connected sources are read, so NaN or Inf in any other reaches nothing.
 *
 * @param source [batch, sources], row by row
 * @param target [batch, targets], is overwritten
 */
export function gatherProduct(source: Float32Array, sources: number, by: Gathering, target: Float32Array, targets: number): void {
  const { indptr, indices, values } = by;
  const batch = targets === 0 ? 0 : target.length / targets;
  let b = 0;
  // Four rows at a time: one read of an index and a weight serves four products.
  for (; b + 4 <= batch; b += 4) {
    const from = b * sources;
    for (let t = 0; t < targets; t++) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      const end = indptr[t + 1] ?? 0;
      for (let k = indptr[t] ?? 0; k < end; k++) {
        const at = from + (indices[k] ?? 0);
        const value = values[k] ?? 0;
        sum0 += (source[at] ?? 0) * value;
        sum1 += (source[at + sources] ?? 0) * value;
        sum2 += (source[at + 2 * sources] ?? 0) * value;
        sum3 += (source[at + 3 * sources] ?? 0) * value;
      }
      const to = b * targets + t;
      target[to] = sum0;
      target[to + targets] = sum1;
      target[to + 2 * targets] = sum2;
      target[to + 3 * targets] = sum3;
    }
  }
  for (; b < batch; b++) {
    for (let t = 0; t < targets; t++) {
      let sum = 0;
      const end = indptr[t + 1] ?? 0;
      for (let k = indptr[t] ?? 0; k < end; k++) sum += (source[b * sources + (indices[k] ?? 0)] ?? 0) * (values[k] ?? 0);
      target[b * targets + t] = sum;
    }
  }
}

/**
 * Gradient of the live weights: result[k] = sum over b of x[b, i] * dy[b, j] for connection k = (i, j), in O(nnz * batch).
 *
 * @param x [batch, inputs]
 * @param dy [batch, outputs]
 */
export function weightGradient(
  x: Float32Array,
  dy: Float32Array,
  batch: number,
  mask: { inputs: number; outputs: number; indptr: Uint32Array; indices: Uint32Array },
): Float32Array {
  const result = new Float32Array(mask.indices.length);
  const xByInput = byFeature(x, batch, mask.inputs);
  const dyByOutput = byFeature(dy, batch, mask.outputs);
  for (let i = 0; i < mask.inputs; i++) {
    const end = mask.indptr[i + 1] ?? 0;
    const row = i * batch;
    for (let k = mask.indptr[i] ?? 0; k < end; k++) {
      const column = (mask.indices[k] ?? 0) * batch;
      // Four sums, so that an addition need not wait for the one before it.
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let b = 0;
      for (; b + 4 <= batch; b += 4) {
        sum0 += (xByInput[row + b] ?? 0) * (dyByOutput[column + b] ?? 0);
        sum1 += (xByInput[row + b + 1] ?? 0) * (dyByOutput[column + b + 1] ?? 0);
        sum2 += (xByInput[row + b + 2] ?? 0) * (dyByOutput[column + b + 2] ?? 0);
        sum3 += (xByInput[row + b + 3] ?? 0) * (dyByOutput[column + b + 3] ?? 0);
      }
      for (; b < batch; b++) sum0 += (xByInput[row + b] ?? 0) * (dyByOutput[column + b] ?? 0);
      result[k] = sum0 + sum1 + (sum2 + sum3);
    }
  }
  return result;
}

/** [batch, features] -> [features, batch], so that the sums over the batch read memory in order. */
function byFeature(values: Float32Array, batch: number, features: number): Float32Array {
  if (batch <= 1) return values;
  const result = new Float32Array(values.length);
  for (let b = 0; b < batch; b++) {
    for (let f = 0; f < features; f++) result[f * batch + b] = values[b * features + f] ?? 0;
  }
  return result;
}
