import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { csrFromDense } from '../../../kernel/model/files/csr.js';
import { MaskFileError } from '../../../kernel/model/files/mask-file-error.js';
import { MASK_FILE_EXTENSIONS, readMaskFile } from '../../../kernel/model/files/read-mask-file.js';
import type { MaskData } from '../../../kernel/model/mask-data.js';
import { encodeMaskFile } from './encode.js';
import { readQuickly } from './quick-read.js';
import { styleOf } from './style.js';
import { answer } from './worker.js';

const tools = { decodeText: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes), unzip: unzipSync };
const read = (file: string, bytes: Uint8Array): MaskData => readMaskFile(file, bytes, tools);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

const masks: fc.Arbitrary<MaskData> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }))
  .chain(([n, m]) => fc.array(fc.boolean(), { minLength: n * m, maxLength: n * m }).map((on) => csrFromDense(n, m, (i, j) => on[i * m + j] === true)));

describe('a file that is saved keeps its way of writing', () => {
  const [row, other] = [csrFromDense(2, 3, (i, j) => i === j), csrFromDense(2, 3, (i, j) => i + j === 2)];
  it.each([
    ['a.csv', '1;0;0\r\n0;1;0\r\n', '0;0;1\r\n0;1;0\r\n'],
    ['names.csv', '# mine\nx,y,z\n1,0,0\n0,1,0\n', '# mine\nx,y,z\n0,0,1\n0,1,0\n'],
    ['pandas.csv', ',x,y,z\nr0,True,False,False\nr1,False,True,False\n', ',x,y,z\nr0,False,False,True\nr1,False,True,False\n'],
    ['spaces.csv', '1 0 0\n0 1 0\n', '0 0 1\n0 1 0\n'],
    ['c.mtx', '%%MatrixMarket matrix coordinate integer general\n% from a paper\n2 3 2\n1 1 1\n2 2 1\n', '%%MatrixMarket matrix coordinate integer general\n% from a paper\n2 3 2\n1 3 1\n2 2 1\n'],
    ['array.mtx', '%%MatrixMarket matrix array real general\n2 3\n1\n0\n0\n1\n0\n0\n', '%%MatrixMarket matrix array real general\n2 3\n0\n0\n0\n1\n1\n0\n'],
  ])('%s', (file, before, after) => {
    expect(read(file, encode(before))).toEqual(row);
    expect(text(encodeMaskFile(file, other, styleOf(file, encode(before))))).toBe(after);
  });

  it.each(['|b1', '|u1', '<i2', '>i4', '<u8', '<f2', '>f4', '<f8'])('npy of %s in both orders, byte for byte', (descr) => {
    for (const fortranOrder of [false, true]) {
      fc.assert(
        fc.property(masks, (mask) => {
          const bytes = encodeMaskFile('a.npy', mask, { kind: 'npy', descr, fortranOrder });
          expect(read('a.npy', bytes)).toEqual(mask);
          expect(styleOf('a.npy', bytes)).toEqual({ kind: 'npy', descr, fortranOrder });
          expect(encodeMaskFile('a.npy', mask, styleOf('a.npy', bytes))).toEqual(bytes);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('drops names that no longer fit, and keeps comments', () => {
    const style = styleOf('a.csv', encode('# mine\n,x,y,z\nr0,1,0,0\nr1,0,1,0\n'));
    const turned = csrFromDense(3, 2, (i, j) => i === j);
    expect(text(encodeMaskFile('a.csv', turned, style))).toBe('# mine\n1,0\n0,1\n0,0\n');
  });

  it('takes the plain form of another format', () => {
    const style = styleOf('a.csv', encode('1;0;0\n0;1;0\n'));
    expect(text(encodeMaskFile('b.mtx', row, style))).toBe('%%MatrixMarket matrix coordinate pattern general\n2 3 2\n1 1\n2 2\n');
  });
});

it.each(MASK_FILE_EXTENSIONS)('whatever is written as .%s is read again, quickly or not', (extension) => {
  const file = `a.${extension}`;
  fc.assert(
    fc.property(masks, (mask) => {
      const bytes = encodeMaskFile(file, mask, undefined);
      expect(read(file, bytes)).toEqual(mask);
      const quick = readQuickly(file, bytes);
      if (['mtx', 'csv', 'npy'].includes(extension)) expect(quick?.toMask()).toEqual(mask);
      expect(answer({ kind: 'read', file, bytes })).toMatchObject({ matrix: { inputs: mask.inputs, outputs: mask.outputs } });
    }),
    { numRuns: 100 },
  );
});

it('what is read quickly is what the readers read, whatever the bytes are; and what they refuse is refused with a place', () => {
  const seeds = [
    '%%MatrixMarket matrix coordinate pattern general\n% c\n3 3 2\n2 1\n3 3\n',
    '%%MatrixMarket matrix coordinate pattern general\n3 3 1\n2 1',
    '1,0\n0,1\n',
    '1,0\r\n0,1\r\n',
    ...[false, true].map((fortranOrder) => text(encodeMaskFile('a.npy', csrFromDense(2, 3, (i, j) => i === j), { kind: 'npy', descr: '|u1', fortranOrder }))),
  ].map((seed) => Uint8Array.from(seed, (character) => character.charCodeAt(0)));
  const damaged = fc.constantFrom(...seeds).chain((seed) =>
    fc.oneof(
      fc.constant(seed),
      fc.tuple(fc.nat(seed.length - 1), fc.nat(127)).map(([place, byte]) => seed.with(place, byte)),
      fc.tuple(fc.nat(seed.length - 1), fc.constantFrom(...'01, \n\r2')).map(([place, character]) => seed.with(place, character.charCodeAt(0))),
      fc.nat(seed.length).map((cut) => seed.subarray(0, cut)),
      fc.tuple(fc.nat(seed.length), fc.nat(seed.length)).map(([a, b]) => Uint8Array.from([...seed.subarray(0, a), ...seed.subarray(b)])),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom('a.mtx', 'a.csv', 'a.npy'), damaged, (file, bytes) => {
      const quick = readQuickly(file, bytes);
      const reply = answer({ kind: 'read', file, bytes });
      if (quick !== undefined) expect(quick.toMask()).toEqual(read(file, bytes));
      else if ('problem' in reply) expect(() => read(file, bytes)).toThrow(MaskFileError);
      else expect('matrix' in reply && reply.matrix.inputs).toBe(read(file, bytes).inputs);
    }),
    { numRuns: 3000 },
  );
});

it('a mask too large to edit is refused with what to do instead', () => {
  const reply = answer({ kind: 'read', file: 'wide.mtx', bytes: encode('%%MatrixMarket matrix coordinate pattern general\n1000000 1000000 1\n5 5\n') });
  expect(reply).toMatchObject({ problem: expect.stringMatching(/^wide\.mtx: 1000000 × 1000000 are 1000000000000 cells, .* Visualize Mask/) });
});
