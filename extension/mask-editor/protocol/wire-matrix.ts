import type { MaskData } from '../../../kernel/model/mask-data.js';
import { BitMatrix } from '../document/bit-matrix.js';

/** A mask on its way to the page: whichever is smaller of its connections (CSR) and its bits. Both are binary. */
export type WireMatrix =
  | { readonly form: 'csr'; readonly inputs: number; readonly outputs: number; readonly indptr: Uint32Array; readonly indices: Uint32Array }
  | { readonly form: 'bits'; readonly inputs: number; readonly outputs: number; readonly words: Uint32Array };

/** @param connections how many the matrix has */
export function toWire(matrix: BitMatrix, connections: number): WireMatrix {
  const { inputs, outputs, words } = matrix;
  if (connections + inputs + 1 < words.length) return { form: 'csr', ...matrix.toMask() };
  return { form: 'bits', inputs, outputs, words: words.slice() };
}

/** @throws RangeError when its arrays do not belong together */
export function fromWire(wire: WireMatrix): BitMatrix {
  if (wire.form === 'bits') return new BitMatrix(wire.inputs, wire.outputs, wire.words);
  checkCsr(wire);
  return BitMatrix.ofMask(wire);
}

function checkCsr({ inputs, outputs, indptr, indices }: MaskData): void {
  if (indptr.length !== inputs + 1 || indptr[inputs] !== indices.length || indices.some((j) => j >= outputs)) throw new RangeError('the connections do not fit the shape');
}
