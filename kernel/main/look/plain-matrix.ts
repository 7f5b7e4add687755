/**
 * Matrices of the language itself: rows of numbers or booleans, numbers with a shape, and lists of connections with a shape.
 * Only own data properties are read, so nothing of the user's runs.
 */
import { types } from 'node:util';
import { csrFromEdges, shapeProblem } from '../../model/files/csr.js';
import { denseLook, MAX_ENTRIES } from '../../model/look/dense-matrix.js';
import type { MatrixLook } from '../../model/look/look.js';
import { matrixLook } from '../../model/look/matrix-look.js';
import { dataOf, isObject, lengthOf } from '../variables/intrinsics.js';

export type Matrix = { readonly look: MatrixLook } | { readonly problem: string };

type Row = readonly unknown[] | NodeJS.TypedArray;

/** Undefined for a value that does not look like a matrix; a problem (what follows "is …") for one that has gone wrong. */
export function plainMatrix(value: unknown, title: string): Matrix | undefined {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  return Array.isArray(value) ? rowsMatrix(value, title) : shapedMatrix(value, title);
}

/** True for what `plainMatrix` has a look at: quick, for a list of variables. */
export function isLikeMatrix(value: unknown): boolean {
  if (!isObject(value) || types.isProxy(value)) return false;
  if (!Array.isArray(value)) return sidesOf(value) !== undefined;
  const row = rowOf(dataOf(value, '0'));
  return row !== undefined && numberOf(entry(row, 0)) !== undefined;
}

function rowsMatrix(list: readonly unknown[], title: string): Matrix | undefined {
  const first = rowOf(dataOf(list, '0'));
  if (first === undefined) return undefined;
  const outputs = lengthOf(first) ?? 0;
  if (outputs === 0) return { problem: 'an array of empty rows, and a mask has at least one output' };
  if (list.length * outputs > MAX_ENTRIES) return { problem: tooMany(list.length, outputs) };
  const rows: Row[] = [];
  for (let i = 0; i < list.length; i++) {
    const row = rowOf(dataOf(list, String(i)));
    if (row === undefined || lengthOf(row) !== outputs) return { problem: `an array whose row ${i} ${row === undefined ? 'is no row' : `has ${lengthOf(row)} entries`}, while row 0 has ${outputs}` };
    for (let j = 0; j < outputs; j++) {
      if (numberOf(entry(row, j)) === undefined) return { problem: `an array whose entry in row ${i}, column ${j} is no number` };
    }
    rows.push(row);
  }
  const at = (i: number, j: number): number => {
    const row = rows[i];
    return row === undefined ? 0 : (numberOf(entry(row, j)) ?? 0);
  };
  return { look: denseLook(rows.length, outputs, at, { what: `an array of ${rows.length} rows of ${outputs}`, title }) };
}

function shapedMatrix(value: object, title: string): Matrix | undefined {
  const sides = sidesOf(value);
  if (sides === undefined) return undefined;
  const [inputs, outputs] = sides;
  const wrong = shapeProblem(inputs, outputs);
  if (wrong !== undefined) return { problem: `an object with a shape, but ${wrong}` };
  const numbers = rowOf(dataOf(value, 'data') ?? dataOf(value, 'values'));
  if (numbers !== undefined) return flatMatrix(numbers, inputs, outputs, title);
  const edges = edgesOf(value, inputs, outputs);
  if (edges === undefined || 'problem' in edges) return edges;
  const made = csrFromEdges(inputs, outputs, edges.rows, edges.columns);
  if ('duplicate' in made) return { problem: `a list of connections in which the one from ${edges.rows[made.duplicate]} to ${edges.columns[made.duplicate]} stands twice` };
  return { look: matrixLook(made.mask, { what: 'a list of connections', title }) };
}

