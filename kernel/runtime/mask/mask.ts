/** A 0/1 connection matrix [inputs, outputs], held as its connections only. */
import type { Tensor2D } from '@tensorflow/tfjs';
import { byColumn, inDegree, maskSentence, outDegree, type ByColumn, type MaskData } from '../../model/mask-data.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { ArgumentError, wholeNumber } from '../argument-error.js';
import { loadMaskFile, saveMaskFile } from '../files/mask-files.js';
import { maskBundle } from '../show/mask-bundle.js';
import { tf } from '../tf/tfjs.js';
import { complement, equal, merge, product, transposed } from './algebra.js';
import { kronecker, select, stackInputs, stackOutputs } from './arrange.js';
import { readOrder, readRange, type Order, type Range } from './selections.js';
import { ofShape, readSource, type CompressedSource, type FromOptions, type MaskSource } from './sources.js';

export type { FromOptions, MaskSource } from './sources.js';

/** The compressed form of a mask: plain arrays, ready for JSON. */
export interface MaskJson {
  shape: [inputs: number, outputs: number];
  indptr: number[];
  indices: number[];
}

/**
 * A mask that was awaited. It is a `Mask` with all its methods; TypeScript alone takes `then` for that of a promise, and its
 * type goes without.
 */
export type AwaitedMask = Omit<Mask, 'then'>;

/**
 * Which inputs reach which outputs of a layer: entry [i, j] is 1 when input i is connected to output j.
 *
 * A mask is immutable, needs O(connections) memory, and copies what it is made from. It may have no connection at all.
 */
export class Mask {
  /** CSR by input row; do not write to it. */
  readonly data: MaskData;
  #columns: ByColumn | undefined;

  private constructor(data: MaskData) {
    this.data = data;
  }

  /**
   * @param source nested arrays of 0/1 or booleans; a drawing (lines of `X`/`1`/`#` and `.`/`0`); a tensor of rank 2; a typed
   *   array or a function `(i, j) => boolean`, both with `options.shape`; `{shape, edges}`; `{shape, rows, cols}`;
   *   `{shape, indptr, indices, format?}`; another Mask
   * @throws ArgumentError when an entry is neither 0 nor 1, an index is out of range or an edge is listed twice: it says which
   */
  static from(source: MaskSource | Mask | AwaitedMask, options?: FromOptions): Mask {
    if (!(source instanceof Mask)) return new Mask(readSource(source, options));
    ofShape(source.data, options?.shape);
    return source;
  }

  /** A mask of CSR data that is already known to be in order (rows ascending and distinct); the arrays are not copied. */
  static ofData(data: MaskData): Mask {
    return new Mask(data);
  }

  static fromJSON(json: MaskJson | string): Mask {
    // SAFETY: whatever the JSON holds is checked by `from`.
    return Mask.from(typeof json === 'string' ? (parsed(json) as CompressedSource) : json);
  }

  /**
   * Reads a mask from a file; the extension says its format: `.mtx` (Matrix Market), `.csv`, `.npy`, `.npz` (a 2-D NumPy array,
   * or a sparse matrix of SciPy) or `.json`. An entry other than 0 and 1 is an error.
   *
   * @param path a path or `file:` URL; a relative path starts at the notebook's folder, in a script at the working directory
   * @throws MaskFileError that says where in the file something is wrong, Error when the file cannot be read
   */
  static async load(path: string | URL): Promise<AwaitedMask> {
    return new Mask(await loadMaskFile(path));
  }

  get inputs(): number {
    return this.data.inputs;
  }

  get outputs(): number {
    return this.data.outputs;
  }

  get shape(): [inputs: number, outputs: number] {
    return [this.data.inputs, this.data.outputs];
  }

  /** Number of connections. */
  get nnz(): number {
    return this.data.indices.length;
  }

  /** Connections per possible connection, 0 to 1. */
  get density(): number {
    return this.nnz / (this.inputs * this.outputs);
  }

