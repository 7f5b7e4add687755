import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFileSpecifier, resolveFile } from './resolve-file.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-resolve-'));
  for (const file of ['a.ts', 'a.js', 'b.js', 'data.json', 'lib/index.ts', 'only.ts', 'ö b.ts']) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), '');
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('relative imports', () => {
  it.each([
    ['./a.ts', 'a.ts', 'source'],
    ['./a', 'a.ts', 'source'],
    ['./a.js', 'a.js', 'source'],
    ['./only.js', 'only.ts', 'source'],
    ['./b', 'b.js', 'source'],
    ['./data.json', 'data.json', 'json'],
    ['./data', 'data.json', 'json'],
    ['./lib', 'lib/index.ts', 'source'],
    ['./ö b', 'ö b.ts', 'source'],
  ])('%s is %s', (specifier, file, kind) => expect(resolveFile(specifier, folder)).toEqual({ kind, path: path.join(folder, file) }));

  it('takes absolute paths and file addresses', () => {
    expect(resolveFile(path.join(folder, 'a'), '/').path).toBe(path.join(folder, 'a.ts'));
    expect(resolveFile(pathToFileURL(path.join(folder, 'ö b.ts')).href, '/').path).toBe(path.join(folder, 'ö b.ts'));
  });

  it('says where it looked', () => expect(() => resolveFile('./c', folder)).toThrow(`Cannot find './c' from the folder ${folder}: there is no file ${path.join(folder, 'c')}`));

  it.each([
    ['./a', true],
    ['../a', true],
    ['..', true],
    ['/a', true],
    ['file:///a', true],
    ['.hidden', false],
    ['fs', false],
    ['node:fs', false],
    ['@scope/p', false],
  ])('%s is a file: %s', (specifier, expected) => expect(isFileSpecifier(specifier)).toBe(expected));
});
