/** Masks put together and taken apart; each is O(nnz + inputs + outputs) of what it reads and writes. */
import { nnz, type MaskData } from '../../model/mask-data.js';
import { MAX_CONNECTIONS } from './algebra.js';

const MAX_SIDE = 2 ** 31;

/** Every connection of `a` replaced by the whole of `b`: entry [i1 * b.inputs + i2, j1 * b.outputs + j2] is a[i1, j1] and b[i2, j2]. */
export function kronecker(a: MaskData, b: MaskData): MaskData {
  const [inputs, outputs] = checkedShape('kron', a.inputs * b.inputs, a.outputs * b.outputs);
  const size = nnz(a) * nnz(b);
  if (size > MAX_CONNECTIONS) throw new Error(`Mask.kron: the result would have ${size} connections, more than ${MAX_CONNECTIONS}`);
  const indptr = new Uint32Array(inputs + 1);
  const indices = new Uint32Array(size);
  let k = 0;
  for (let i = 0; i < inputs; i++) {
    const first = Math.floor(i / b.inputs);
    const second = i - first * b.inputs;
    for (let p = a.indptr[first] ?? 0; p < (a.indptr[first + 1] ?? 0); p++) {
      const offset = (a.indices[p] ?? 0) * b.outputs;
      for (let q = b.indptr[second] ?? 0; q < (b.indptr[second + 1] ?? 0); q++) indices[k++] = offset + (b.indices[q] ?? 0);
    }
    indptr[i + 1] = k;
  }
  return { inputs, outputs, indptr, indices };
}

/** Masks of equal outputs below each other: the inputs of the first, then those of the next. */
export function stackInputs(masks: readonly MaskData[]): MaskData {
  const [inputs, outputs] = checkedShape('concat', sum(masks.map((mask) => mask.inputs)), masks[0]?.outputs ?? 0);
  const indptr = new Uint32Array(inputs + 1);
  const indices = new Uint32Array(sum(masks.map(nnz)));
  let row = 0;
  let k = 0;
  for (const mask of masks) {
    for (let i = 1; i <= mask.inputs; i++) indptr[row + i] = k + (mask.indptr[i] ?? 0);
    indices.set(mask.indices, k);
    row += mask.inputs;
    k += nnz(mask);
  }
  return { inputs, outputs, indptr, indices };
}

/** Masks of equal inputs side by side: the outputs of the first, then those of the next. */
export function stackOutputs(masks: readonly MaskData[]): MaskData {
  const [inputs, outputs] = checkedShape('concat', masks[0]?.inputs ?? 0, sum(masks.map((mask) => mask.outputs)));
  const indptr = new Uint32Array(inputs + 1);
  const indices = new Uint32Array(sum(masks.map(nnz)));
  let k = 0;
  for (let i = 0; i < inputs; i++) {
    let offset = 0;
    for (const mask of masks) {
      for (let p = mask.indptr[i] ?? 0; p < (mask.indptr[i + 1] ?? 0); p++) indices[k++] = offset + (mask.indices[p] ?? 0);
      offset += mask.outputs;
    }
    indptr[i + 1] = k;
  }
  return { inputs, outputs, indptr, indices };
}

/** What `select` takes of one side: how many there are in the result, and which one of the source each of them is. */
export interface Selection {
  readonly size: number;
  readonly source: (index: number) => number;
}

/** The mask whose input i is input `inputs.source(i)` of the given one, and its outputs likewise; all sources are distinct. */
export function select(mask: MaskData, inputs: Selection, outputs: Selection): MaskData {
  const place = new Int32Array(mask.outputs).fill(-1);
  for (let j = 0; j < outputs.size; j++) place[outputs.source(j)] = j;
  const indptr = new Uint32Array(inputs.size + 1);
  const indices = new Uint32Array(nnz(mask));
  let k = 0;
  for (let i = 0; i < inputs.size; i++) {
    const start = k;
    const row = inputs.source(i);
    for (let p = mask.indptr[row] ?? 0; p < (mask.indptr[row + 1] ?? 0); p++) {
      const j = place[mask.indices[p] ?? 0] ?? -1;
      if (j >= 0) indices[k++] = j;
    }
    indices.subarray(start, k).sort();
    indptr[i + 1] = k;
  }
  return { inputs: inputs.size, outputs: outputs.size, indptr, indices: k === indices.length ? indices : indices.slice(0, k) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

function checkedShape(method: string, inputs: number, outputs: number): [number, number] {
  if (Math.max(inputs, outputs) > MAX_SIDE) throw new Error(`Mask.${method}: the result would have shape [${inputs}, ${outputs}], and a side is at most ${MAX_SIDE}`);
  return [inputs, outputs];
}
