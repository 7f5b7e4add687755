/**
 * Connections as Rice-coded gaps: the cells without a connection before each connection, row by row. Where connections are spread
 * evenly this is within 4 % of the least that can be (Rice 1979; Golomb 1966 for gaps of a geometric distribution), two thirds of
 * 16-bit columns at one connection in a thousand cells.
 */
import type { MaskData } from '../mask-data.js';

/** No gap costs more than this in unary; longer ones are written out. */
const ESCAPE = 24;
const ESCAPED_BITS = 48;

/** Low bits of a gap that are written as they are: log2 of about 0.69 times the mean gap. */
export function riceBits(cells: number, nnz: number): number {
  return nnz === 0 ? 0 : Math.max(0, Math.min(30, Math.round(Math.log2(Math.max(1, (Math.LN2 * cells) / nnz)))));
}

function* gaps({ inputs, outputs, indptr, indices }: MaskData): Generator<number> {
  let previous = -1;
  for (let i = 0; i < inputs; i++) {
    for (let at = indptr[i] ?? 0; at < (indptr[i + 1] ?? 0); at++) {
      const cell = i * outputs + (indices[at] ?? 0);
      yield cell - previous - 1;
      previous = cell;
    }
  }
}

/** Bytes that `encodeRice` makes. */
export function riceLength(mask: MaskData): number {
  const low = riceBits(mask.inputs * mask.outputs, mask.indices.length);
  const unit = 2 ** low;
  let bits = 0;
  for (const gap of gaps(mask)) {
    const high = Math.floor(gap / unit);
    bits += high < ESCAPE ? high + 1 + low : ESCAPE + ESCAPED_BITS;
  }
  return Math.ceil(bits / 8);
}

export function encodeRice(mask: MaskData): Uint8Array {
  const bytes = new Uint8Array(riceLength(mask));
  const low = riceBits(mask.inputs * mask.outputs, mask.indices.length);
  const unit = 2 ** low;
  let at = 0;
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--, at++) {
      const isSet = bit < 32 ? (value >>> bit) & 1 : Math.floor(value / 2 ** bit) % 2;
      if (isSet) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
    }
  };
  for (const gap of gaps(mask)) {
    const high = Math.floor(gap / unit);
    for (let ones = Math.min(high, ESCAPE); ones > 0; ones--) put(1, 1);
    if (high < ESCAPE) put(gap % unit, low + 1);
    else put(gap, ESCAPED_BITS);
  }
  return bytes;
}

/** Undefined when the bytes end early or name a cell outside of the matrix. */
export function decodeRice(bytes: Uint8Array, { inputs, outputs, nnz }: { readonly inputs: number; readonly outputs: number; readonly nnz: number }): MaskData | undefined {
  const cells = inputs * outputs;
  const low = riceBits(cells, nnz);
  // A connection takes a bit at least: no array is longer than the bytes allow.
  if (nnz > 8 * bytes.length) return undefined;
  const length = 8 * bytes.length;
  const indices = new Uint32Array(nnz);
  const indptr = new Uint32Array(inputs + 1);
  let at = 0;
  let cell = -1;
  const read = (count: number): number => {
    let value = 0;
    for (const end = at + count; at < end; at++) value = 2 * value + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  for (let k = 0; k < nnz; k++) {
    let high = 0;
    while (high < ESCAPE && at < length && read(1) === 1) high++;
    cell += 1 + (high < ESCAPE ? high * 2 ** low + read(low) : read(ESCAPED_BITS));
    if (at > length || cell >= cells) return undefined;
    indices[k] = cell % outputs;
    const row = Math.floor(cell / outputs);
    indptr[row + 1] = k + 1;
  }
  for (let i = 0; i < inputs; i++) indptr[i + 1] = Math.max(indptr[i + 1] ?? 0, indptr[i] ?? 0);
  return { inputs, outputs, indptr, indices };
}
