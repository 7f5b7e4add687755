/** Everything that `Mask.from` reads, turned into CSR. */
import type { Tensor } from '@tensorflow/tfjs';
import { csrFromDense, csrFromEdges } from '../../model/files/csr.js';
import type { MaskData } from '../../model/mask-data.js';
import { ArgumentError, checkOptions, describe, wholeNumber } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';

export type Shape2D = readonly [inputs: number, outputs: number];
type Bit = number | boolean;
type IndexArray = readonly number[] | Uint32Array | Int32Array | Uint16Array | Uint8Array;
type NumberArray = Float32Array | Float64Array | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array;

export interface EdgeSource { readonly shape: Shape2D; readonly edges: Iterable<readonly [number, number] | readonly number[]> }
export interface CoordinateSource { readonly shape: Shape2D; readonly rows: IndexArray; readonly cols: IndexArray }
/** Compressed rows (`csr`, the default) or columns (`csc`), as in SciPy; indices need not be sorted. */
export interface CompressedSource { readonly shape: Shape2D; readonly indptr: IndexArray; readonly indices: IndexArray; readonly format?: 'csr' | 'csc' }

/** What `Mask.from` takes, besides another Mask. True or 1 means connected; rows are inputs, columns are outputs. */
export type MaskSource =
  | readonly (readonly Bit[] | NumberArray)[]
  | readonly string[]
  | string
  | Tensor
  | NumberArray
  | ((i: number, j: number) => Bit)
  | EdgeSource
  | CoordinateSource
  | CompressedSource;

export interface FromOptions {
  /** [inputs, outputs]; needed for a function and for a typed array. */
  readonly shape?: Shape2D;
  /** What to do with an edge that is listed twice (default: `error`). */
  readonly duplicates?: 'error' | 'merge';
}

/** @throws ArgumentError that says which entry is wrong, and where */
export function readSource(source: unknown, options: FromOptions = {}): MaskData {
  checkOptions('Mask.from', options, ['shape', 'duplicates']);
  return ofShape(read(source, options), options.shape);
}

/** @param shape what `Mask.from` was told, if it was. @throws Error when the mask has another one */
export function ofShape(data: MaskData, shape: unknown): MaskData {
  if (shape === undefined) return data;
  const [inputs, outputs] = checkShape('Mask.from: shape', shape);
  if (inputs !== data.inputs || outputs !== data.outputs) throw new Error(`Mask.from: shape is [${inputs}, ${outputs}], but the source has shape [${data.inputs}, ${data.outputs}]`);
  return data;
}

function read(source: unknown, options: FromOptions): MaskData {
  const { duplicates = 'error' } = options;
  if (duplicates !== 'error' && duplicates !== 'merge') throw new ArgumentError('Mask.from: duplicates', duplicates, `'error' or 'merge'`);
  if (typeof source === 'string') return fromDrawing(source.split('\n'));
  if (typeof source === 'function') {
    // SAFETY: `function` is the one thing that can be called; what it returns is checked entry by entry.
    return fromPredicate(source as (i: number, j: number) => unknown, options.shape);
  }
  if (isTensor(source)) return fromTensor(source);
  if (ArrayBuffer.isView(source) && !(source instanceof DataView)) return fromFlat(source, options.shape);
  if (Array.isArray(source)) return source.length > 0 && source.every((row) => typeof row === 'string') ? fromDrawing(source) : fromRows(source);
  if (typeof source === 'object' && source !== null) return fromObject(source, duplicates);
  throw new ArgumentError('Mask.from: source', source, 'nested arrays, a drawing, edges, CSR, a tensor, a typed array or a function');
}

/** Checks [inputs, outputs]. */
export function checkShape(argument: string, shape: unknown): Shape2D {
  if (!Array.isArray(shape) || shape.length !== 2) throw new ArgumentError(argument, shape, 'a pair [inputs, outputs]');
  return [wholeNumber(`${argument}[0] (inputs)`, shape[0], 1, 2 ** 31), wholeNumber(`${argument}[1] (outputs)`, shape[1], 1, 2 ** 31)];
}

