import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { MaskData } from '../mask-data.js';
import { csrFromDense } from './csr.js';
import { MASK_FILE_EXTENSIONS, readMaskFile } from './read-mask-file.js';
import { maskFilePieces } from './write-mask-file.js';

const tools = { decodeText: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes), unzip: unzipSync };
const write = (file: string, mask: MaskData): Uint8Array =>
  Uint8Array.from([...maskFilePieces(file, mask, zipSync)].flatMap((piece) => [...(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)]));
const text = (file: string, mask: MaskData): string => new TextDecoder().decode(write(file, mask));

const MASK = csrFromDense(3, 2, (i, j) => i === 2 || i === j);
const masks: fc.Arbitrary<MaskData> = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([n, m]) =>
  fc.array(fc.boolean(), { minLength: n * m, maxLength: n * m }).map((on) => csrFromDense(n, m, (i, j) => on[i * m + j] === true)),
);

describe('maskFilePieces', () => {
  it.each(MASK_FILE_EXTENSIONS)('case 20: what is written as .%s is read as it was', (extension) => {
    fc.assert(fc.property(masks, (mask) => {
      expect(readMaskFile(`m.${extension}`, write(`m.${extension}`, mask), tools)).toEqual(mask);
    }));
  });

  it('writes what other programs read', () => {
    expect(text('m.mtx', MASK)).toBe('%%MatrixMarket matrix coordinate pattern general\n3 2 4\n1 1\n2 2\n3 1\n3 2\n');
    expect(text('m.CSV', MASK)).toBe('1,0\n0,1\n1,1\n');
    expect(JSON.parse(text('m.json', MASK))).toEqual({ shape: [3, 2], indptr: [0, 1, 2, 4], indices: [0, 1, 0, 1] });
    expect(Array.from(write('m.npy', MASK), (byte) => String.fromCharCode(byte)).join('')).toBe(`\u0093NUMPY\u0001\u0000v\u0000${"{'descr': '|b1', 'fortran_order': False, 'shape': (3, 2), }".padEnd(117)}\n\u0001\u0000\u0000\u0001\u0001\u0001`);
    expect(Object.keys(unzipSync(write('m.npz', MASK)))).toEqual(['indices.npy', 'indptr.npy', 'format.npy', 'shape.npy', 'data.npy']);
  });

  it('writes a long Matrix Market file piece by piece', () => {
    const mask = { inputs: 100_000, outputs: 3, indptr: Uint32Array.from({ length: 100_001 }, (_, i) => i), indices: new Uint32Array(100_000) };
    const pieces = [...maskFilePieces('m.mtx', mask, zipSync)];
    expect(pieces.length).toBe(3);
    expect(pieces.join('').split('\n')).toHaveLength(100_003);
  });

  it('refuses another extension, and a dense file of a mask that is too large for one', () => {
    expect(() => maskFilePieces('m.txt', MASK, zipSync)).toThrow('m.txt: the extension is "txt", not one of .mtx, .csv, .npy, .npz, .json. Give the file one of these.');
    const wide = { inputs: 100_000, outputs: 100_000, indptr: new Uint32Array(100_001), indices: new Uint32Array(0) };
    for (const file of ['m.csv', 'm.npy']) expect(() => maskFilePieces(file, wide, zipSync)).toThrow(`${file}: a mask of 100000 × 100000 has 10000000000 entries, and such a file holds each of them. Above 268435456 save it as .npz or .mtx`);
  });
});
