import type { MaskData } from '../mask-data.js';

/** More inputs or outputs than this in a file is taken for a damaged header: the row index alone would be 64 MB. */
export const MAX_SIDE = 1 << 24;

/** Why [inputs, outputs] cannot be the shape of a mask, or undefined when it can. */
export function shapeProblem(inputs: number, outputs: number): string | undefined {
  for (const [name, value] of [['rows (inputs)', inputs], ['columns (outputs)', outputs]] as const) {
    if (!Number.isInteger(value) || value < 0) return `the number of ${name} is ${value}, not a whole number from 1`;
    if (value === 0) return `the number of ${name} is 0, and a mask has at least 1 of each`;
    if (value > MAX_SIDE) return `the number of ${name} is ${value}, more than ${MAX_SIDE}`;
  }
  return undefined;
}

export type CsrResult = { readonly mask: MaskData } | { readonly duplicate: number };

/**
 * CSR out of edges in any order, in O(edges + inputs + outputs).
 *
 * @param rows input of each edge, below `inputs`
 * @param columns output of each edge, below `outputs`; as long as `rows`
 * @returns the mask, or the index of the first edge in reading order that repeats an earlier one
 */
export function csrFromEdges(inputs: number, outputs: number, rows: Uint32Array, columns: Uint32Array): CsrResult {
  if (isAscending(rows, columns)) return { mask: { inputs, outputs, indptr: startsOf(rows, inputs), indices: columns.slice() } };
  // Two stable counting sorts: by column, then by row. Repeated edges end up side by side, the earlier first.
  const byColumn = countingSort(columns, outputs, undefined).order;
  const { order, starts } = countingSort(rows, inputs, byColumn);
  const indices = new Uint32Array(order.length);
  let duplicate = Infinity;
  for (let k = 0; k < order.length; k++) {
    const edge = order[k] ?? 0;
    const before = order[k - 1] ?? 0;
    indices[k] = columns[edge] ?? 0;
    if (k > 0 && rows[edge] === rows[before] && columns[edge] === columns[before]) duplicate = Math.min(duplicate, edge);
  }
  return duplicate === Infinity ? { mask: { inputs, outputs, indptr: starts, indices } } : { duplicate };
}

/** Row by row, each with ascending columns, nothing twice: as most programs write. */
function isAscending(rows: Uint32Array, columns: Uint32Array): boolean {
  for (let k = 1; k < rows.length; k++) {
    const before = rows[k - 1] ?? 0;
    const row = rows[k] ?? 0;
    if (row < before || (row === before && (columns[k] ?? 0) <= (columns[k - 1] ?? 0))) return false;
  }
  return true;
}

/** How many keys are smaller than each of 0 to `count`. */
function startsOf(keys: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let key = 0; key < count; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  return starts;
}

/** Indices of `keys` (or of those in `from`), sorted by key and stable, and where each key starts. */
function countingSort(keys: Uint32Array, count: number, from: Uint32Array | undefined): { order: Uint32Array; starts: Uint32Array } {
  const starts = startsOf(keys, count);
  const next = starts.slice();
  const order = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const index = from === undefined ? k : (from[k] ?? 0);
    const key = keys[index] ?? 0;
    const place = next[key] ?? 0;
    next[key] = place + 1;
    order[place] = index;
  }
  return { order, starts };
}

/** CSR of a dense 0/1 matrix. `isOn(i, j)` is asked once per entry, row by row. */
export function csrFromDense(inputs: number, outputs: number, isOn: (i: number, j: number) => boolean): MaskData {
  const indptr = new Uint32Array(inputs + 1);
  const indices: number[] = [];
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) if (isOn(i, j)) indices.push(j);
    indptr[i + 1] = indices.length;
  }
  return { inputs, outputs, indptr, indices: Uint32Array.from(indices) };
}
