import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseCellSource, parseDiagnostics } from './cell-source.js';

const names = (text: string) => {
  const { declared, exported, assigned } = parseCellSource(ts, text).names;
  return { declared: [...declared].map(([name, { kind }]) => `${kind} ${name}`).join(', '), exported: [...exported].join(), assigned: [...assigned].join() };
};

describe('the names that a cell declares', () => {
  it.each([
    ['const a = 1, { b, c: [d, ...e], ...f } = x; let g; var h', 'const a, const b, const d, const e, const f, let g, var h'],
    ['function f(): void; function f() {} class A {} enum E {} const enum F {} interface I {} type T = 1', 'function f, class A, enum E, enum F, interface I, type T'],
    ['namespace N.M {} declare module "x" {} declare global { var y: number }', 'module N'],
    ["import a, { b as c, type D } from 'x'; import * as e from 'y'; import f = require('z'); import 'w'", 'import a, import c, import D, import e, import f'],
    ['if (x) { var inBlock = 1; let not = 2 } for (var i = 0, j; ;) {} for (const k of []) { var { l } = k }', 'var inBlock, var i, var j, var l'],
    ['function g() { var inside } class B { static { var s } } const h = () => { var t }', 'function g, class B, const h'],
    ['await using r = x; using s = y', 'const r, const s'],
    ['const = ; function () {} class {}', ''],
    ['declare const d: number; abstract class C {}', 'const d, class C'],
  ])('%s', (text, declared) => expect(names(text).declared).toBe(declared));

  it.each([
    ['export const a = 1; export function b() {}; export default function c() {} export interface D {}', 'a,b,D'],
    ["const a = 1; export { a as b, c }; export * as ns from 'x'; export * from 'y'", 'b,c,ns'],
  ])('those that it exports itself: %s', (text, exported) => expect(names(text).exported).toBe(exported));

  it.each([
    ['a = 1; b += 2; c++; --d; (e) = 1; f! = 2', 'a,b,c,d,e,f'],
    ['[g, { h, i: j = 1 }, ...k] = x; ({ l = 2, ...m } = y)', 'g,h,j,k,l,m'],
    ['for (n of []) {} for (o in {}) { p = 1 }', 'n,o,p'],
    ['function f() { q = 1 } const g = () => { r = 2 }; class A { s = 1 }; t.u = 1', ''],
  ])('those that it gives new values: %s', (text, assigned) => expect(names(text).assigned).toBe(assigned));

  it('are where they are', () => {
    const { declared } = parseCellSource(ts, 'const 数 = 1;\n  function  two() {}').names;
    expect([...declared.values()].map(({ start, end }) => [start, end])).toEqual([[6, 7], [25, 28]]);
  });
});

describe('the source of a cell', () => {
  it('is read with JSX where that goes further', () => {
    expect(parseCellSource(ts, 'const a = <b>x</b>').isJsx).toBe(true);
    expect(parseCellSource(ts, 'const a = <string>x').isJsx).toBe(false);
    expect(parseCellSource(ts, 'const f = <T>(x: T) => x; const = 1').isJsx).toBe(false);
  });

  it('is parsed anew by change, from JSX and to JSX', () => {
    let source = parseCellSource(ts, 'const a = 1;\nawait f(a)');
    for (const text of ['const a = 1;\nawait f(a, <i/>)', 'const a = 12;\nawait f(a)', '', 'const b = <b/>', 'let c']) {
      source = parseCellSource(ts, text, source);
      expect(source.file.text).toBe(text);
      expect(parseDiagnostics(source.file)).toEqual([]);
      expect([...source.names.declared.keys()]).toEqual([...parseCellSource(ts, text).names.declared.keys()]);
    }
  });
});
