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