function flatMatrix(numbers: Row, inputs: number, outputs: number, title: string): Matrix {
  const count = lengthOf(numbers) ?? 0;
  if (count !== inputs * outputs) return { problem: `an object of shape [${inputs}, ${outputs}], but with ${count} numbers` };
  if (count > MAX_ENTRIES) return { problem: tooMany(inputs, outputs) };
  for (let k = 0; k < count; k++) if (numberOf(entry(numbers, k)) === undefined) return { problem: `an object of numbers whose entry ${k} is no number` };
  return { look: denseLook(inputs, outputs, (i, j) => numberOf(entry(numbers, i * outputs + j)) ?? 0, { what: `numbers of shape [${inputs}, ${outputs}]`, title }) };
}

type Edges = { readonly rows: Uint32Array; readonly columns: Uint32Array } | { readonly problem: string };

/** Of `{ edges }`, `{ rows, cols }`, or `{ indptr, indices }` with `format: 'csc'` or without: what `Mask.from` takes. */
function edgesOf(value: object, inputs: number, outputs: number): Edges | undefined {
  const list = rowOf(dataOf(value, 'edges'));
  if (list !== undefined) {
    const pairs = Array.from({ length: lengthOf(list) ?? 0 }, (_, k) => rowOf(entry(list, k)));
    const side = (at: number): unknown[] => pairs.map((pair) => (pair === undefined ? undefined : entry(pair, at)));
    return bothOf(side(0), side(1), inputs, outputs);
  }
  const [rows, columns] = [numbersOf(dataOf(value, 'rows')), numbersOf(dataOf(value, 'cols'))];
  if (rows !== undefined && columns !== undefined) return bothOf(rows, columns, inputs, outputs);
  const [starts, indices] = [numbersOf(dataOf(value, 'indptr')), numbersOf(dataOf(value, 'indices'))];
  if (starts === undefined || indices === undefined) return undefined;
  const isByColumn = dataOf(value, 'format') === 'csc';
  const outer = new Array<unknown>(indices.length);
  for (let major = 0; major + 1 < starts.length; major++) outer.fill(major, Number(starts[major]), Number(starts[major + 1]));
  return isByColumn ? bothOf(indices, outer, inputs, outputs) : bothOf(outer, indices, inputs, outputs);
}

function bothOf(rows: readonly unknown[], columns: readonly unknown[], inputs: number, outputs: number): Edges {
  if (rows.length !== columns.length) return { problem: `a list of connections with ${rows.length} rows and ${columns.length} columns` };
  for (let k = 0; k < rows.length; k++) {
    if (!isIndex(rows[k], inputs) || !isIndex(columns[k], outputs)) return { problem: `a list of connections of which number ${k} is none of shape [${inputs}, ${outputs}]` };
  }
  return { rows: Uint32Array.from(rows, Number), columns: Uint32Array.from(columns, Number) };
}

const isIndex = (value: unknown, below: number): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below;

function numbersOf(value: unknown): unknown[] | undefined {
  const list = rowOf(value);
  return list === undefined ? undefined : Array.from({ length: lengthOf(list) ?? 0 }, (_, k) => entry(list, k));
}

function sidesOf(value: object): readonly [number, number] | undefined {
  const shape = rowOf(dataOf(value, 'shape'));
  if (shape === undefined || lengthOf(shape) !== 2) return undefined;
  const [inputs, outputs] = [entry(shape, 0), entry(shape, 1)];
  return typeof inputs === 'number' && typeof outputs === 'number' ? [inputs, outputs] : undefined;
}

function rowOf(value: unknown): Row | undefined {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  return Array.isArray(value) || (types.isTypedArray(value) && !types.isBigInt64Array(value) && !types.isBigUint64Array(value)) ? value : undefined;
}

/** An entry that is a getter is none. */
const entry = (row: Row, at: number): unknown => (Array.isArray(row) ? dataOf(row, String(at)) : row[at]);

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined);

const tooMany = (inputs: number, outputs: number): string => `a matrix of ${inputs} × ${outputs}, more than can be looked through at once. Draw a part of it: show.mask(…) in a cell`;
