/**
 * The connections of a matrix view, and their form inside a payload.
 *
 * | form | when | size |
 * |---|---|---|
 * | `full` | every cell connected | nothing |
 * | `bits` | one bit a cell, row by row, lowest bit first | cells / 6 characters |
 * | `degrees` + `columns` | CSR: connections per input, then ascending output indices | 1.3, 2.7 or 5.3 characters each |
 * | `gaps` | distances between connections, see rice.ts | about 2 characters each at one in 1,000 cells |
 * | `tiles` | exact counts per tile, for what is larger than a payload | see tiles.ts |
 *
 * Numbers are base64 of little-endian integers of 1, 2 or 4 bytes; the width follows from the length.
 */
import { outDegree, type MaskData } from '../mask-data.js';
import { base64Length, decodeBase64, decodeFloats, decodeUints, encodeBase64, encodeFloats, encodeUints, widthFor } from './base64.js';
import { fullMask } from './full-mask.js';
import { PayloadError, type Fields } from './payload.js';
import { decodeRice, encodeRice, riceLength } from './rice.js';
import { tileGrid, type Tiles } from './tiles.js';

/** More do not fit into a payload, so their gaps are not even counted. */
const MAX_GAPS = 1 << 20;
/** A full matrix larger than this is sent as tiles: whoever reads it would have to allocate its edges. */
export const MAX_FULL_CELLS = 1 << 20;

export type ConnectionsJson =
  | { readonly full: true }
  | { readonly bits: string }
  | { readonly degrees: string; readonly columns: string }
  | { readonly gaps: string }
  | { readonly tiles: TilesJson };

export interface TilesJson {
  readonly down: number;
  readonly across: number;
  readonly counts: string;
  readonly extremes?: string;
}

/** Characters of the smallest exact form; Infinity when there is none. */
export function exactLength(mask: MaskData): number {
  return Math.min(...exactForms(mask).map(({ length }) => length));
}

/** The smallest exact form. Call it only when `exactLength` fits. */
export function encodeExact(mask: MaskData): ConnectionsJson {
  const forms = exactForms(mask);
  const best = forms.reduce((a, b) => (b.length < a.length ? b : a));
  return best.encode();
}

interface Form {
  readonly length: number;
  encode(): ConnectionsJson;
}

function exactForms(mask: MaskData): readonly Form[] {
  const cells = mask.inputs * mask.outputs;
  const nnz = mask.indices.length;
  const isFull = nnz === cells && cells <= MAX_FULL_CELLS && mask.inputs <= MAX_FULL_CELLS;
  const sparse = base64Length(nnz * widthFor(mask.outputs - 1)) + base64Length(mask.inputs * widthFor(mask.outputs));
  return [
    { length: isFull ? 0 : Infinity, encode: () => ({ full: true }) },
    { length: base64Length(Math.ceil(cells / 8)), encode: () => ({ bits: encodeBase64(toBits(mask)) }) },
    ...(nnz <= MAX_GAPS && mask.inputs <= MAX_FULL_CELLS ? [{ length: base64Length(riceLength(mask)), encode: () => ({ gaps: encodeBase64(encodeRice(mask)) }) }] : []),
    { length: sparse, encode: () => ({ degrees: encodeUints(outDegree(mask)), columns: encodeUints(mask.indices) }) },
  ];
}

function toBits(mask: MaskData): Uint8Array {
  const bits = new Uint8Array(Math.ceil((mask.inputs * mask.outputs) / 8));
  for (let i = 0; i < mask.inputs; i++) {
    for (let at = mask.indptr[i] ?? 0; at < (mask.indptr[i + 1] ?? 0); at++) {
      const cell = i * mask.outputs + (mask.indices[at] ?? 0);
      bits[cell >> 3] = (bits[cell >> 3] ?? 0) | (1 << (cell & 7));
    }
  }
  return bits;
}

export function encodeTiles(tiles: Tiles): ConnectionsJson {
  const { down, across, counts, extremes } = tiles;
  return { tiles: { down, across, counts: encodeUints(counts), ...(extremes && { extremes: encodeFloats(extremes) }) } };
}

/** Edges or tiles; throws a PayloadError that says what is wrong. */
export function decodeConnections(fields: Fields, shape: Shape): { readonly edges: MaskData } | { readonly tiles: Tiles } {
  if (fields.has('tiles')) return { tiles: decodeTiles(fields.object('tiles'), shape) };
  if (fields.has('full')) return { edges: readFull(shape) };
  if (fields.has('gaps')) return { edges: fromGaps(fields.text('gaps'), shape) };
  if (fields.has('bits')) return { edges: fromBits(fields.text('bits'), shape) };
  return { edges: fromSparse(fields, shape) };
}

