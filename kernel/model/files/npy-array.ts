import { half } from '../half.js';
import { MaskFileError } from './mask-file-error.js';
import { readNpyHeader } from './npy-header.js';

type ReadValue = (view: DataView, offset: number, littleEndian: boolean) => number;

/** numpy's kind and size -> the value as a number. 64-bit integers are read as what they are and then rounded. */
const VALUES: Readonly<Record<string, ReadValue>> = {
  b1: (view, offset) => view.getUint8(offset),
  i1: (view, offset) => view.getInt8(offset),
  u1: (view, offset) => view.getUint8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  u2: (view, offset, little) => view.getUint16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  f2: (view, offset, little) => half(view.getUint16(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
};

/** The numbers of an `.npy` file. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly length: number;
  /** How far apart in file order neighbours along each dimension stand. */
  readonly strides: readonly number[];
  /** The value at a place in file order. */
  at(place: number): number;
  /** Where that value stands, in bytes. */
  byteOf(place: number): number;
}

/**
 * Reads an array of bool, signed, unsigned or floating numbers, in either byte order, C or Fortran.
 *
 * @throws MaskFileError with the byte
 */
export function readNpyArray(file: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): NpyArray {
  const { descr, fortranOrder, shape, dataOffset } = readNpyHeader(file, bytes, decodeText);
  const read = VALUES[descr.slice(1)];
  if (read === undefined || !/^[<>|=]/.test(descr)) {
    const kind = descr.endsWith('O') ? 'Python objects, which are never read' : `values of type "${descr}"`;
    throw new MaskFileError(file, 'in the header', `the array holds ${kind}`, 'Save it as bool: numpy.save(path, array.astype(bool)).');
  }
  const size = Number(descr.slice(2));
  const length = shape.reduce((product, side) => product * side, 1);
  const found = bytes.byteLength - dataOffset;
  if (found !== size * length) {
    throw new MaskFileError(file, `byte ${bytes.byteLength}`, `${found} bytes of values, and (${shape.join(', ')}) of ${descr} takes ${size * length}`, 'The file was cut or changed: write it again.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !descr.startsWith('>');
  const strides = shape.map((_, axis) => (fortranOrder ? shape.slice(0, axis) : shape.slice(axis + 1)).reduce((product, side) => product * side, 1));
  return {
    shape,
    length,
    strides,
    at: (place) => read(view, dataOffset + size * place, little),
    byteOf: (place) => dataOffset + size * place,
  };
}

/** Reads one word of a numpy array of strings without dimensions (`S` bytes or `U` characters), e.g. `csr`. */
export function readNpyWord(file: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): string {
  const { descr, dataOffset } = readNpyHeader(file, bytes, decodeText);
  if (!/^[<>|=][SU]\d+$/.test(descr)) throw new MaskFileError(file, 'in the header', `the array holds values of type "${descr}", no text`, 'Write the file with scipy.sparse.save_npz.');
  // Four bytes a character for U: those of plain letters have one that is not 0.
  return decodeText(bytes.subarray(dataOffset).filter((byte) => byte !== 0));
}
