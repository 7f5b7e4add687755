import type { MaskData } from '../../model/mask-data.js';

/**
 * Where the connections of a mask stood in another mask of the same shape, in O(connections).
 *
 * @returns [nnz of `now`]: the position in CSR order of `before`, or −1 for a connection that it does not have
 */
export function survivingPositions(before: MaskData, now: MaskData): Int32Array {
  const positions = new Int32Array(now.indices.length).fill(-1);
  for (let i = 0; i < now.inputs; i++) {
    let old = before.indptr[i] ?? 0;
    const oldEnd = before.indptr[i + 1] ?? 0;
    const end = now.indptr[i + 1] ?? 0;
    for (let k = now.indptr[i] ?? 0; k < end; k++) {
      const j = now.indices[k] ?? 0;
      while (old < oldEnd && (before.indices[old] ?? 0) < j) old++;
      if (old < oldEnd && before.indices[old] === j) positions[k] = old;
    }
  }
  return positions;
}
