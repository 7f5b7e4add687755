import { expect, it } from 'vitest';
import { decodeBackup, encodeBackup } from './backup.js';
import { BitMatrix } from './bit-matrix.js';

const matrix = new BitMatrix(3, 40, Uint32Array.of(1, 0, 0xffffffff, 255, 5, 128));
const bytes = encodeBackup({ matrix, recipes: [{ generator: 'random', density: 0.5, seed: 3 }], base: 'f00' });

it('comes back as it was, from a piece of a larger buffer too', () => {
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  for (const read of [bytes, larger.subarray(3)]) {
    expect(decodeBackup(read)).toEqual({ matrix, recipes: [{ generator: 'random', density: 0.5, seed: 3 }], base: 'f00' });
  }
});

it('says that it is damaged, whichever byte is wrong or missing', () => {
  for (let k = 0; k < bytes.length; k++) expect(() => decodeBackup(bytes.with(k, (bytes[k] ?? 0) ^ 1)), `byte ${k}`).toThrow(/backup/);
  for (const length of [0, 7, 19, 20, bytes.length - 1]) expect(() => decodeBackup(bytes.subarray(0, length)), `${length} bytes`).toThrow(/backup/);
});
