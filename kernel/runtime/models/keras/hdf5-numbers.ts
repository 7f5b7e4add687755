/** The numbers of an HDF5 dataset. */
import type * as h5wasm from 'h5wasm';
import { half } from '../../../model/half.js';

export type Library = typeof h5wasm;
type Dataset = InstanceType<Library['Dataset']>;

/** Numbers of any kind as float32, in which tfjs computes; undefined for what is no number. */
export function numbersOf(library: Library, dataset: Dataset): Float32Array | undefined {
  const { type, size, littleEndian } = dataset.metadata;
  const { H5T_FLOAT, H5T_OPAQUE } = library.Module.H5T_class_t;
  // The library has no floats of 16 bits; bfloat16 is stored as two bytes without a type.
  if (size === 2 && type === H5T_FLOAT.value) return shorts(library, dataset, littleEndian, half);
  if (size === 2 && type === H5T_OPAQUE.value) return shorts(library, dataset, true, bfloat16);
  const value: unknown = dataset.value;
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  if (value instanceof Float32Array) return value;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Float32Array.from(value, Number);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    // SAFETY: the typed arrays of 64-bit integers are taken care of above; the others hold numbers.
    return Float32Array.from(value as unknown as ArrayLike<number>);
  }
  return undefined;
}

function shorts({ Module: module }: Library, { file_id, path, metadata }: Dataset, littleEndian: boolean, decode: (bits: number) => number): Float32Array {
  const count = metadata.total_size;
  const at = module._malloc(2 * count);
  if (at === 0 && count > 0) throw new Error(`holds ${count} numbers in ${path}, more than fit into memory`);
  try {
    module.get_dataset_data(file_id, path, null, null, null, BigInt(at));
    const view = new DataView(module.HEAPU8.buffer, at, 2 * count);
    return Float32Array.from({ length: count }, (_, k) => decode(view.getUint16(2 * k, littleEndian)));
  } finally {
    module._free(at);
  }
}

/** The upper half of a float32. */
const bfloat16 = (bits: number): number => new Float32Array(Uint32Array.of(bits * 0x10000).buffer)[0] ?? 0;
