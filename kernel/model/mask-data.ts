/**
 * The connections of a layer as plain data: CSR by input row.
 *
 * Input i is connected to the outputs `indices[indptr[i]] … indices[indptr[i + 1] - 1]`, ascending and distinct.
 * `indptr` has `inputs + 1` entries, `indices` has nnz. Shapes are [inputs, outputs], as in Keras and tfjs.
 */
export interface MaskData {
  readonly inputs: number;
  readonly outputs: number;
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
}

/** Number of connections. */
export const nnz = (mask: MaskData): number => mask.indices.length;

/** Connections per input row. */
export function outDegree(mask: MaskData): Uint32Array {
  const degrees = new Uint32Array(mask.inputs);
  for (let i = 0; i < mask.inputs; i++) degrees[i] = (mask.indptr[i + 1] ?? 0) - (mask.indptr[i] ?? 0);
  return degrees;
}

/** Connections per output column. */
export function inDegree(mask: MaskData): Uint32Array {
  const degrees = new Uint32Array(mask.outputs);
  for (const j of mask.indices) degrees[j] = (degrees[j] ?? 0) + 1;
  return degrees;
}

/** `3×2 mask: 4 of 6 connected (66.7 %)` */
export function maskSentence(mask: MaskData): string {
  const cells = mask.inputs * mask.outputs;
  const percent = cells === 0 ? 0 : (100 * nnz(mask)) / cells;
  return `${mask.inputs}×${mask.outputs} mask: ${nnz(mask)} of ${cells} connected (${percent.toFixed(1)} %)`;
}

/** The same connections by output column, and where each of them stands in CSR order. */
export interface ByColumn {
  /** `outputs + 1` entries: the connections of output j are those from `indptr[j]` to `indptr[j + 1] - 1`. */
  readonly indptr: Uint32Array;
  /** Inputs, ascending within an output. */
  readonly indices: Uint32Array;
  /** Position in CSR order, which is that of packed weights. */
  readonly order: Uint32Array;
}

/** CSR -> CSC, in O(nnz + inputs + outputs). */
export function byColumn(mask: MaskData): ByColumn {
  const indptr = new Uint32Array(mask.outputs + 1);
  for (const j of mask.indices) indptr[j + 1] = (indptr[j + 1] ?? 0) + 1;
  for (let j = 0; j < mask.outputs; j++) indptr[j + 1] = (indptr[j + 1] ?? 0) + (indptr[j] ?? 0);
  const next = indptr.slice();
  const indices = new Uint32Array(mask.indices.length);
  const order = new Uint32Array(mask.indices.length);
  for (let i = 0; i < mask.inputs; i++) {
    const end = mask.indptr[i + 1] ?? 0;
    for (let k = mask.indptr[i] ?? 0; k < end; k++) {
      const j = mask.indices[k] ?? 0;
      const place = next[j] ?? 0;
      next[j] = place + 1;
      indices[place] = i;
      order[place] = k;
    }
  }
  return { indptr, indices, order };
}

/** Calls `visit` for every connection in CSR order; k counts them. */
export function forEachEdge(mask: MaskData, visit: (i: number, j: number, k: number) => void): void {
  let k = 0;
  for (let i = 0; i < mask.inputs; i++) {
    const end = mask.indptr[i + 1] ?? 0;
    for (; k < end; k++) visit(i, mask.indices[k] ?? 0, k);
  }
}
