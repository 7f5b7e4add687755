import type { MaskData } from '../mask-data.js';
import { csrFromDense, csrFromEdges, shapeProblem } from './csr.js';
import { findJsonError } from './json-syntax.js';
import { at, MaskFileError, ONLY_0_AND_1, quoted } from './mask-file-error.js';

const FORMS = 'Write rows of 0 and 1 such as [[1,0],[0,1]], {"shape": [2,2], "edges": [[0,0],[1,1]]}, or what mask.toJSON() gives.';

/**
 * Reads a mask from JSON: nested 0/1 or boolean arrays; `{shape, edges: [[i, j], …]}`; `{shape, rows, cols}`;
 * `{shape, indptr, indices}` (CSR, or CSC with `format: "csc"`). Shapes are [inputs, outputs], indices count from 0.
 *
 * @throws MaskFileError with line and column of a syntax error, or the path of a wrong value
 */
export function readJson(file: string, text: string): MaskData {
  const value = parse(file, text.replace(/^\uFEFF/, ''));
  const fail: Fail = (path, problem, remedy = FORMS) => {
    throw new MaskFileError(file, path === '' ? '' : `at ${path}`, problem, remedy);
  };
  if (Array.isArray(value)) return fromRows(value, fail);
  if (typeof value !== 'object' || value === null) return fail('', `the file holds ${shown(value)}, no mask`);
  const source = new Map<string, unknown>(Object.entries(value));
  const [inputs, outputs] = readShape(source.get('shape'), fail);
  if (source.has('edges')) return fromEdges(inputs, outputs, source.get('edges'), fail);
  if (source.has('rows') && source.has('cols')) {
    const rows = indices(source.get('rows'), inputs, 'rows', fail);
    const columns = indices(source.get('cols'), outputs, 'cols', fail);
    if (rows.length !== columns.length) fail('cols', `${columns.length} columns for ${rows.length} rows`, 'Give both one index per connection.');
    return unique(inputs, outputs, rows, columns, (k) => `rows[${k}]`, fail);
  }
  if (source.has('indptr') && source.has('indices')) return fromCompressed(inputs, outputs, source, fail);
  return fail('', `the object has the keys ${[...source.keys()].map((key) => quoted(key)).join(', ')}, and edges, rows and cols, or indptr and indices are needed`);
}

type Fail = (path: string, problem: string, remedy?: string) => never;

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = findJsonError(text);
    if (where === undefined) throw new MaskFileError(file, '', `the file is no JSON (${error instanceof Error ? error.message : String(error)})`, FORMS);
    const before = text.slice(0, where.offset).split(/\r\n|\n|\r/);
    const found = where.offset >= text.length ? 'the file ends' : `there is ${quoted(text.slice(where.offset, where.offset + 12))}`;
    throw new MaskFileError(file, at(before.length, (before.at(-1)?.length ?? 0) + 1), `${found} where JSON needs ${where.expected}`, FORMS);
  }
}

const shown = (value: unknown): string => quoted(JSON.stringify(value) ?? 'nothing');

function readShape(shape: unknown, fail: Fail): readonly [number, number] {
  const sides: readonly unknown[] = Array.isArray(shape) ? shape : [];
  const [inputs, outputs] = sides;
  if (sides.length !== 2 || typeof inputs !== 'number' || typeof outputs !== 'number') {
    return fail('shape', `the shape is ${shown(shape)}, not two whole numbers`, 'Write "shape": [inputs, outputs].');
  }
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) fail('shape', problem, 'Write "shape": [inputs, outputs].');
  return [inputs, outputs];
}

