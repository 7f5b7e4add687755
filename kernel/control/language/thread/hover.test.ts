import { afterAll, describe, expect, it } from 'vitest';
import { CellsEditor } from '../../../../test/support/cells-editor.js';

const editor = new CellsEditor({
  'helper.ts': '/**\n * Twice as much.\n *\n * @param x what is doubled\n * @example\n * twice(1)\n */\nexport function twice(x: number): number { return 2 * x; }\n',
});
afterAll(() => editor.dispose());

const hover = (cells: readonly string[], cell: string, marked: string) => {
  editor.open(...cells);
  return editor.ask('hover', { position: editor.at(cell, marked) });
};

describe('a hover', () => {
  it.each<[string, string[], string, string, string, string]>([
    ['over a const of another cell', ['/** The rate. */\nconst rate = 0.1', 'rate'], 'b', 'ra|te', 'const rate: 0.1', 'The rate.'],
    ['over a let of another cell', ['/** All of it. */\nlet total: number | undefined', 'total = 1', 'total'], 'c', 'to|tal', 'let total: number', 'All of it.'],
    ['over a function with documentation', ["import { twice } from './helper'", 'twice(1)'], 'b', 'tw|ice', 'function twice(x: number): number', 'Twice as much.\n\n*@param* `x` — what is doubled\n\n*@example*\n```ts\ntwice(1)\n```'],
    ['over an import with another name', ["import { twice as t } from './helper'", 't(1)'], 'b', '|t(', 'function t(x: number): number', 'Twice as much.\n\n*@param* `x` — what is doubled\n\n*@example*\n```ts\ntwice(1)\n```'],
    ['over a generic call', ['function id<T>(x: T): T { return x }', 'id("a")'], 'b', '|id', 'function id<"a">(x: "a"): "a"', ''],
    ['over a class and what is made of it', ['class A<T> { constructor(readonly v: T) {} }', 'const a = new A(1)'], 'b', '|a =', 'const a: A<number>', ''],
    ['over a member', ['class A {\n  /** How large. */\n  size = 1 }', 'new A().size'], 'b', 'si|ze', '(property) A.size: number', 'How large.'],
    ['over a type', ['/** A pair. */ type Pair<T> = [T, T]', 'const p: Pair<1> = [1, 1]'], 'b', 'Pa|ir', 'type Pair<T> = [T, T]', 'A pair.'],
    ['over an enum member', ['enum E { One = 1 }', 'E.One'], 'b', 'On|e', '(enum member) E.One = 1', ''],
    ['over a parameter', ['function f(x: number) { return x }'], 'a', 'return |x', '(parameter) x: number', ''],
    ['over a bundled function', ['parseInt("1")'], 'a', 'parse|Int', 'function parseInt(string: string, radix?: number): number', 'Converts a string to an integer.\n\n*@param* `string` — A string to convert into a number.\n\n*@param* `radix` — A value between 2 and 36 that specifies the base of the number in `string`.\nIf this argument is not supplied, strings with a prefix of \'0x\' are considered hexadecimal.\nAll other strings are considered decimal.'],
    ['over an alias of an imported namespace', ["import * as path from 'node:path'", 'path.sep'], 'b', 'pa|th.', 'namespace path\nconst path: path.PlatformPath', ''],
    ['over this', ['class A { m() { return this } }'], 'a', 'th|is', 'this: this', ''],
    ['over import.meta', ['import.meta.url'], 'a', 'ur|l', '(property) ImportMeta.url: string', 'The absolute `file:` URL of the module.'],
  ])('%s', (_, cells, cell, marked, signature, documentation) => {
    const found = hover(cells, cell, marked);
    expect(found).toMatchObject({ signature });
    expect(found?.documentation.startsWith(documentation.slice(0, 60))).toBe(true);
    if (!found?.documentation.startsWith('The absolute')) expect(found?.documentation).toBe(documentation);
  });

  it('covers the name, in the cell’s own lines', () => {
    expect(hover(['const a = 1', '// first\n  a;'], 'b', '|a;')?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 3 } });
  });

  it.each<[string, string[], string, string]>([
    ['on a name that nothing declares', ['nobody'], 'a', 'no|body'],
    ['on an operator', ['1 + 1'], 'a', '1 |+'],
    ['in an empty cell', [''], 'a', '|'],
    ['in a comment', ['// total'], 'a', 'to|tal'],
  ])('is none %s', (_, cells, cell, marked) => expect(hover(cells, cell, marked)).toBeNull());

  it('tells a tensor’s and a mask’s type', () => {
    const cells = ["import * as tf from '@tensorflow/tfjs'; import { Mask } from 'patchbay'; const t = tf.ones([2, 2]); const m = Mask.from([[1, 0]])", 't; m'];
    expect(hover(cells, 'b', '|t;')?.signature).toBe('const t: Tensor<Rank>');
    expect(hover(cells, 'b', '|m')?.signature).toBe('const m: Mask');
  });
});