  has(i: number, j: number): boolean {
    this.#checkEdge('has', i, j);
    let from = this.data.indptr[i] ?? 0;
    let to = this.data.indptr[i + 1] ?? 0;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const found = this.data.indices[middle] ?? 0;
      if (found === j) return true;
      if (found < j) from = middle + 1;
      else to = middle;
    }
    return false;
  }

  /** The outputs that input i reaches, ascending. */
  row(i: number): number[] {
    wholeNumber('Mask.row: i', i, 0, this.inputs - 1);
    return Array.from(this.data.indices.subarray(this.data.indptr[i], this.data.indptr[i + 1]));
  }

  /** The inputs that reach output j, ascending. */
  column(j: number): number[] {
    wholeNumber('Mask.column: j', j, 0, this.outputs - 1);
    const { indptr, indices } = this.byColumn();
    return Array.from(indices.subarray(indptr[j], indptr[j + 1]));
  }

  /** The connections as [input, output], row by row; one at a time. */
  *edges(): Generator<[input: number, output: number], void, undefined> {
    const { indptr, indices, inputs } = this.data;
    for (let i = 0; i < inputs; i++) {
      for (let k = indptr[i] ?? 0; k < (indptr[i + 1] ?? 0); k++) yield [i, indices[k] ?? 0];
    }
  }

  toEdges(): [input: number, output: number][] {
    return [...this.edges()];
  }

  /** Connections that arrive at each output [outputs]. */
  inDegree(): Uint32Array {
    return inDegree(this.data);
  }

  /** Connections that leave each input [inputs]. */
  outDegree(): Uint32Array {
    return outDegree(this.data);
  }

  /** The connections by output, with their positions in CSR order; built once. Do not write to it. */
  byColumn(): ByColumn {
    return (this.#columns ??= byColumn(this.data));
  }

  transpose(): Mask {
    return new Mask(transposed(this.data));
  }

  and(other: Mask | AwaitedMask): Mask {
    return this.#merged('and', other, (a, b) => a && b);
  }

  or(other: Mask | AwaitedMask): Mask {
    return this.#merged('or', other, (a, b) => a || b);
  }

  xor(other: Mask | AwaitedMask): Mask {
    return this.#merged('xor', other, (a, b) => a !== b);
  }

  /** Connected here and not there. */
  minus(other: Mask | AwaitedMask): Mask {
    return this.#merged('minus', other, (a, b) => a && !b);
  }

  /** Connected where this mask is not. */
  not(): Mask {
    return new Mask(complement(this.data));
  }

  /** The boolean product: [i, k] is connected when some j has this[i, j] and next[j, k]. */
  // `this` of a generic type: TypeScript then does not take this signature for that of a promise.
  then<M extends Mask>(this: M, next: Mask | AwaitedMask): Mask;
  /** What `await` calls on every object with a method `then`: a mask resolves to itself. */
  then(resolve: (mask: AwaitedMask) => unknown): undefined;
  then(next: Mask | AwaitedMask | ((mask: AwaitedMask) => unknown)): Mask | undefined {
    if (typeof next === 'function') return this.#resolve(next);
    if (!(next instanceof Mask)) throw new ArgumentError('Mask.then: next', next, 'a Mask');
    if (next.inputs !== this.outputs) {
      throw new Error(`Mask.then: this mask has shape ${text(this)}, the next one ${text(next)}; its ${next.inputs} inputs must be the ${this.outputs} outputs of this one`);
    }
    return new Mask(product(this.data, next.data));
  }

  /** A promise that is given a thenable reads its `then` at once: for that moment this mask has none. */
  #resolve(resolve: (mask: AwaitedMask) => unknown): undefined {
    Object.defineProperty(this, 'then', { value: undefined, configurable: true });
    try {
      resolve(this);
    } finally {
      Reflect.deleteProperty(this, 'then');
    }
  }

  /**
   * The Kronecker product, as `numpy.kron`: every connection becomes the whole of `other`. Shape [inputs * other.inputs,
   * outputs * other.outputs]; `masks.identity(n).kron(A)` is n copies of A side by side.
   */
  kron(other: Mask | AwaitedMask): Mask {
    checkMask('kron', other);
    return new Mask(kronecker(this.data, other.data));
  }

  /**
   * Inputs and outputs in another order, NumPy's `A[inputs][:, outputs]`: input i of the result is input `inputs[i]` of this
   * mask, output j is output `outputs[j]`. Absent or null leaves a side as it is.
   *
   * @throws ArgumentError or Error when one is no permutation
   */
  permute(inputs?: Order, outputs?: Order): Mask {
    return new Mask(select(this.data, readOrder('Mask.permute: inputs', inputs, this.inputs), readOrder('Mask.permute: outputs', outputs, this.outputs)));
  }

  /**
   * The part of some inputs and outputs, NumPy's `A[a:b, c:d]`: `A.slice([a, b], [c, d])`. Negative bounds count from the end,
   * bounds beyond it are cut, `[a]` goes to the end; absent or null takes all.
   *
   * @throws ArgumentError for anything else, Error when nothing is left
   */
  slice(inputs?: Range, outputs?: Range): Mask {
    return new Mask(select(this.data, readRange('Mask.slice: inputs', inputs, this.inputs), readRange('Mask.slice: outputs', outputs, this.outputs)));
  }

  /**
   * This mask and others as one, with tfjs's `concat` arguments.
   *
   * @param axis 0 (default): the others' inputs follow this one's, outputs are shared; 1: their outputs follow, inputs are shared
   */
  concat(others: Mask | AwaitedMask | readonly (Mask | AwaitedMask)[], axis: 0 | 1 = 0): Mask {
    if (axis !== 0 && axis !== 1) throw new ArgumentError('Mask.concat: axis', axis, '0 (more inputs) or 1 (more outputs)');
    const all = [this, ...(isList(others) ? others : [others])].map((mask) => {
      checkMask('concat', mask);
      if (mask.shape[1 - axis] === this.shape[1 - axis]) return mask.data;
      throw new Error(`Mask.concat: this mask has shape ${text(this)}, another ${text(mask)}; along axis ${axis} their ${axis === 0 ? 'outputs' : 'inputs'} must be equal`);
    });
    return new Mask(axis === 0 ? stackInputs(all) : stackOutputs(all));
  }

  /** This mask with the connection from input i to output j switched on or off. */
  with(i: number, j: number, on: boolean): Mask {
    this.#checkEdge('with', i, j);
    const wanted: unknown = on;
    if (typeof wanted !== 'boolean' && wanted !== 0 && wanted !== 1) throw new ArgumentError('Mask.with: on', on, 'true (connected) or false');
    if (this.has(i, j) === Boolean(on)) return this;
    return this.xor(Mask.from({ shape: this.shape, edges: [[i, j]] }));
  }

  equals(other: Mask | AwaitedMask): boolean {
    return other instanceof Mask && equal(this.data, other.data);
  }

  /** Nested arrays of 0 and 1, one a row (input). */
  toArray(): number[][] {
    return Array.from({ length: this.inputs }, (_, i) => {
      const row = new Array<number>(this.outputs).fill(0);
      for (const j of this.row(i)) row[j] = 1;
      return row;
    });
  }

  /** float32 of shape [inputs, outputs]; whoever asks disposes it. */
  toTensor(): Tensor2D {
    const values = new Float32Array(this.inputs * this.outputs);
    for (const [i, j] of this.edges()) values[i * this.outputs + j] = 1;
    return tf.tensor2d(values, this.shape);
  }

  toCSR(): { shape: [number, number]; indptr: Uint32Array; indices: Uint32Array } {
    return { shape: this.shape, indptr: this.data.indptr.slice(), indices: this.data.indices.slice() };
  }

  toCSC(): { shape: [number, number]; indptr: Uint32Array; indices: Uint32Array; format: 'csc' } {
    const { indptr, indices } = this.byColumn();
    return { shape: this.shape, indptr: indptr.slice(), indices: indices.slice(), format: 'csc' };
  }

  /** A line a row: `X` connected, `.` not. */
  toDrawing(): string {
    return this.toArray().map((row) => row.map((on) => (on ? 'X' : '.')).join('')).join('\n');
  }

  toJSON(): MaskJson {
    return { shape: this.shape, indptr: Array.from(this.data.indptr), indices: Array.from(this.data.indices) };
  }

  /**
   * Writes the mask to a file, in the format of its extension: those that `Mask.load` reads. `.npz` is what
   * `scipy.sparse.save_npz` writes of a CSR matrix. An existing file is replaced as a whole, or stays when writing fails.
   *
   * @throws Error when the extension is unknown, the mask is too large for the format, or the file cannot be written
   */
  async save(path: string | URL): Promise<void> {
    await saveMaskFile(path, this.data);
  }

  /** `3×2 mask: 4 of 6 connected (66.7 %)` */
  toString(): string {
    return maskSentence(this.data);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** How a cell shows it: the connection matrix, drawn. */
  [Symbol.for('Jupyter.display')](): MimeBundle {
    return maskBundle(this.data);
  }

  #merged(name: string, other: Mask | AwaitedMask, keep: (inThis: boolean, inOther: boolean) => boolean): Mask {
    checkMask(name, other);
    if (other.inputs !== this.inputs || other.outputs !== this.outputs) {
      throw new Error(`Mask.${name}: this mask has shape ${text(this)}, the other ${text(other)}; they must be equal`);
    }
    return new Mask(merge(this.data, other.data, keep));
  }

  #checkEdge(name: string, i: number, j: number): void {
    wholeNumber(`Mask.${name}: i (input)`, i, 0, this.inputs - 1);
    wholeNumber(`Mask.${name}: j (output)`, j, 0, this.outputs - 1);
  }
}

function checkMask(method: string, other: unknown): asserts other is Mask {
  if (!(other instanceof Mask)) throw new ArgumentError(`Mask.${method}: other`, other, 'a Mask', 'Mask.from(…) makes one.');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ArgumentError('Mask.fromJSON: json', json, 'what JSON.stringify(mask) gives', error instanceof Error ? error.message : undefined);
  }
}

const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);

const text = (mask: { readonly shape: readonly number[] }): string => `[${mask.shape.join(', ')}]`;
