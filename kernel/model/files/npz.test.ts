import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readMaskFile } from './read-mask-file.js';
import { npyOfInt32, npyOfInt64, npyOfMask, npyOfTrue, npyOfWord } from './write-npy.js';

const tools = { decodeText: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes), unzip: unzipSync };
const read = (arrays: Record<string, Uint8Array>) => {
  const files = Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]));
  return readMaskFile('m.npz', zipSync(files), tools);
};
const ints = (...values: number[]) => npyOfInt32(Uint32Array.from(values));
const shape = npyOfInt64([3, 2]);
/** X. / .X / XX */
const MASK = { inputs: 3, outputs: 2, indptr: Uint32Array.of(0, 1, 2, 4), indices: Uint32Array.of(0, 1, 0, 1) };
const CSR = { format: npyOfWord('csr'), shape, data: npyOfTrue(4), indices: ints(0, 1, 1, 0), indptr: ints(0, 1, 2, 4) };
const COO = { format: npyOfWord('coo'), shape, data: npyOfTrue(4), row: ints(2, 0, 2, 1), col: ints(1, 0, 0, 1) };

/** Changes the header of an array: a shape or type of the same length in characters. */
const retyped = (bytes: Uint8Array, from: string, to: string) => {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (!text.includes(from) || from.length !== to.length) throw new Error(`no ${from}`);
  return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0));
};

describe('case 20: a sparse matrix of SciPy, as an .npz file', () => {
  it.each([
    ['csr, unsorted within a row', CSR],
    ['csc', { format: npyOfWord('csc'), shape, data: npyOfTrue(4), indices: ints(0, 2, 1, 2), indptr: ints(0, 2, 4) }],
    ['coo, in any order', COO],
    ['coo with coords', { format: npyOfWord('coo'), shape, data: npyOfTrue(4), coords: retyped(ints(2, 0, 2, 1, 1, 0, 0, 1), '(8,), }  ', '(2, 4), }') }],
    ['csr with room to spare', { ...CSR, data: npyOfTrue(6), indices: ints(0, 1, 1, 0, 77, 88) }],
  ])('%s', (_name, arrays) => {
    expect(read(arrays)).toEqual(MASK);
  });

  it('takes a stored 0 for no connection', () => {
    const data = npyOfTrue(4);
    data[data.length - 1] = 0;
    expect(read({ ...COO, data }).indices).toEqual(Uint32Array.of(0, 0, 1));
  });

  it.each([
    ['a value', { ...CSR, data: retyped(npyOfTrue(4), '\u0001\u0001\u0001\u0001', '\u0001\u0007\u0001\u0001') }, 'm.npz, data.npy, byte 129: the value of the entry [1, 1] is 7, neither 0 nor 1. A mask file holds 0 and 1 only'],
    ['an index', { ...CSR, indices: ints(0, 1, 2, 0) }, 'm.npz, indices.npy, byte 136: index 2 is 2, not a whole number from 0 to 1'],
    ['indptr that falls', { ...CSR, indptr: ints(0, 2, 1, 4) }, 'indptr.npy, byte 136: index 2 is 1, less than the one before it, 2'],
    ['indptr beyond the indices', { ...CSR, indptr: ints(0, 1, 2, 5) }, 'indptr.npy, byte 140: index 3 is 5, not a whole number from 0 to 4'],
    ['indptr of another length', { ...CSR, indptr: ints(0, 4) }, 'indptr.npy, in the header: the array has 2 entries, expected 4'],
    ['a pair twice', { ...COO, row: ints(2, 0, 2, 2) }, 'm.npz, data.npy: the entry [2, 1] is stored twice. A connection is there or not; in Python: matrix.sum_duplicates()'],
    ['rows and columns', { ...COO, row: ints(1, 2) }, 'row.npy, in the header: the array has 2 entries, data has 4'],
    ['one dimension', { ...COO, shape: npyOfInt64([3]) }, 'shape.npy: the shape is (3), and a mask has 2 dimensions'],
    ['no input', { ...COO, shape: npyOfInt64([0, 2]) }, 'shape.npy: the number of rows (inputs) is 0'],
    ['another format', { ...CSR, format: npyOfWord('dok') }, 'format.npy: the format is "dok", not csr, csc, coo, bsr or dia. Convert it first: matrix.tocsr()'],
    ['no indptr', { format: CSR.format, shape, data: CSR.data, indices: CSR.indices }, 'm.npz: the archive has no array "indptr", only "format", "shape", "data", "indices"'],
    ['a format that is no text', { ...CSR, format: npyOfTrue(1) }, 'format.npy, in the header: the array holds values of type "|b1", no text'],
    ['an array that was cut', { ...CSR, data: npyOfTrue(4).subarray(0, 130) }, 'data.npy, byte 130: 2 bytes of values, and (4) of |b1 takes 4'],
  ])('says where it is wrong: %s', (_name, arrays, message) => {
    expect(() => read(arrays)).toThrow(message);
  });
});

describe('an .npz file of NumPy', () => {
  it('may hold one array of any name, or one that is called mask', () => {
    expect(read({ arr_0: npyOfMask(MASK) })).toEqual(MASK);
    expect(read({ mask: npyOfMask(MASK), weights: shape })).toEqual(MASK);
  });

  it('says which arrays there are when it is not clear which is meant', () => {
    expect(() => read({ a: npyOfMask(MASK), b: shape })).toThrow('m.npz: the archive holds 2 arrays, "a", "b", and none is called "mask". Save the mask alone');
    expect(() => read({})).toThrow('the archive holds no .npy file');
    expect(() => read({ a: shape })).toThrow('m.npz, a.npy, in the header: the shape is (2), and a mask has 2 dimensions');
  });

  it('says what is no archive, or a damaged one', () => {
    expect(() => readMaskFile('m.npz', npyOfMask(MASK), tools)).toThrow('m.npz, byte 0: the file does not begin as a zip archive does (PK)');
    const whole = zipSync({ 'a.npy': npyOfMask(MASK) });
    expect(() => readMaskFile('m.npz', whole.subarray(0, 60), tools)).toThrow('m.npz: the zip archive cannot be read (invalid zip data). The file was cut or changed.');
  });

  it('notices every byte of stored values that was changed', () => {
    const whole = zipSync({ 'a.npy': npyOfMask(MASK), 'b.npy': shape }, { level: 0 });
    // The name, without its length, is followed by the values as they are.
    const start = whole.findIndex((byte, k) => byte === 0x93 && whole[k + 1] === 0x4e);
    for (let k = start; k < start + 134; k++) {
      const changed = whole.with(k, (whole[k] ?? 0) ^ 1);
      expect(() => readMaskFile('m.npz', changed, tools)).toThrow('m.npz, a.npy: its checksum (CRC-32) is not the one in the archive. The file was changed since it was written.');
    }
  });
});