describe('signatures', () => {
  const help = (cells: readonly string[], cell: string, marked: string) => {
    editor.open(...cells);
    return editor.ask('signatureHelp', { position: editor.at(cell, marked) });
  };
  const OVERLOADS = 'function f(a: string): string\nfunction f(a: number, b: number): number\nfunction f(a: unknown, b?: unknown): unknown { return [a, b] }';

  it.each<[string, string[], string, string, string, number]>([
    ['of a function of another cell', ['function train(net: object, epochs = 10) {}', 'train({}, '], 'b', 'train({}, |', 'train(net: object, epochs?: number): void', 1],
    ['of the overload that fits so far', [OVERLOADS, 'f(1, '], 'b', 'f(1, |', 'f(a: number, b: number): number', 1],
    ['of a constructor', ['class A { constructor(a: number, ...rest: string[]) {} }', 'new A(1, "x", '], 'b', '"x", |', 'A(a: number, ...rest: string[]): A', 1],
    ['of a method', ['[1].slice('], 'a', 'slice(|', 'slice(start?: number, end?: number): number[]', 0],
    ['of type arguments', ['function id<T extends string>(x: T): T { return x }', 'id<'], 'b', 'id<|', 'id<T extends string>(x: T): T', 0],
    ['of the inner of two calls', ['const g = (a: number) => a; const h = (b: number) => b', 'g(h('], 'b', 'g(h(|', 'h(b: number): number', 0],
  ])('%s', (_, cells, cell, marked, label, parameter) => {
    const found = help(cells, cell, marked);
    expect(found?.signatures[found.activeSignature]?.label).toBe(label);
    expect(found?.activeParameter).toBe(parameter);
  });

  it('are all there are, each with where its parameters stand', () => {
    const found = help([OVERLOADS, 'f('], 'b', 'f(|');
    expect(found?.signatures.map(({ label }) => label)).toEqual(['f(a: string): string', 'f(a: number, b: number): number']);
    for (const { label, parameters } of found?.signatures ?? []) for (const { start, end } of parameters) expect(label.slice(start, end)).toMatch(/^[ab]: (string|number)$/);
  });

  it('have the documentation of function and parameters', () => {
    const found = help(["import { twice } from './helper'", 'twice('], 'b', 'twice(|');
    expect(found?.signatures[0]?.parameters).toEqual([{ start: 6, end: 15, documentation: 'what is doubled' }]);
    expect(found?.signatures[0]?.documentation).toBe('Twice as much.\n\n*@example*\n```ts\ntwice(1)\n```');
  });

  it.each<[string, string[], string]>([
    ['outside of a call', ['const f = (a: number) => a; f(1);'], 'f(1);|'],
    ['of what cannot be called', ['const a = 1; a('], 'a(|'],
    ['in a string', ['const f = (a: string) => a; "f("'], '"f(|'],
  ])('are none %s', (_, cells, marked) => expect(help(cells, 'a', marked)).toBeNull());
});
