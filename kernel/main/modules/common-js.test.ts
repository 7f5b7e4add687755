import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommonJs, isInPackage } from './common-js.js';
import { requireFrom } from './require.js';

let root = '';
let time = 1_700_000_000;
beforeEach(() => (root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'patchbay-cjs-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  fs.utimesSync(file, ++time, time);
  return file;
}

it('loads a file once, and again when it or one that it requires changed, in a circle too', () => {
  const modules = new CommonJs();
  write('leaf.cjs', 'exports.leaf = 1; exports.branch = () => require("./branch.cjs")');
  const branch = write('branch.cjs', 'exports.leaf = require("./leaf.cjs").leaf; exports.other = require("./other.cjs")');
  write('other.cjs', 'module.exports = {}');
  const first = modules.load(branch) as { leaf: number; other: object };
  expect([modules.load(branch), modules.isFresh(branch)]).toEqual([first, true]);
  expect(modules.load(branch)).toBe(first);
  write('leaf.cjs', 'exports.leaf = 2; require("./branch.cjs")');
  expect(modules.isFresh(branch)).toBe(false);
  const second = modules.load(branch) as { leaf: number; other: object };
  expect([second.leaf, second.other === first.other]).toEqual([2, true]);
});

it('tries again what threw', () => {
  const modules = new CommonJs();
  const file = write('throws.cjs', 'throw new Error("no")');
  expect(() => modules.load(file)).toThrow('no');
  write('throws.cjs', 'module.exports = 5');
  expect(modules.load(file)).toBe(5);
});

it('require of a file finds packages, files, and the modules of the process', () => {
  const own = { a: 1 };
  const required = requireFrom(path.join(root, 'notebook.ipynb'), new CommonJs(), (name) => (name === 'tslab' ? own : undefined));
  write('node_modules/p/index.js', 'module.exports = "package"');
  const data = write('data.json', '{"a": 1}');
  write('typed.ts', '');
  expect([required('tslab'), required('p'), required('./data'), required('node:path')]).toEqual([own, 'package', { a: 1 }, path]);
  write('data.json', '{"a": 2}');
  expect(required(data)).toEqual({ a: 2 });
  expect(() => void required('./typed')).toThrow("require cannot load TypeScript: write import … from './typed'");
  expect(() => void required('./missing')).toThrow("Cannot find module './missing'");
  expect(required.resolve('p')).toBe(path.join(root, 'node_modules/p/index.js'));
});

it('knows what lies in a package', () => {
  expect([isInPackage(path.join('a', 'node_modules', 'b.js')), isInPackage(path.join('a', 'my_node_modules', 'b.js'))]).toEqual([true, false]);
});