function bit(value: unknown, i: number, j: number): boolean {
  if (value === 1 || value === true) return true;
  if (value === 0 || value === false) return false;
  throw new ArgumentError(`Mask.from: the entry in row ${i}, column ${j}`, value, '0 or 1 (or false, true)');
}

function fromRows(rows: readonly unknown[]): MaskData {
  const lengthOf = (i: number): number => {
    const row = rows[i];
    if (Array.isArray(row)) return row.length;
    if (ArrayBuffer.isView(row) && 'length' in row && typeof row.length === 'number') return row.length;
    throw new ArgumentError(`Mask.from: row ${i}`, row, 'an array of 0 and 1', 'Rows are inputs, columns are outputs, as in [[1, 0], [0, 1], [1, 1]].');
  };
  if (rows.length === 0) throw new ArgumentError('Mask.from: source', rows, 'at least one row');
  const outputs = lengthOf(0);
  for (let i = 0; i < rows.length; i++) {
    if (lengthOf(i) !== outputs) throw new Error(`Mask.from: row ${i} has ${lengthOf(i)} entries, but row 0 has ${outputs}`);
  }
  if (outputs === 0) throw new Error('Mask.from: the rows are empty; a mask has at least one output');
  // SAFETY: lengthOf found an array or a typed array in every row; entries are checked by `bit`.
  const checked = rows as readonly ArrayLike<unknown>[];
  return csrFromDense(rows.length, outputs, (i, j) => bit(checked[i]?.[j], i, j));
}

function fromDrawing(lines: readonly string[]): MaskData {
  const rows = lines.map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '');
  return fromRows(rows.map((row, i) => Array.from(row, (character, j) => {
    if ('Xx1#'.includes(character)) return 1;
    if ('.0'.includes(character)) return 0;
    throw new ArgumentError(`Mask.from: the character in line ${i}, column ${j} of the drawing`, character, 'X, 1 or # (connected), or . or 0 (not connected)');
  })));
}

function fromPredicate(predicate: (i: number, j: number) => unknown, shape: unknown): MaskData {
  const [inputs, outputs] = checkShape('Mask.from: shape', shape);
  return csrFromDense(inputs, outputs, (i, j) => bit(predicate(i, j), i, j));
}

const isTensor = (value: unknown): value is Tensor => value instanceof tf.Tensor;

function fromTensor(tensor: Tensor): MaskData {
  const [inputs, outputs] = tensor.shape;
  if (tensor.rank !== 2 || inputs === undefined || outputs === undefined) {
    throw new ArgumentError('Mask.from: source', tensor, 'a tensor of rank 2', `Its shape is [${tensor.shape.join(', ')}].`);
  }
  return fromFlat(tensor.dataSync(), checkShape('Mask.from: the shape of the tensor', tensor.shape));
}

function fromFlat(values: ArrayBufferView, shape: unknown): MaskData {
  const [inputs, outputs] = checkShape('Mask.from: shape', shape);
  // SAFETY: every ArrayBufferView but DataView is array-like; entries are checked by `bit`.
  const flat = values as unknown as ArrayLike<unknown>;
  if (flat.length !== inputs * outputs) throw new Error(`Mask.from: shape [${inputs}, ${outputs}] needs ${inputs * outputs} entries, the array has ${flat.length}`);
  return csrFromDense(inputs, outputs, (i, j) => bit(flat[i * outputs + j], i, j));
}

