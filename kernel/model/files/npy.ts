import type { MaskData } from '../mask-data.js';
import { csrFromDense, shapeProblem } from './csr.js';
import { MaskFileError, ONLY_0_AND_1 } from './mask-file-error.js';
import { readNpyHeader } from './npy-header.js';

type ReadValue = (view: DataView, offset: number, littleEndian: boolean) => number;

/** numpy's kind and size -> the value as a number. 64-bit integers are compared as what they are, not rounded. */
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

/**
 * Reads a 2-D array of 0 and 1 from an `.npy` file: bool, signed, unsigned or floating, either byte order, C or Fortran.
 *
 * @throws MaskFileError with the byte
 */
export function readNpy(file: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): MaskData {
  const { descr, fortranOrder, shape, dataOffset } = readNpyHeader(file, bytes, decodeText);
  const header = 'in the header';
  const read = VALUES[descr.slice(1)];
  if (read === undefined || !/^[<>|=]/.test(descr)) {
    const kind = descr.endsWith('O') ? 'Python objects, which are never read' : `values of type "${descr}"`;
    throw new MaskFileError(file, header, `the array holds ${kind}`, 'Save it as bool: numpy.save(path, array.astype(bool)).');
  }
  const [inputs = 0, outputs = 0] = shape;
  if (shape.length !== 2) {
    throw new MaskFileError(file, header, `the shape is (${shape.join(', ')}), and a mask has 2 dimensions`, 'Save an array of shape (inputs, outputs).');
  }
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) throw new MaskFileError(file, header, problem, 'Save an array of shape (inputs, outputs).');
  const size = Number(descr.slice(2));
  const expected = inputs * outputs * size;
  const found = bytes.byteLength - dataOffset;
  if (found !== expected) {
    throw new MaskFileError(file, `byte ${bytes.byteLength}`, `${found} bytes of values, and (${inputs}, ${outputs}) of ${descr} takes ${expected}`, 'The file was cut or changed: write it again.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !descr.startsWith('>');
  return csrFromDense(inputs, outputs, (i, j) => {
    const offset = dataOffset + size * (fortranOrder ? j * inputs + i : i * outputs + j);
    const value = read(view, offset, little);
    if (value === 0 || value === 1) return value === 1;
    throw new MaskFileError(file, `byte ${offset}`, `the entry [${i}, ${j}] is ${value}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
  });
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
