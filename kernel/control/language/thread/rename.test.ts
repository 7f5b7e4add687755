import { afterAll, describe, expect, it } from 'vitest';
import { CellsEditor } from '../../../../test/support/cells-editor.js';

const editor = new CellsEditor({
  'helper.ts': 'export function twice(x: number): number { return 2 * x; }\nexport interface Options { size: number }\n',
});
afterAll(() => editor.dispose());

/** The cells after a rename, or why it was refused. */
function renamed(cells: readonly string[], cell: string, marked: string, newName: string): readonly string[] | string {
  editor.open(...cells);
  const position = editor.at(cell, marked);
  const before = editor.inner.language.context('editor').notebook.cells.flatMap(({ id }) => editor.errors(id)).length;
  try {
    editor.apply(editor.ask('rename', { position, newName }));
  } catch (error) {
    return error instanceof RangeError ? error.message : expect.fail(String(error));
  }
  // What had no error has none after it: every use was found.
  expect(editor.inner.language.context('editor').notebook.cells.flatMap(({ id }) => editor.errors(id)).length).toBe(before);
  return editor.all;
}

describe('a rename', () => {
  it.each<[string, string[], string, string, string, string[]]>([
    ['of a const, from its declaration', ['const a = 1', 'a + a', '[a]'], 'a', 'a| =', 'b', ['const b = 1', 'b + b', '[b]']],
    ['of a const, from a use', ['const a = 1', 'a + a'], 'b', '+ |a', 'b', ['const b = 1', 'b + b']],
    ['of a let that other cells assign', ['let a = 1', 'a = 2; a++', 'const f = () => { a += 1; return a }'], 'b', '|a = 2', 'total', ['let total = 1', 'total = 2; total++', 'const f = () => { total += 1; return total }']],
    ['of one of two declarations of the same name', ['const a = 1', 'a', 'const a = "x"', 'a.length'], 'a', '|a =', 'first', ['const first = 1', 'first', 'const a = "x"', 'a.length']],
    ['of the other one', ['const a = 1', 'a', 'const a = "x"', 'a.length'], 'd', '|a.', 'second', ['const a = 1', 'a', 'const second = "x"', 'second.length']],
    ['of a function used before its cell', ['const g = () => f()', 'function f() { return 1 }'], 'a', '|f()', 'h', ['const g = () => h()', 'function h() { return 1 }']],
    ['of a class, as value and type', ['class A { b = 1 }', 'const c: A = new A(); class D extends A {}'], 'a', '|A {', 'E', ['class E { b = 1 }', 'const c: E = new E(); class D extends E {}']],
    ['of an interface', ['interface I { a: 1 }', 'const x: I = { a: 1 }'], 'b', 'x: |I', 'J', ['interface J { a: 1 }', 'const x: J = { a: 1 }']],
    ['of a member, across cells', ['class A { size = 1; grow() { this.size++ } }', 'new A().size; const { size } = new A()'], 'b', '.si|ze', 'rows', ['class A { rows = 1; grow() { this.rows++ } }', 'new A().rows; const { rows: size } = new A()']],
    ['of a name in a shorthand', ['const a = 1', 'const o = { a }; o.a'], 'a', '|a =', 'b', ['const b = 1', 'const o = { a: b }; o.a']],
    ['of what is destructured', ['const { a } = { a: 1 }', 'a'], 'b', '|a', 'b', ['const { a: b } = { a: 1 }', 'b']],
    ['of an import', ["import { twice } from './helper'", 'twice(1)'], 'b', 'tw|ice', 'double', ["import { twice as double } from './helper'", 'double(1)']],
    ['of an import with another name', ["import { twice as t } from './helper'; t(1)", 't(2)'], 'a', '|t(1)', 'double', ["import { twice as double } from './helper'; double(1)", 'double(2)']],
    ['of a namespace import', ["import * as all from './helper'", 'all.twice(1)'], 'b', '|all', 'helper', ["import * as helper from './helper'", 'helper.twice(1)']],
    ['of an export', ['export const a = 1', 'a'], 'b', '|a', 'b', ['export const b = 1', 'b']],
    ['inside a function only', ['const a = 1', 'function f(a: number) { return a } f(a)'], 'b', 'f(|a: ', 'x', ['const a = 1', 'function f(x: number) { return x } f(a)']],
    ['of a type parameter', ['function id<T>(x: T): T { return x }', 'id(1)'], 'a', '<|T>', 'Value', ['function id<Value>(x: Value): Value { return x }', 'id(1)']],
    ['of a label and of a variable of a loop', ['outer: for (const i of [1]) { i; continue outer }', '1'], 'a', '|outer:', 'rounds', ['rounds: for (const i of [1]) { i; continue rounds }', '1']],
    ['of a name with other letters', ['const größe = 1', 'größe + 1'], 'b', '|größe', '数', ['const 数 = 1', '数 + 1']],
    ['in JSX', ['const React = { createElement: (...all: unknown[]) => all }; const n = 1', '<b a={n}>{n}</b>'], 'a', '|n = ', 'count', ['const React = { createElement: (...all: unknown[]) => all }; const count = 1', '<b a={count}>{count}</b>']],
    ['of a private member', ['class A { #x = 1; y() { return this.#x } }'], 'a', '#|x = ', '#z', ['class A { #z = 1; y() { return this.#z } }']],
  ])('%s', (_, cells, cell, marked, newName, expected) => expect(renamed(cells, cell, marked, newName)).toEqual(expected));

  it.each<[string, string[], string, string, string, RegExp]>([
    ['to what is no name', ['const a = 1'], 'a', '|a', 'not a name', /^'not a name' is not a name that TypeScript allows\.$/],
    ['to a word of the language', ['const a = 1'], 'a', '|a', 'class', /^'class' is not a name/],
    ['to nothing', ['const a = 1'], 'a', '|a', '', /^'' is not a name/],
    ['to a name that another cell has: two would become one', ['const a = 1', 'const b = 2', 'a + b'], 'c', '|a', 'b', /^'b' is declared in a cell already: the two names would become one\.$/],
    ['to a name that its own cell has', ['const a = 1, b = 2', 'a + b'], 'b', '|a', 'b', /^'b' is declared in a cell already/],
    ['of what a library declares', ['[1].push(2)'], 'a', 'pu|sh', 'add', /library/],
    ['of a global', ['process.argv'], 'a', 'pro|cess', 'p', /library/],
    ['of what a file declares', ['import type { Options } from "./helper"; const o: Options = { size: 1 }; o.size'], 'a', 'o.si|ze', 'rows', /^size is declared in .*helper\.ts: rename it there\.$/],
    ['of a keyword', ['if (1) {}'], 'a', 'i|f', 'x', /cannot rename/],
    ['of a module', ["import './helper'"], 'a', 'hel|per', 'x', /cannot rename/],
    ['of nothing', ['1 + 1'], 'a', '1 +|', 'x', /cannot rename/],
  ])('is refused %s', (_, cells, cell, marked, newName, expected) => {
    expect(renamed(cells, cell, marked, newName)).toMatch(expected);
    expect(editor.all).toEqual(cells);
  });
});

it('says before what is renamed', () => {
  editor.open('const rate = 0.1', 'rate * 2;\n  process.exit');
  const target = editor.ask('rename/prepare', { position: editor.at('b', 'ra|te') });
  expect(target).toEqual({ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } }, placeholder: 'rate' });
  expect(editor.ask('rename/prepare', { position: editor.at('b', 'ex|it') })).toEqual({ refused: expect.stringContaining('library') as string });
});
