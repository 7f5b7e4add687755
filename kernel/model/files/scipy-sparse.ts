import type { MaskData } from '../mask-data.js';
import { csrFromEdges, shapeProblem } from './csr.js';
import { ONLY_0_AND_1, quoted } from './mask-file-error.js';
import type { NpyArray } from './npy-array.js';
import type { Member } from './npz-member.js';

const REWRITE = 'Write it again with scipy.sparse.save_npz.';

/** Grows as edges are found; a stored 0 is no connection, as SciPy's own arithmetic has it. */
class Edges {
  readonly rows: number[] = [];
  readonly columns: number[] = [];

  constructor(readonly inputs: number, readonly outputs: number, readonly data: Member, readonly values: NpyArray) {}

  add(i: number, j: number, place: number): void {
    const value = this.values.at(place);
    if (value === 1) {
      this.rows.push(i);
      this.columns.push(j);
    } else if (value !== 0) {
      this.data.fail(`byte ${this.values.byteOf(place)}`, `the value of the entry [${i}, ${j}] is ${value}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
    }
  }

  mask(): MaskData {
    const result = csrFromEdges(this.inputs, this.outputs, Uint32Array.from(this.rows), Uint32Array.from(this.columns));
    if ('mask' in result) return result.mask;
    const [i, j] = [this.rows[result.duplicate], this.columns[result.duplicate]];
    return this.data.fail('', `the entry [${i}, ${j}] is stored twice`, 'A connection is there or not; in Python: matrix.sum_duplicates(), then matrix.data[:] = 1.');
  }
}

/**
 * The sparse matrix of an archive that `scipy.sparse.save_npz` wrote; entries in any order, a stored 0 is no connection.
 *
 * @param format csr, csc, coo, bsr or dia
 * @param named the array of that name; throws when the archive has none
 * @throws MaskFileError with array and byte
 */
export function readScipySparse(format: string, named: (name: string) => Member, has: (name: string) => boolean): MaskData {
  const shapeOf = named('shape');
  const sides = numbers(shapeOf.array());
  const [inputs = 0, outputs = 0] = sides;
  if (sides.length !== 2) return shapeOf.fail('', `the shape is (${sides.join(', ')}), and a mask has 2 dimensions`, 'Save a matrix of shape (inputs, outputs).');
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) return shapeOf.fail('', problem, 'Save a matrix of shape (inputs, outputs).');
  const data = named('data');
  const edges = new Edges(inputs, outputs, data, data.array());
  if (format === 'csr' || format === 'csc') readCompressed(edges, format === 'csr', named);
  else if (format === 'coo') readCoordinates(edges, named, has);
  else if (format === 'bsr') readBlocks(edges, named);
  else if (format === 'dia') readDiagonals(edges, named);
  else return named('format').fail('', `the format is ${quoted(format)}, not csr, csc, coo, bsr or dia`, 'Convert it first: matrix.tocsr().');
  return edges.mask();
}

const numbers = (array: NpyArray): number[] => Array.from({ length: array.length }, (_, k) => array.at(k));

function rank(member: Member, array: NpyArray, dimensions: number): NpyArray {
  if (array.shape.length === dimensions) return array;
  return member.fail('in the header', `the array has ${array.shape.length} dimensions, expected ${dimensions}`, REWRITE);
}

/** Checks an index and returns it. */
function index(member: Member, array: NpyArray, place: number, limit: number): number {
  const value = array.at(place);
  if (Number.isInteger(value) && value >= 0 && value < limit) return value;
  return member.fail(`byte ${array.byteOf(place)}`, `index ${place} is ${value}, not a whole number from 0 to ${limit - 1}`, REWRITE);
}

/** Calls `visit` for every stored index of CSR, CSC or BSR: major and minor index, and its number. */
function forEachStored(named: (name: string) => Member, majors: number, minors: number, stored: number, visit: (major: number, minor: number, k: number) => void): void {
  const starts = named('indptr');
  const indptr = rank(starts, starts.array(), 1);
  const inner = named('indices');
  const indices = rank(inner, inner.array(), 1);
  if (indptr.length !== majors + 1) starts.fail('in the header', `the array has ${indptr.length} entries, expected ${majors + 1}`, REWRITE);
  const limit = Math.min(indices.length, stored);
  let from = index(starts, indptr, 0, 1);
  for (let major = 0; major < majors; major++) {
    const to = index(starts, indptr, major + 1, limit + 1);
    if (to < from) starts.fail(`byte ${indptr.byteOf(major + 1)}`, `index ${major + 1} is ${to}, less than the one before it, ${from}`, REWRITE);
    for (let k = from; k < to; k++) visit(major, index(inner, indices, k, minors), k);
    from = to;
  }
}

function readCompressed(edges: Edges, byRow: boolean, named: (name: string) => Member): void {
  rank(edges.data, edges.values, 1);
  const [majors, minors] = byRow ? [edges.inputs, edges.outputs] : [edges.outputs, edges.inputs];
  forEachStored(named, majors, minors, edges.values.length, (major, minor, k) => {
    if (byRow) edges.add(major, minor, k);
    else edges.add(minor, major, k);
  });
}

/** `row` and `col`, or the `coords` [2, entries] of newer files. */
function readCoordinates(edges: Edges, named: (name: string) => Member, has: (name: string) => boolean): void {
  rank(edges.data, edges.values, 1);
  const together = has('coords');
  const [rowsOf, columnsOf] = together ? [named('coords'), named('coords')] : [named('row'), named('col')];
  const [rows, columns] = [rowsOf, columnsOf].map((member) => rank(member, member.array(), together ? 2 : 1));
  if (rows === undefined || columns === undefined) return;
  const [axisStride = 0, stride = 1] = together ? rows.strides : [0, 1];
  for (const [member, array] of [[rowsOf, rows], [columnsOf, columns]] as const) {
    const found = array.shape.at(-1) ?? 0;
    if (found !== edges.values.length) member.fail('in the header', `the array has ${found} entries, data has ${edges.values.length}`, REWRITE);
  }
  for (let k = 0; k < edges.values.length; k++) {
    edges.add(index(rowsOf, rows, k * stride, edges.inputs), index(columnsOf, columns, axisStride + k * stride, edges.outputs), k);
  }
}

/** Compressed rows of dense blocks: data [blocks, rows, columns]. */
function readBlocks(edges: Edges, named: (name: string) => Member): void {
  const { shape, strides } = rank(edges.data, edges.values, 3);
  const [blocks = 0, height = 1, width = 1] = shape;
  const [blockStride = 0, rowStride = 0, columnStride = 0] = strides;
  const [blockRows, blockColumns] = [edges.inputs / height, edges.outputs / width];
  if (!Number.isInteger(blockRows) || !Number.isInteger(blockColumns)) {
    edges.data.fail('in the header', `blocks of (${height}, ${width}) do not divide the shape (${edges.inputs}, ${edges.outputs})`, REWRITE);
  }
  forEachStored(named, blockRows, blockColumns, blocks, (blockRow, blockColumn, k) => {
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < width; c++) edges.add(blockRow * height + r, blockColumn * width + c, k * blockStride + r * rowStride + c * columnStride);
    }
  });
}

/** Whole diagonals: data [diagonals, columns]; entry [d, j] stands in column j, and in row j - offset. */
function readDiagonals(edges: Edges, named: (name: string) => Member): void {
  const { shape, strides } = rank(edges.data, edges.values, 2);
  const [diagonals = 0, width = 0] = shape;
  const [diagonalStride = 0, columnStride = 0] = strides;
  const member = named('offsets');
  const offsets = rank(member, member.array(), 1);
  if (offsets.length !== diagonals) member.fail('in the header', `the array has ${offsets.length} entries, data has ${diagonals} diagonals`, REWRITE);
  for (let d = 0; d < diagonals; d++) {
    const offset = offsets.at(d);
    if (!Number.isInteger(offset)) member.fail(`byte ${offsets.byteOf(d)}`, `offset ${d} is ${offset}, no whole number`, REWRITE);
    for (let j = Math.max(0, offset); j < Math.min(width, edges.outputs, edges.inputs + offset); j++) edges.add(j - offset, j, d * diagonalStride + j * columnStride);
  }
}
