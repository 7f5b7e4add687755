import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MaskFileError } from './mask-file-error.js';
import { npyOfInt32, npyOfInt64, npyOfMask, npyOfTrue, npyOfWord } from './write-npy.js';
import { MASK_FILE_EXTENSIONS, readMaskFile } from './read-mask-file.js';

const tools = { decodeText: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes), unzip: unzipSync };
const encode = (text: string) => new TextEncoder().encode(text);

const word = npyOfWord;
const shape = npyOfInt64([3, 2]);
const archives: Record<string, Uint8Array>[] = [
  { 'mask.npy': npyOfMask({ inputs: 3, outputs: 2, indptr: Uint32Array.of(0, 1, 1, 2), indices: Uint32Array.of(1, 0) }) },
  { 'format.npy': word('csr'), 'shape.npy': shape, 'data.npy': npyOfTrue(2), 'indices.npy': npyOfInt32(Uint32Array.of(1, 0)), 'indptr.npy': npyOfInt32(Uint32Array.of(0, 1, 1, 2)) },
  { 'format.npy': word('coo'), 'shape.npy': shape, 'data.npy': npyOfTrue(2), 'row.npy': npyOfInt32(Uint32Array.of(2, 0)), 'col.npy': npyOfInt32(Uint32Array.of(0, 1)) },
];

describe('readMaskFile', () => {
  it.each([
    ['folder.csv/a.json', '[[1]]'],
    ['A.CSV', '1'],
    ['a.mtx', '%%MatrixMarket matrix coordinate pattern general\n1 1 1\n1 1'],
  ])('chooses the reader of %s by its extension', (file, text) => {
    expect(readMaskFile(file, encode(text), tools)).toEqual({ inputs: 1, outputs: 1, indptr: Uint32Array.of(0, 1), indices: Uint32Array.of(0) });
  });

  it('refuses another extension and says which there are', () => {
    expect(() => readMaskFile('a.xlsx', encode('1'), tools)).toThrow('a.xlsx: the extension is "xlsx", not one of .mtx, .csv, .npy, .npz, .json. Rename');
    expect(() => readMaskFile('mask', encode('1'), tools)).toThrow('the extension is ""');
  });

  it('refuses text that is no UTF-8', () => {
    expect(() => readMaskFile('a.csv', Uint8Array.of(0xff, 0xfe, 0x31, 0), tools)).toThrow('a.csv, byte 0: the text is UTF-16. Save it as UTF-8.');
    expect(() => readMaskFile('a.csv', Uint8Array.of(0x31, 0xff), tools)).toThrow('a.csv: the text is not UTF-8');
  });

  /** Whole files and damaged ones: a wrong byte, a cut, a piece repeated. */
  const seeds = [
    '%%MatrixMarket matrix coordinate integer symmetric\n% c\n3 3 2\n2 1 1\n3 3 0\n',
    '%%MatrixMarket matrix array real general\n2 2\n1\n0\n0\n1\n',
    'a,b\n1,0\n0,1\n',
    ',x,y\nr,1,0\n',
    '{"shape":[3,2],"edges":[[0,1],[2,0]]}',
    '{"shape":[3,2],"indptr":[0,1,1,2],"indices":[1,0],"format":"csr"}',
    '[[true,false],[0,1]]',
    "\u0093NUMPY\u0001\u0000F\u0000{'descr': '|b1', 'fortran_order': False, 'shape': (2, 2), }            \n\u0001\u0000\u0000\u0001",
  ].map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));
  for (const level of [0, 9] as const) for (const files of archives) seeds.push(zipSync(files, { level }));
  const damaged = fc.constantFrom(...seeds).chain((seed) =>
    fc.oneof(
      fc.tuple(fc.nat(seed.length - 1), fc.nat(255)).map(([place, byte]) => seed.with(place, byte)),
      fc.nat(seed.length).map((cut) => seed.subarray(0, cut)),
      fc.tuple(fc.nat(seed.length), fc.nat(seed.length)).map(([a, b]) => Uint8Array.from([...seed.subarray(0, a), ...seed.subarray(b)])),
      fc.uint8Array({ maxLength: 80 }),
    ),
  );

  it('gives a mask or throws a MaskFileError, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MASK_FILE_EXTENSIONS), damaged, (extension, bytes) => {
        try {
          const mask = readMaskFile(`f.${extension}`, bytes, tools);
          expect(mask.indptr).toHaveLength(mask.inputs + 1);
          expect(mask.indptr[mask.inputs]).toBe(mask.indices.length);
          expect(Math.max(-1, ...mask.indices)).toBeLessThan(mask.outputs);
        } catch (error) {
          if (!(error instanceof MaskFileError)) throw error;
          expect(error.message).toMatch(/^f\.\w+.*: .*\. .*[.]$/s);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
