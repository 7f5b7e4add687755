/** What a payload of tiles says beside their counts: the degree of every unit, and where lone connections are. */
import { inDegree, outDegree, type MaskData } from '../mask-data.js';
import { base64Length, decodeUints, encodeUints, widthFor } from './base64.js';
import { PayloadError, type Fields } from './payload.js';
import { highest } from './tile-counts.js';
import type { Tiles } from './tiles.js';

/** Connections that have a tile to themselves, which hides where in it they are; in CSR order. */
export interface LoneConnections {
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  /** False when more of them have had no room. */
  readonly isComplete: boolean;
}

export interface TileDetail {
  readonly inDegree?: Uint32Array;
  readonly outDegree?: Uint32Array;
  readonly lone?: LoneConnections;
  /** The name under which a kernel answers for what is below these tiles. */
  readonly source?: string;
}

export interface TileDetailJson {
  readonly inDegree?: string;
  readonly outDegree?: string;
  readonly lone?: { readonly count: number; readonly rows: string; readonly columns: string; readonly isComplete: boolean };
  readonly source?: string;
}

/** Degrees may take this part of the room. */
const DEGREES_PART = 0.3;

/** @param room characters; those of the degrees are left out where they would take too much of it */
export function degreesFor(mask: MaskData, room: number): { readonly detail: TileDetail; readonly length: number } {
  const detail = { inDegree: inDegree(mask), outDegree: outDegree(mask) };
  const length = uintsLength(detail.inDegree) + uintsLength(detail.outDegree);
  return length <= room * DEGREES_PART ? { detail, length } : { detail: {}, length: 0 };
}

const uintsLength = (values: Uint32Array): number => base64Length(values.length * widthFor(highest(values)));

/** As many as fit, those with the most empty tiles around them first. */
export function loneConnections(mask: MaskData, tiles: Tiles, room: number): LoneConnections {
  const all = aloneIn(mask, tiles, () => true);
  const width = widthFor(mask.inputs - 1) + widthFor(mask.outputs - 1);
  const fitting = Math.max(0, Math.floor((room * 3) / 4 / width) - 8);
  if (all.rows.length <= fitting) return { ...all, isComplete: true };
  const isolated = aloneIn(mask, tiles, (row, column) => hasEmptyNeighbours(tiles, row, column));
  return { rows: isolated.rows.subarray(0, fitting), columns: isolated.columns.subarray(0, fitting), isComplete: false };
}

function aloneIn(mask: MaskData, tiles: Tiles, accept: (row: number, column: number) => boolean): Omit<LoneConnections, 'isComplete'> {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < mask.inputs; i++) {
    const row = Math.floor(i / tiles.down);
    for (let at = mask.indptr[i] ?? 0; at < (mask.indptr[i + 1] ?? 0); at++) {
      const j = mask.indices[at] ?? 0;
      const column = Math.floor(j / tiles.across);
      if (tiles.counts[row * tiles.columns + column] !== 1 || !accept(row, column)) continue;
      rows.push(i);
      columns.push(j);
    }
  }
  return { rows: Uint32Array.from(rows), columns: Uint32Array.from(columns) };
}

function hasEmptyNeighbours(tiles: Tiles, row: number, column: number): boolean {
  for (let r = Math.max(0, row - 1); r <= Math.min(tiles.rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(tiles.columns - 1, column + 1); c++) {
      if ((r !== row || c !== column) && (tiles.counts[r * tiles.columns + c] ?? 0) > 0) return false;
    }
  }
  return true;
}

export const encodeTileDetail = ({ inDegree: into, outDegree: out, lone, source }: TileDetail): TileDetailJson => ({
  ...(into && { inDegree: encodeUints(into) }),
  ...(out && { outDegree: encodeUints(out) }),
  ...(lone && { lone: { count: lone.rows.length, rows: encodeUints(lone.rows), columns: encodeUints(lone.columns), isComplete: lone.isComplete } }),
  ...(source !== undefined && { source }),
});

/** Throws a PayloadError that says what is wrong. */
export function decodeTileDetail(fields: Fields, { inputs, outputs, nnz }: { readonly inputs: number; readonly outputs: number; readonly nnz: number }, tiles: Tiles): TileDetail {
  const into = fields.has('inDegree') ? degrees(fields, 'inDegree', outputs, nnz) : undefined;
  const out = fields.has('outDegree') ? degrees(fields, 'outDegree', inputs, nnz) : undefined;
  const source = fields.optionalText('source');
  return {
    ...(into && { inDegree: into }),
    ...(out && { outDegree: out }),
    ...(fields.has('lone') && { lone: decodeLone(fields.object('lone'), inputs, outputs, tiles) }),
    ...(source !== undefined && { source }),
  };
}

function degrees(fields: Fields, name: string, units: number, nnz: number): Uint32Array {
  const values = decodeUints(fields.text(name), units);
  if (!values) throw new PayloadError(`"${name}" does not hold ${units} numbers`);
  const sum = values.reduce((total, degree) => total + degree, 0);
  if (sum !== nnz) throw new PayloadError(`it announces ${nnz} connections and "${name}" sums to ${sum}`);
  return values;
}

function decodeLone(fields: Fields, inputs: number, outputs: number, tiles: Tiles): LoneConnections {
  const count = fields.count('count', tiles.counts.length);
  const rows = decodeUints(fields.text('rows'), count);
  const columns = decodeUints(fields.text('columns'), count);
  if (!rows || !columns) throw new PayloadError(`"lone" does not hold ${count} connections`);
  for (const [k, i] of rows.entries()) {
    const j = columns[k] ?? 0;
    const isAlone = i < inputs && j < outputs && tiles.counts[Math.floor(i / tiles.down) * tiles.columns + Math.floor(j / tiles.across)] === 1;
    if (!isAlone) throw new PayloadError(`the lone connection from input ${i} to output ${j} is not alone in a tile`);
  }
  return { rows, columns, isComplete: fields.get('isComplete') === true };
}
