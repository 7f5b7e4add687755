import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isCommonJs } from './module-format.js';

const FILES = {
  'a.cjs': 'import nothing',
  'esm.js': 'import fs from "node:fs"; export const a = 1',
  'meta.js': 'console.log(import.meta.url)',
  'await.js': 'await 1',
  'jsx.js': 'exports.a = <b/>',
  'cjs.js': '#!/usr/bin/env node\nexports.a = require("fs"); return',
  'a.ts': 'exports.a = 1',
  'module/package.json': '{"type": "module"}',
  'module/cjs.js': 'exports.a = 1',
  'module/deep/package.json': '{"name": "without type"}',
  'module/deep/cjs.js': 'exports.a = 1',
  'common/package.json': '{"type": "commonjs"}',
  'common/cjs.js': 'exports.a = 1',
  'broken/package.json': '{',
  'broken/cjs.js': 'exports.a = 1',
};
let root = '';
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-format-'));
  for (const [name, text] of Object.entries(FILES)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
});
afterAll(() => fs.rmSync(root, { recursive: true }));

it.each([
  ['a.cjs', true],
  ['esm.js', false],
  ['meta.js', false],
  ['await.js', false],
  ['jsx.js', false],
  ['cjs.js', true],
  ['a.ts', false],
  ['module/cjs.js', false],
  ['module/deep/cjs.js', true],
  ['common/cjs.js', true],
  ['broken/cjs.js', true],
])('%s is CommonJS: %s', (file, expected) => expect(isCommonJs(path.join(root, file))).toBe(expected));
