/** Masks for tests, and fast-check's arbitrary of them. */
import fc from 'fast-check';
import type { MaskData } from '../../kernel/model/mask-data.js';

export function maskWhere(inputs: number, outputs: number, isConnected: (i: number, j: number) => boolean): MaskData {
  const indptr = new Uint32Array(inputs + 1);
  const indices: number[] = [];
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) if (isConnected(i, j)) indices.push(j);
    indptr[i + 1] = indices.length;
  }
  return { inputs, outputs, indptr, indices: Uint32Array.from(indices) };
}

/** `X` is a connection. */
export const maskOf = (...rows: string[]): MaskData => maskWhere(rows.length, rows[0]?.length ?? 0, (i, j) => rows[i]?.[j] === 'X');

export const fullMask = (inputs: number, outputs: number): MaskData => maskWhere(inputs, outputs, () => true);

/** About `density` of the cells, spread by a fixed rule: large masks without walking every cell. */
export function sparseMask(inputs: number, outputs: number, perRow: number): MaskData {
  const indptr = Uint32Array.from({ length: inputs + 1 }, (_, i) => i * perRow);
  const indices = new Uint32Array(inputs * perRow);
  for (let i = 0; i < inputs; i++) {
    const row = new Set<number>();
    for (let k = 0; row.size < perRow; k++) row.add((i * 7919 + k * 104729) % outputs);
    indices.set([...row].sort((a, b) => a - b), i * perRow);
  }
  return { inputs, outputs, indptr, indices };
}

export const anyMask = (largest = 12): fc.Arbitrary<MaskData> =>
  fc.tuple(fc.integer({ min: 1, max: largest }), fc.integer({ min: 1, max: largest }), fc.array(fc.boolean(), { minLength: largest ** 2, maxLength: largest ** 2 }))
    .map(([inputs, outputs, cells]) => maskWhere(inputs, outputs, (i, j) => cells[i * outputs + j] ?? false));

/** As plain objects, for `toEqual`. */
export const plain = ({ inputs, outputs, indptr, indices }: MaskData) => ({ inputs, outputs, indptr: [...indptr], indices: [...indices] });
