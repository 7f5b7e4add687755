import { zipSync, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { damagedFile, impossibleSize } from './zip-directory.js';

const files = { 'a.npy': Uint8Array.from({ length: 300 }, (_, k) => (k * k) % 251), 'b.npy': new Uint8Array(100_000), empty: new Uint8Array(0) };
const central = (bytes: Uint8Array) => Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));

describe.each([0, 9] as const)('an archive of level %i', (level) => {
  const archive = zipSync(files, { level });

  it('that is whole has nothing wrong', () => {
    expect([impossibleSize(archive), damagedFile(archive, unzipSync(archive))]).toEqual([undefined, undefined]);
  });

  it('with a size that no compression reaches is known before it is unpacked', () => {
    const changed = Uint8Array.from(archive);
    new DataView(changed.buffer).setUint32(central(changed) + 24, 0xf0000000, true);
    expect(impossibleSize(changed)).toBe(0xf0000000);
  });

  it('with a changed file names it', () => {
    expect(damagedFile(archive, { ...unzipSync(archive), 'b.npy': Uint8Array.of(1) })).toBe('b.npy');
    const changed = Uint8Array.from(archive);
    changed[central(changed) + 16]! ^= 1;
    expect(damagedFile(changed, unzipSync(archive))).toBe('a.npy');
  });
});

it('what is no archive has no directory', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(100), Uint8Array.of(0x50, 0x4b)]) expect([impossibleSize(bytes), damagedFile(bytes, {})]).toEqual([undefined, undefined]);
});
