/** Arrays as `numpy.save` writes them, in C order. Source: numpy.lib.format. */
import { forEachEdge, type MaskData } from '../mask-data.js';

/** Magic, version, length of the header, and the header: padded to 64 bytes, ended by a line feed. */
export function npyHeader(descr: string, shape: string, fortranOrder = false): Uint8Array {
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = `\u0093NUMPY\u0001\u0000  ${dictionary}`.padEnd(length - 1) + '\n';
  const bytes = Uint8Array.from(header, (character) => character.charCodeAt(0));
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  return bytes;
}

function npy(descr: string, shape: string, dataBytes: number): { bytes: Uint8Array; view: DataView } {
  const header = npyHeader(descr, shape);
  const bytes = new Uint8Array(header.length + dataBytes);
  bytes.set(header);
  return { bytes, view: new DataView(bytes.buffer, header.length) };
}

/** bool [inputs, outputs], dense. */
export function npyOfMask(mask: MaskData): Uint8Array {
  const { bytes, view } = npy('|b1', `(${mask.inputs}, ${mask.outputs})`, mask.inputs * mask.outputs);
  forEachEdge(mask, (i, j) => view.setUint8(i * mask.outputs + j, 1));
  return bytes;
}

/** Whole numbers below 2³¹, as SciPy stores indices. */
export function npyOfInt32(values: Uint32Array): Uint8Array {
  const { bytes, view } = npy('<i4', `(${values.length},)`, 4 * values.length);
  values.forEach((value, k) => view.setInt32(4 * k, value, true));
  return bytes;
}

export function npyOfInt64(values: readonly number[]): Uint8Array {
  const { bytes, view } = npy('<i8', `(${values.length},)`, 8 * values.length);
  values.forEach((value, k) => view.setBigInt64(8 * k, BigInt(value), true));
  return bytes;
}

/** So many times True. */
export function npyOfTrue(count: number): Uint8Array {
  const { bytes, view } = npy('|b1', `(${count},)`, count);
  bytes.fill(1, view.byteOffset);
  return bytes;
}

/** One word of ASCII, without dimensions. */
export function npyOfWord(word: string): Uint8Array {
  const { bytes, view } = npy(`|S${word.length}`, '()', word.length);
  for (let k = 0; k < word.length; k++) view.setUint8(k, word.charCodeAt(k));
  return bytes;
}
