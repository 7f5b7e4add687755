import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assetFile } from './assets.js';
import { writeFileAtomically } from './write-file.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-write-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('writeFileAtomically', () => {
  it('writes bytes and text, also over a file, and leaves nothing beside it', () => {
    const file = path.join(folder, 'a.png');
    writeFileAtomically(file, Uint8Array.of(1, 2, 3));
    expect([...fs.readFileSync(file)]).toEqual([1, 2, 3]);
    writeFileAtomically(file, 'text');
    expect(fs.readFileSync(file, 'utf8')).toBe('text');
    expect(fs.readdirSync(folder)).toEqual(['a.png']);
  });

  it('leaves the old file when it cannot write, and no temporary one', () => {
    const inTheWay = path.join(folder, 'taken.png');
    fs.mkdirSync(path.join(inTheWay, 'full'), { recursive: true });
    expect(() => writeFileAtomically(inTheWay, 'x')).toThrow();
    expect(fs.readdirSync(folder).sort()).toEqual(['a.png', 'taken.png']);
    expect(() => writeFileAtomically(path.join(folder, 'none', 'a.png'), 'x')).toThrow(/ENOENT/);
  });
});

describe('assetFile', () => {
  it('finds a file beside the bundle, in kernel beside its folder, and in dist/kernel above', () => {
    for (const place of ['beside', 'npm/../kernel', 'deep/dist/kernel']) fs.mkdirSync(path.join(folder, place), { recursive: true });
    const at = (...parts: string[]): string => {
      const file = path.join(folder, ...parts, 'resvg.wasm');
      fs.writeFileSync(file, '');
      return file;
    };
    const beside = at('beside');
    expect(assetFile('resvg.wasm', path.join(folder, 'beside'))).toBe(beside);
    const source = at('deep', 'dist', 'kernel');
    expect(assetFile('resvg.wasm', path.join(folder, 'deep', 'kernel', 'picture'))).toBe(source);
    const sibling = at('kernel');
    expect(assetFile('resvg.wasm', path.join(folder, 'npm'))).toBe(sibling);
  });

  it('says what is missing and what to do', () => {
    expect(() => assetFile('DejaVuSans.ttf', folder)).toThrow(/DejaVuSans.ttf is missing.*Install patchbay again/);
  });
});