function fromObject(source: object, duplicates: 'error' | 'merge'): MaskData {
  if (!('shape' in source)) throw new ArgumentError('Mask.from: source', source, 'an object with `shape` and `edges`, `rows` and `cols`, or `indptr` and `indices`');
  const shape = checkShape('Mask.from: source.shape', source.shape);
  if ('edges' in source) {
    const rows: number[] = [];
    const cols: number[] = [];
    for (const edge of list('Mask.from: source.edges', source.edges)) {
      const pair: readonly unknown[] = list(`Mask.from: edge ${rows.length}`, edge);
      if (pair.length !== 2) throw new ArgumentError(`Mask.from: edge ${rows.length}`, edge, 'a pair [input, output]');
      const [i, j] = pair;
      rows.push(wholeNumber(`Mask.from: the input of edge ${rows.length}`, i, 0, shape[0] - 1));
      cols.push(wholeNumber(`Mask.from: the output of edge ${cols.length}`, j, 0, shape[1] - 1));
    }
    return fromCoordinates(shape, Uint32Array.from(rows), Uint32Array.from(cols), duplicates);
  }
  if ('rows' in source && 'cols' in source) {
    const rows = indices('Mask.from: source.rows', source.rows, shape[0]);
    const cols = indices('Mask.from: source.cols', source.cols, shape[1]);
    if (rows.length !== cols.length) throw new Error(`Mask.from: rows has ${rows.length} entries, cols has ${cols.length}`);
    return fromCoordinates(shape, rows, cols, duplicates);
  }
  if ('indptr' in source && 'indices' in source) {
    const format = 'format' in source ? source.format : 'csr';
    if (format !== 'csr' && format !== 'csc') throw new ArgumentError('Mask.from: source.format', format, `'csr' or 'csc'`);
    const [major, minor] = format === 'csr' ? shape : [shape[1], shape[0]];
    const inner = indices('Mask.from: source.indices', source.indices, minor);
    const outer = expand(source.indptr, major, inner.length);
    return format === 'csr' ? fromCoordinates(shape, outer, inner, duplicates) : fromCoordinates(shape, inner, outer, duplicates);
  }
  throw new ArgumentError('Mask.from: source', source, '`edges`, `rows` and `cols`, or `indptr` and `indices` beside its `shape`');
}

function fromCoordinates([inputs, outputs]: Shape2D, rows: Uint32Array, cols: Uint32Array, duplicates: 'error' | 'merge'): MaskData {
  const result = csrFromEdges(inputs, outputs, rows, cols);
  if ('mask' in result) return result.mask;
  const k = result.duplicate;
  if (duplicates === 'error') {
    throw new Error(`Mask.from: edge ${k}, [${rows[k]}, ${cols[k]}], is listed twice; {duplicates: 'merge'} counts it once`);
  }
  const keys = Float64Array.from(rows, (row, n) => row * outputs + (cols[n] ?? 0)).sort();
  const unique = keys.filter((key, n) => n === 0 || key !== keys[n - 1]);
  const merged = csrFromEdges(inputs, outputs, Uint32Array.from(unique, (key) => Math.floor(key / outputs)), Uint32Array.from(unique, (key) => key % outputs));
  if ('mask' in merged) return merged.mask;
  throw new Error('Mask.from: merging left a duplicate');
}

function list(argument: string, value: unknown): readonly unknown[] {
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) {
    // SAFETY: the test above is what makes a value iterable; its items are checked by the caller.
    return Array.from(value as Iterable<unknown>);
  }
  throw new ArgumentError(argument, value, 'an array');
}

function indices(argument: string, value: unknown, below: number): Uint32Array {
  const items = list(argument, value);
  const result = new Uint32Array(items.length);
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0 || item >= below) {
      throw new ArgumentError(`${argument}[${k}]`, item, `a whole number from 0 to ${below - 1}`);
    }
    result[k] = item;
  }
  return result;
}

/** indptr -> the major index of every entry. */
function expand(value: unknown, major: number, nnz: number): Uint32Array {
  const indptr = indices('Mask.from: source.indptr', value, nnz + 1);
  if (indptr.length !== major + 1) throw new Error(`Mask.from: indptr has ${indptr.length} entries, expected ${major + 1}`);
  if (indptr[0] !== 0 || indptr[major] !== nnz) throw new Error(`Mask.from: indptr goes from ${describe(indptr[0])} to ${describe(indptr[major])}, expected 0 to ${nnz} (the number of indices)`);
  const outer = new Uint32Array(nnz);
  for (let i = 0; i < major; i++) {
    const from = indptr[i] ?? 0;
    const to = indptr[i + 1] ?? 0;
    if (to < from) throw new Error(`Mask.from: indptr[${i + 1}] is ${to}, less than indptr[${i}], which is ${from}`);
    outer.fill(i, from, to);
  }
  return outer;
}
