import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mappedFile } from './path-mapping.js';

let base = '';
beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-paths-'));
  for (const file of ['src/a.ts', 'src/deep/b.ts', 'lib/a.ts', 'generated/c.ts', 'src/index.ts', 'src/d.json']) {
    fs.mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
    fs.writeFileSync(path.join(base, file), '');
  }
});
afterAll(() => fs.rmSync(base, { recursive: true }));

const patterns: [string, string[]][] = [
  ['@/*', ['./src/*']],
  ['@/deep/*', ['./lib/*', './src/deep/*']],
  ['exact', ['./lib/a.ts']],
  ['both/*', ['./nowhere/*', './generated/*']],
  ['*.css', ['./src/*']],
  ['$&', ['./src/a']],
];

it.each<[string, boolean, string | undefined]>([
  ['@/a', false, 'src/a.ts'],
  ['@/a.js', false, 'src/a.ts'],
  ['@/d.json', false, 'src/d.json'],
  ['@/', false, 'src/index.ts'],
  ['@/deep/b', false, 'src/deep/b.ts'],
  ['@/deep/a', false, 'lib/a.ts'],
  ['exact', false, 'lib/a.ts'],
  ['exact/more', false, undefined],
  ['both/c', false, 'generated/c.ts'],
  ['a.css', false, 'src/a.ts'],
  ['@/missing', false, undefined],
  ['src/a', false, undefined],
  ['src/a', true, 'src/a.ts'],
  ['lodash', true, undefined],
])('%s, with baseUrl %s, is %s', (specifier, isBaseUrl, file) => {
  const found = mappedFile(specifier, { base, isBaseUrl, patterns });
  expect(found?.path).toBe(file === undefined ? undefined : path.join(base, file));
});

it('is nothing without a mapping', () => expect(mappedFile('@/a', undefined)).toBeUndefined());