export interface Shape {
  readonly inputs: number;
  readonly outputs: number;
  readonly nnz: number;
}

function readFull({ inputs, outputs, nnz }: Shape): MaskData {
  const cells = inputs * outputs;
  if (cells > MAX_FULL_CELLS || inputs > MAX_FULL_CELLS || nnz !== cells) throw new PayloadError(`a full matrix of ${inputs} × ${outputs} with ${nnz} connections is not one that Patchbay sends`);
  return fullMask(inputs, outputs);
}

function fromBits(text: string, { inputs, outputs, nnz }: Shape): MaskData {
  const bits = decodeBase64(text);
  const cells = inputs * outputs;
  if (!bits || bits.length !== Math.ceil(cells / 8)) throw new PayloadError(`"bits" does not hold ${inputs} × ${outputs} cells`);
  if (inputs > cells) throw new PayloadError('a matrix without outputs has no bits');
  const indptr = new Uint32Array(inputs + 1);
  const indices: number[] = [];
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      const cell = i * outputs + j;
      if (((bits[cell >> 3] ?? 0) >> (cell & 7)) & 1) indices.push(j);
    }
    indptr[i + 1] = indices.length;
  }
  if (indices.length !== nnz) throw new PayloadError(`it announces ${nnz} connections and holds ${indices.length}`);
  return { inputs, outputs, indptr, indices: Uint32Array.from(indices) };
}

function fromGaps(text: string, shape: Shape): MaskData {
  const bytes = decodeBase64(text);
  // Its rows may be more than its characters: as with "bits", what is empty is not worth the memory.
  if (bytes && shape.inputs > MAX_FULL_CELLS) throw new PayloadError(`"gaps" is for at most ${MAX_FULL_CELLS} inputs, it announces ${shape.inputs}`);
  const mask = bytes && decodeRice(bytes, shape);
  if (!mask) throw new PayloadError(`"gaps" does not hold ${shape.nnz} connections of ${shape.inputs} × ${shape.outputs} cells`);
  return mask;
}

function fromSparse(fields: Fields, { inputs, outputs, nnz }: Shape): MaskData {
  // The texts are there already; no array below is longer than they are.
  const degrees = decodeUints(fields.text('degrees'), inputs);
  const indices = decodeUints(fields.text('columns'), nnz);
  if (!degrees) throw new PayloadError(`"degrees" does not hold ${inputs} numbers`);
  if (!indices) throw new PayloadError(`"columns" does not hold ${nnz} numbers`);
  const indptr = new Uint32Array(inputs + 1);
  let at = 0;
  for (let i = 0; i < inputs; i++) {
    const end = at + (degrees[i] ?? 0);
    if (end > nnz) throw new PayloadError(`it announces ${nnz} connections and its degrees sum to more`);
    for (let previous = -1; at < end; at++) {
      const j = indices[at] ?? 0;
      if (j >= outputs || j <= previous) throw new PayloadError(`input ${i} is connected to output ${j}, which is out of order or range`);
      previous = j;
    }
    indptr[i + 1] = at;
  }
  if (at !== nnz) throw new PayloadError(`it announces ${nnz} connections and holds ${at}`);
  return { inputs, outputs, indptr, indices };
}

function decodeTiles(fields: Fields, { inputs, outputs, nnz }: Shape): Tiles {
  const down = fields.count('down');
  const across = fields.count('across');
  if (down === 0 || across === 0) throw new PayloadError('a tile has no cells');
  const { rows, columns } = tileGrid(inputs, outputs, down, across);
  const counts = decodeUints(fields.text('counts'), rows * columns);
  if (!counts) throw new PayloadError(`"counts" does not hold ${rows} × ${columns} tiles`);
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== nnz) throw new PayloadError(`it announces ${nnz} connections and its tiles hold ${sum}`);
  if (!fields.has('extremes')) return { down, across, rows, columns, counts };
  const extremes = decodeFloats(fields.text('extremes'), rows * columns);
  if (!extremes) throw new PayloadError(`"extremes" does not hold ${rows} × ${columns} weights`);
  return { down, across, rows, columns, counts, extremes };
}
