import type { MaskData } from '../mask-data.js';
import { csrFromDense, shapeProblem } from './csr.js';
import { MaskFileError, ONLY_0_AND_1 } from './mask-file-error.js';
import { readNpyArray } from './npy-array.js';

/**
 * Reads a 2-D array of 0 and 1 from an `.npy` file: bool, signed, unsigned or floating, either byte order, C or Fortran.
 *
 * @throws MaskFileError with the byte
 */
export function readNpy(file: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): MaskData {
  const array = readNpyArray(file, bytes, decodeText);
  const [inputs = 0, outputs = 0] = array.shape;
  const remedy = 'Save an array of shape (inputs, outputs).';
  if (array.shape.length !== 2) throw new MaskFileError(file, 'in the header', `the shape is (${array.shape.join(', ')}), and a mask has 2 dimensions`, remedy);
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) throw new MaskFileError(file, 'in the header', problem, remedy);
  const [rowStride = 0, columnStride = 0] = array.strides;
  return csrFromDense(inputs, outputs, (i, j) => {
    const place = i * rowStride + j * columnStride;
    const value = array.at(place);
    if (value === 0 || value === 1) return value === 1;
    throw new MaskFileError(file, `byte ${array.byteOf(place)}`, `the entry [${i}, ${j}] is ${value}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
  });
}
