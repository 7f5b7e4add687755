import { afterAll, describe, expect, it } from 'vitest';
import type { CodeFix } from '../../../protocol/language.js';
import { CellsEditor } from '../../../../test/support/cells-editor.js';

const editor = new CellsEditor({ 'helper.ts': 'export function twice(x: number): number { return 2 * x; }\n' });
afterAll(() => editor.dispose());

/** The fixes for the errors of the last cell. */
function fixesOf(...cells: readonly string[]): readonly CodeFix[] {
  editor.open(...cells);
  const cell = String.fromCharCode(96 + cells.length);
  return editor.errors(cell).flatMap(({ range, code }) => editor.ask('codeFixes', { cell, range, codes: [code] }));
}
/** The last cell after the fix that is preferred, else the first of that title. */
function fixed(cells: readonly string[], title: RegExp): string {
  const fixes = fixesOf(...cells);
  const fix = fixes.find((one) => title.test(one.title)) ?? expect.fail(`no ${String(title)} in ${fixes.map((one) => one.title).join(', ')}`);
  editor.apply(fix.edits);
  return editor.text(String.fromCharCode(96 + cells.length));
}

describe('a fix', () => {
  it.each<[string, string[], RegExp, string]>([
    ['imports what another file exports', ["import './helper'", 'twice(1)'], /import/i, "import { twice } from './helper';\ntwice(1)"],
    ['imports with the quotes that the cell has', ['import "./helper"', "import { sep } from 'node:path';\nsep; basename('x')"], /(add|update) import/i, "import { basename, sep } from 'node:path';\nsep; basename('x')"],
    ['imports beside the cell’s own imports', ["import './helper'", "import { sep } from 'node:path';\nsep; twice(1)"], /import/i, "import { sep } from 'node:path';\nimport { twice } from './helper';\nsep; twice(1)"],
    ['adds to an import that is there', ["import { sep } from 'node:path';\nsep; basename('x')"], /(add|update) import/i, "import { basename, sep } from 'node:path';\nsep; basename('x')"],
    ['corrects the spelling of another cell’s name', ['const losses = [1]', 'lossse.length'], /losses/, 'losses.length'],
    ['corrects the spelling of a member', ['const o = { colour: 1 }', 'o.color'], /colour/, 'o.colour'],
    ['waits for an argument', ['const p = Promise.resolve(1); function f(x: number) {}', 'f(p)'], /await/, 'f(await p)'],
    ['waits for a value whose member is meant', ['const p = Promise.resolve("a")', 'p.length'], /await/, '(await p).length'],
    ['waits inside an async function', ['const p = Promise.resolve("a")', 'async function f() { return p.length }'], /await/, 'async function f() { return (await p).length }'],
    ['makes a function async', ['const p = Promise.resolve(1)', 'function f() { return await p }'], /async/, 'async function f() { return await p }'],
    ['adds what a class does not implement', ['interface I { a(): void }', 'class A implements I {\n}'], /Implement/, 'class A implements I {\n  a(): void {\n    throw new Error("Method not implemented.");\n  }\n}'],
    ['adds missing members of an object', ['interface I { a: number; b: string }', 'const x: I = { a: 1 }'], /missing properties/, 'const x: I = {\n  a: 1,\n  b: ""\n}'],
    ['keeps CRLF', ['const x = 1', '// first\r\nbasename("x")'], /import.*node:path|import.*"path"/i, 'import { basename } from "node:path";\r\n// first\r\nbasename("x")'],
  ])('%s', (_, cells, title, expected) => expect(fixed(cells, title).replace('"path"', '"node:path"')).toBe(expected));

  it('is preferred where it is most likely meant', () => {
    expect(fixesOf('const losses = [1]', 'losess').find(({ isPreferred }) => isPreferred)?.title).toBe("Change spelling to 'losses'");
    expect(fixesOf('const p = Promise.resolve("a")', 'p.length').find(({ isPreferred }) => isPreferred)?.title).toMatch(/await/);
    expect(fixesOf('interface I { a(): void }', 'class A implements I {}').filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });

  it('changes cells and nothing else', () => {
    expect(fixesOf("import { twise } from './helper'").map(({ edits }) => edits.map(({ cell }) => cell))).toEqual([['a']]);
    // What would be written into helper.ts is left out.
    expect(fixesOf("import { thrice } from './helper'; thrice(1)").map(({ title }) => title).filter((title) => /Export|declaration/.test(title))).toEqual([]);
  });

  it('may change another cell', () => {
    const fixes = fixesOf('class Net { size = 1 }', 'new Net().grow(1)');
    const declare = fixes.find(({ title }) => title === "Declare method 'grow'") ?? expect.fail(fixes.map(({ title }) => title).join());
    expect(declare.edits.map(({ cell }) => cell)).toEqual(['a']);
    editor.apply(declare.edits);
    expect(editor.text('a')).toMatch(/grow\(arg0: number\)/);
    expect(editor.errors('b')).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['a cell without errors', ['const a = 1', 'a']],
    ['a name that is like no other', ['const a = 1', 'zzzzzzzzzz']],
  ])('is none for %s', (_, cells) => expect(fixesOf(...cells)).toEqual([]));
});
