import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotebookProject } from './notebook-project.js';
import type { Project } from './read-tsconfig.js';

let root = '';
beforeEach(() => (root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'patchbay-tsconfig-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

let time = 1_700_000_000;
function write(name: string, content: unknown): void {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  // Two writes within one tick of the clock would look the same.
  fs.utimesSync(file, ++time, time);
}
const read = (folder = '.'): Project => new NotebookProject(path.join(root, folder)).current(ts).project;

describe('a tsconfig.json', () => {
  it('gives what changes the code, with what it extends, and with comments', () => {
    write('base.json', { compilerOptions: { experimentalDecorators: true, jsx: 'react', jsxFactory: 'h' } });
    write('tsconfig.json', '{ // mine\n "extends": "./base.json", "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "preact", "emitDecoratorMetadata": true, }, }');
    expect(read().emit).toEqual({ experimentalDecorators: true, jsx: ts.JsxEmit.ReactJSX, jsxFactory: 'h', jsxImportSource: 'preact', emitDecoratorMetadata: true });
    expect(read().problems).toEqual([]);
    expect(read().files).toEqual(['tsconfig.json', 'base.json'].map((name) => path.join(root, name)));
  });

  it('extends a package', () => {
    write('node_modules/@tsconfig/x/tsconfig.json', { compilerOptions: { jsxImportSource: 'solid' } });
    write('tsconfig.json', { extends: '@tsconfig/x/tsconfig.json' });
    expect(read().emit).toEqual({ jsxImportSource: 'solid' });
  });

  it.each<[object, object]>([
    [{ useDefineForClassFields: false }, { useDefineForClassFields: false }],
    [{ target: 'es2020' }, { useDefineForClassFields: false }],
    [{ target: 'es2020', useDefineForClassFields: true }, { useDefineForClassFields: true }],
    [{ target: 'esnext' }, { useDefineForClassFields: true }],
    [{ strict: true, outDir: 'x', noEmit: true }, {}],
  ])('%j gives %j', (compilerOptions, emit) => {
    write('tsconfig.json', { compilerOptions });
    expect(read().emit).toEqual(emit);
  });

  it('of a folder above counts, but the nearest wins', () => {
    write('tsconfig.json', { compilerOptions: { jsxFactory: 'above' } });
    fs.mkdirSync(path.join(root, 'notebooks/deep'), { recursive: true });
    expect(read('notebooks/deep').emit).toEqual({ jsxFactory: 'above' });
    write('notebooks/tsconfig.json', { compilerOptions: { jsxFactory: 'near' } });
    expect(read('notebooks/deep').emit).toEqual({ jsxFactory: 'near' });
  });

  it.each<[object, object | undefined]>([
    [{}, undefined],
    [{ paths: { '@/*': ['./src/*'] } }, { base: '.', isBaseUrl: false, patterns: [['@/*', ['./src/*']]] }],
    [{ baseUrl: './src' }, { base: 'src', isBaseUrl: true, patterns: [] }],
    [{ baseUrl: '.', paths: { a: ['b', 'c'] } }, { base: '.', isBaseUrl: true, patterns: [['a', ['b', 'c']]] }],
  ])('%j maps %j', (compilerOptions, mapping) => {
    write('tsconfig.json', { compilerOptions });
    const found = read().mapping;
    expect(found === undefined ? found : { ...found, base: path.relative(root, found.base) || '.' }).toEqual(mapping);
  });

  it('takes paths of an extended file from that file', () => {
    write('config/base.json', { compilerOptions: { paths: { '#*': ['./lib/*'] } } });
    write('tsconfig.json', { extends: './config/base.json' });
    expect(read().mapping?.base).toBe(path.join(root, 'config'));
  });
});

describe('a broken tsconfig.json', () => {
  it('that is no JSON counts as empty, and says where', () => {
    write('tsconfig.json', '{ "compilerOptions": {\n "jsx": react } ');
    expect(read()).toMatchObject({ emit: {}, mapping: undefined });
    expect(read().problems).toEqual([expect.stringMatching(/tsconfig\.json, line 2: .+ The whole file is ignored until this is mended\.$/)]);
  });

  it('that is wrong in many places is named once, where that begins', () => {
    write('tsconfig.json', '{ "compilerOptions": { broken\n');
    expect(read().problems).toEqual([`${path.join(root, 'tsconfig.json')}, line 1: Property assignment expected. The whole file is ignored until this is mended.`]);
  });

  it('with a wrong option keeps the others', () => {
    write('tsconfig.json', { compilerOptions: { jsx: 'vue', experimentalDecorators: true } });
    expect(read().emit).toEqual({ experimentalDecorators: true });
    expect(read().problems).toEqual([expect.stringMatching(/tsconfig\.json, line 1: Argument for '--jsx' option must be.+ This setting is ignored\.$/)]);
  });

  it('that extends what is not there says so', () => {
    write('tsconfig.json', { extends: './nowhere.json', compilerOptions: { jsxFactory: 'h' } });
    expect(read().problems.join()).toContain('nowhere');
    expect(read().emit).toEqual({ jsxFactory: 'h' });
  });
});

it('is read again when it, or what it extends, changes, comes or goes', () => {
  const project = new NotebookProject(root);
  const now = (): [string | undefined, boolean] => {
    const { project: found, isNew } = project.current(ts);
    return [found.emit.jsxFactory, isNew];
  };
  expect([now(), now()]).toEqual([[undefined, false], [undefined, false]]);
  write('tsconfig.json', { extends: './base.json' });
  write('base.json', { compilerOptions: { jsxFactory: 'a' } });
  expect([now(), now()]).toEqual([['a', true], ['a', false]]);
  write('base.json', { compilerOptions: { jsxFactory: 'b' } });
  expect([now(), now()]).toEqual([['b', true], ['b', false]]);
  fs.rmSync(path.join(root, 'tsconfig.json'));
  expect([now(), now()]).toEqual([[undefined, true], [undefined, false]]);
});