function fromRows(rows: readonly unknown[], fail: Fail): MaskData {
  const first = rows[0];
  const outputs = Array.isArray(first) ? first.length : 0;
  const problem = shapeProblem(rows.length, outputs);
  if (problem !== undefined) fail('', problem);
  const on = rows.map((row: unknown, i) => {
    if (!Array.isArray(row)) return fail(`[${i}]`, `the row is ${shown(row)}, not an array`);
    if (row.length !== outputs) fail(`[${i}]`, `the row has ${row.length} entries, row 0 has ${outputs}`, 'Give every row one entry per output.');
    return row.map((entry: unknown, j) => {
      if (entry === 1 || entry === true) return true;
      if (entry === 0 || entry === false) return false;
      return fail(`[${i}][${j}]`, `the entry is ${shown(entry)}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
    });
  });
  return csrFromDense(rows.length, outputs, (i, j) => on[i]?.[j] === true);
}

function fromEdges(inputs: number, outputs: number, edges: unknown, fail: Fail): MaskData {
  if (!Array.isArray(edges)) return fail('edges', `the edges are ${shown(edges)}, not an array`);
  const rows = new Uint32Array(edges.length);
  const columns = new Uint32Array(edges.length);
  edges.forEach((edge: unknown, k) => {
    if (!Array.isArray(edge) || edge.length !== 2) return fail(`edges[${k}]`, `the edge is ${shown(edge)}`, 'Write [input, output].');
    rows[k] = index(edge[0], inputs, `edges[${k}][0]`, fail);
    columns[k] = index(edge[1], outputs, `edges[${k}][1]`, fail);
  });
  return unique(inputs, outputs, rows, columns, (k) => `edges[${k}]`, fail);
}

function fromCompressed(inputs: number, outputs: number, source: ReadonlyMap<string, unknown>, fail: Fail): MaskData {
  const format = source.get('format') ?? 'csr';
  if (format !== 'csr' && format !== 'csc') return fail('format', `the format is ${shown(format)}`, 'Write "csr" or "csc".');
  const [major, minor] = format === 'csr' ? [inputs, outputs] : [outputs, inputs];
  const minors = indices(source.get('indices'), minor, 'indices', fail);
  const starts = indices(source.get('indptr'), minors.length + 1, 'indptr', fail);
  if (starts.length !== major + 1) fail('indptr', `indptr has ${starts.length} entries, and ${format} of [${inputs}, ${outputs}] has ${major + 1}`, 'Give it one entry more than there are rows (columns for csc).');
  if (starts[0] !== 0 || starts[major] !== minors.length) fail('indptr', `indptr goes from ${starts[0]} to ${starts[major]}`, `It goes from 0 to the number of indices, ${minors.length}.`);
  const majors = new Uint32Array(minors.length);
  for (let m = 0; m < major; m++) {
    const [from = 0, to = 0] = [starts[m], starts[m + 1]];
    if (to < from) fail(`indptr[${m + 1}]`, `${to} is less than the entry before it, ${from}`, 'indptr never falls.');
    majors.fill(m, from, to);
  }
  return unique(inputs, outputs, format === 'csr' ? majors : minors, format === 'csr' ? minors : majors, (k) => `indices[${k}]`, fail);
}

function unique(inputs: number, outputs: number, rows: Uint32Array, columns: Uint32Array, path: (k: number) => string, fail: Fail): MaskData {
  const result = csrFromEdges(inputs, outputs, rows, columns);
  if ('mask' in result) return result.mask;
  const k = result.duplicate;
  return fail(path(k), `the connection [${rows[k]}, ${columns[k]}] stands in the file before`, 'Remove one of the two: a connection is there or not.');
}

function indices(values: unknown, limit: number, name: string, fail: Fail): Uint32Array {
  if (!Array.isArray(values)) return fail(name, `it is ${shown(values)}, not an array`);
  return Uint32Array.from(values, (value: unknown, k) => index(value, limit, `${name}[${k}]`, fail));
}

function index(value: unknown, limit: number, path: string, fail: Fail): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < limit) return value;
  return fail(path, `the index is ${shown(value)}, not a whole number from 0 to ${limit - 1}`, 'Indices count from 0.');
}
