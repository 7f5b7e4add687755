/**
 * A mask in few bytes: the gaps between its connections, counted row by row, as LEB128 variable-length integers, deflated
 * (RFC 1951) and in base64. About a byte a connection at 5 % density, and next to nothing where the wiring is regular.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The two arrays of a compressed sparse row matrix, as `Mask.toJSON` gives them. */
export interface Rows {
  readonly indptr: readonly number[];
  readonly indices: readonly number[];
}

export interface PackedMask {
  readonly rows: number;
  /** At least the last connected column and one: what a row counts for in the gaps. */
  readonly columns: number;
  readonly connections: number;
  readonly gaps: string;
}

/** @returns undefined when the arrays are not rows with ascending columns: such a one is kept as it is */
export function packMask({ indptr, indices }: Rows): PackedMask | undefined {
  const rows = indptr.length - 1;
  if (indptr[0] !== 0 || indptr.at(-1) !== indices.length || !indices.every(isIndex)) return undefined;
  const columns = indices.reduce((most, column) => Math.max(most, column + 1), 0);
  const bytes: number[] = [];
  let next = 0;
  for (let row = 0; row < rows; row++) {
    for (let k = indptr[row] ?? 0; k < (indptr[row + 1] ?? 0); k++) {
      const place = row * columns + (indices[k] ?? 0);
      if (place < next) return undefined;
      pushVarint(bytes, place - next);
      next = place + 1;
    }
    if ((indptr[row + 1] ?? 0) < (indptr[row] ?? 0)) return undefined;
  }
  return { rows, columns, connections: indices.length, gaps: deflateRawSync(Uint8Array.from(bytes), { level: 9 }).toString('base64') };
}

/** @throws Error when the bytes do not hold the connections that they should */
export function unpackMask({ rows, columns, connections, gaps }: PackedMask): { indptr: number[]; indices: number[] } {
  const bytes = inflateRawSync(Buffer.from(gaps, 'base64'));
  const indptr = new Array<number>(rows + 1).fill(0);
  const indices: number[] = [];
  let at = 0;
  let next = 0;
  while (at < bytes.length) {
    let gap = 0;
    let byte = 128;
    for (let scale = 1; byte >= 128; scale *= 128) {
      byte = bytes[at++] ?? 0;
      gap += (byte % 128) * scale;
    }
    const place = next + gap;
    const row = Math.floor(place / columns);
    indices.push(place - row * columns);
    indptr[row + 1] = (indptr[row + 1] ?? 0) + 1;
    next = place + 1;
  }
  if (indices.length !== connections || indptr.length !== rows + 1) throw new Error(`a mask of ${connections} connections in ${rows} rows is damaged`);
  for (let row = 0; row < rows; row++) indptr[row + 1] = (indptr[row] ?? 0) + (indptr[row + 1] ?? 0);
  return { indptr, indices };
}

const isIndex = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32;

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
