/** What the service thinks of cells must be what the session does with them. */
import { afterAll, describe, expect, it } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';

const language = new TestLanguage({
  'helper.ts': 'export const count: number = 1;\nexport default class Thing<T> { constructor(readonly value: T) {} }\nexport type Only = { a: 1 };\n',
  'plain.js': '/** @param {number} x */\nexport function twice(x) { return x * 2 }\nexport const anything = JSON.parse("1");\n',
  'data.json': '{ "answer": 42 }',
  'node_modules/untyped/package.json': '{"name":"untyped","main":"index.js"}',
  'node_modules/untyped/index.js': 'module.exports = { a: 1 };',
  'node_modules/only-esm/package.json': '{"name":"only-esm","type":"module","exports":{".":{"types":"./types.d.ts","default":"./index.js"}}}',
  'node_modules/only-esm/types.d.ts': 'export declare const hello: string;',
  'node_modules/only-esm/index.js': 'export const hello = "x";',
});
afterAll(() => language.dispose());

describe('cells without errors', () => {
  it.each<[string, string[]]>([
    ['redeclare a const with another type', ['const a = 1', 'const a = "x"; a.length', 'a.toUpperCase()']],
    ['redeclare with another keyword', ['const a = 1', 'let a = "x"', 'var a = [1]; a.push(2)', 'function a() { return 1 }', 'a().toFixed()', 'class a { b = 1 }', 'new a().b', 'enum a { C }', 'a.C', "import * as a from 'node:fs'", "a.readFileSync('x')"]],
    ['redeclare classes of another shape', ['class A { x = 1 }\nconst a = new A()', 'class A { private y = 1; z() { return this.y } }', 'new A().z(); a.x']],
    ['redeclare types, interfaces and enums', ['interface I { a: 1 } type T = 1; enum E { A }', 'interface I { b: 2 } type T = "x"; enum E { B }', 'const i: I = { b: 2 }; const t: T = "x"; E.B']],
    ['redeclare an import', ["import { basename as f } from 'node:path'", "import { readFileSync as f } from 'node:fs'", "f('x').byteLength"]],
    ['wait at the top', ['const a = await Promise.resolve(1)', 'for await (const x of [1, Promise.resolve(2)]) x.toFixed(); a.toFixed()', 'await a']],
    ['assign to a let of another cell', ['let total = 0', 'total = 1; total++; [total] = [2]; ({ total } = { total: 3 })', 'const add = () => { total += 1 }; add(); total.toFixed()']],
    ['narrow what a later cell assigned', ['let model: Date | null = null', 'model = new Date()', 'model.getTime()']],
    ['let that is given its value later', ['let x: number', 'x = 3', 'x.toFixed()']],
    ['let without a type', ['let x', 'x = 3', 'x = "a"; x']],
    ['arrays that start empty', ['const names = []; let more = []', "names.push('a'); more.push(1)", 'names[0]; more.length']],
    ['parameters without a type', ['function f(a, { b }, ...c) { return a + b + c.length }', 'f(1, { b: 2 }); [1].map((x, i) => x); const o = {}; o["any"]']],
    ['export in any form', ['export const a = 1; export function f() { return a } export default class B {} export type T = number', 'const x: T = f(); new B()', 'const local = 1; export { local, local as other }', 'local.toFixed()']],
    ['modules of every kind', ["import Thing, { count, type Only } from './helper'; import * as all from './helper.ts'; import data from './data.json'; import { twice } from './plain.js'; import { hello } from 'only-esm'", 'new Thing(count).value.toFixed(); all.count; data.answer.toFixed(); twice(1).toFixed(); hello.length; const o: Only = { a: 1 }']],
    ['packages without types', ["import untyped from 'untyped'; const again = require('untyped')", 'untyped.whatever; again.more']],
    ['modules of Node that are read on demand', ["import { createSecureServer } from 'node:http2'; import test from 'node:test'; import { Session } from 'inspector/promises'; import https from 'https'", "createSecureServer({ maxSessionMemory: 1 }); test('x', (t) => { t.name.length }); new Session().connect(); https.get('x').end()"]],
    ['dynamic imports', ["const { count } = await import('./helper.ts')", 'count.toFixed()']],
    ['import.meta, process and Node’s globals', ['import.meta.url.length; import.meta.dirname; process.argv.length; setTimeout(() => {}, 1); Buffer.from("x"); structuredClone({}); await fetch("x"); __dirname']],
    ['namespaces, also merged in a cell', ['namespace N { export const a = 1 } namespace N { export const b = 2 }', 'N.a + N.b']],
    ['enums, const enums and generics', ['const enum C { A = 1 } function id<T>(x: T): T { return x } type Box<T> = { v: T }', 'const b: Box<C> = { v: C.A }; id(b).v']],
    ['overloads', ['function f(a: string): string; function f(a: number): number; function f(a: any) { return a }', 'f("x").length; f(1).toFixed()']],
    ['decorators, accessors, using, satisfies', ['function log(value: unknown, context: ClassMethodDecoratorContext) {}', 'class A { @log m() {} accessor x = 1; static #p = 1; static { A.#p } }', 'using d = { [Symbol.dispose]() {} }; const o = { a: 1 } satisfies { a: number }; new A().x']],
    ['last expressions of any kind', ['1', '({ a: 1 })', '`x`', '[1, 2]', '"use strict"', 'null', ';', '// only a comment', '']],
    ['a class that uses itself and what comes later in its cell', ['class Tree { children: Tree[] = []; make() { return later() } }\nfunction later() { return new Tree() }', 'new Tree().make().children']],
    ['values of earlier cells in closures', ['const rate = 0.1; const f = () => rate * 2', 'const rate = "fast"', 'f().toFixed(); rate.length']],
    ['types of an import', ["import type { Stats } from 'node:fs'; import { type PathLike, statSync } from 'node:fs'", 'const s: Stats = statSync("x"); const p: PathLike = "x"']],
    ['tfjs and patchbay', ["import * as tf from '@tensorflow/tfjs'; import { Mask, maskedDense, train, show, masks } from 'patchbay'", 'const model = tf.sequential({ layers: [maskedDense({ connections: Mask.from([[1, 0], [0, 1]]) })] }); const y = tf.ones([1, 2]).mul(2).sum(); y.dataSync()', "import tf2 from '@tensorflow/tfjs-node'; import { tensor } from '@tensorflow/tfjs-core'"]],
    ['pragmas', ['// @ts-nocheck\nconst a: string = 1', 'a.length;\n// @ts-expect-error\na.nothing;\n// @ts-ignore\na.nothing']],
    ['a name that only a later cell declares, in a function', ['const f = () => later + 1', 'const later = 1']],
    ['generators and async iteration', ['function* count() { yield 1; yield 2 } async function* wait() { yield "a" }', 'for (const n of count()) n.toFixed(); for await (const s of wait()) s.length; [...count()].map((n) => n.toFixed())']],
    ['destructuring with defaults and renames', ['const { a, b: { c = 2 } = {}, ...rest } = { a: 1, b: { c: 3 }, d: "x" } as { a: number; b?: { c?: number }; d: string }; const [first, , third = 0] = [1, 2, 3]', 'a.toFixed(); c.toFixed(); rest.d.length; first.toFixed(); third.toFixed()']],
    ['inheritance across cells', ['abstract class Shape { abstract area(): number; describe() { return `${this.area()}` } }', 'class Square extends Shape { constructor(readonly side: number) { super() } override area() { return this.side ** 2 } }', 'const s: Shape = new Square(2); s.describe().length; s instanceof Square && s.side']],
    ['generic classes and functions across cells', ['class Box<T> { constructor(public value: T) {} map<U>(f: (value: T) => U): Box<U> { return new Box(f(this.value)) } }', 'const boxed = new Box(1).map((n) => `${n}`)', 'boxed.value.length; const all: Box<string>[] = [boxed]; all[0].value']],
    ['conditional, mapped and template types', ['type Keys<T> = { [K in keyof T as `get_${K & string}`]: T[K] extends number ? "n" : "s" }', 'const k: Keys<{ a: 1; b: "x" }> = { get_a: "n", get_b: "s" }', 'k.get_a; type Only = keyof typeof k; const o: Only = "get_b"; o']],
    ['unions that a later cell narrows', ['type Event = { kind: "key"; code: number } | { kind: "text"; value: string }', 'const e = JSON.parse("{}") as Event', 'if (e.kind === "key") e.code.toFixed(); else e.value.length; switch (e.kind) { case "text": e.value }']],
    ['type guards and assertions', ['function isText(x: unknown): x is string { return typeof x === "string" } function must(x: unknown): asserts x { if (!x) throw x }', 'const maybe: unknown = "a"; if (isText(maybe)) maybe.length; const or: number | null = [1][0]; must(or); or.toFixed()']],
    ['symbols, getters and computed members', ['const key = Symbol("k"); const o = { [key]: 1, get size() { return 2 }, set size(n: number) {}, async *items() { yield 1 } }', 'o[key].toFixed(); o.size = 3; o.size.toFixed(); for await (const i of o.items()) i.toFixed()']],
    ['labels, loops and var out of blocks', ['outer: for (var i = 0; i < 2; i++) { for (const j of [1]) { if (j) continue outer } } { var inside = "x" }', 'i.toFixed(); inside.length']],
    ['functions that call each other across cells', ['function even(n: number): boolean { return n === 0 || odd(n - 1) }', 'function odd(n: number): boolean { return n !== 0 && even(n - 1) }', 'even(4) && odd(3)']],
    ['an import that shadows a cell’s name, and the other way round', ["const join = 1", "import { join } from 'node:path'", "join('a', 'b').length", 'const join = (a: string) => a', "join('a')"]],
    ['names with dollars and of other scripts', ['const $a = 1, _b = 2, größe = 3, 数 = 4, a$1 = 5', '$a + _b + größe + 数 + a$1']],
    ['names that JavaScript’s objects have', ['const toString = 1, constructor = 2, hasOwnProperty = 3; let valueOf = 4', 'toString + constructor + hasOwnProperty + valueOf; valueOf = 5']],
    ['comments, hashbangs and directives at the start', ['#!/usr/bin/env node\n"use strict";\n/* a */ const a = 1', '// only\n/** b */\nconst b = a', 'a + b']],
    ['CRLF and lone CR', ['const a = 1;\r\nlet b = 2;\r// c\rconst c = 3;', 'b = 4;\r\na + b + c']],
    ['regular expressions and templates that look like code', ['const r = /}\\/const x = "/g; const t = `const hidden = ${1}`', 'r.test(t)']],
    ['top-level return types of promises', ['const load = async () => ({ rows: [1, 2] }); const data = await load()', 'data.rows.map((n) => n.toFixed())']],
    ['worker, streams and other globals of Node', ['const c = new AbortController(); new URL("x:y").href; new TextEncoder().encode("a").length; performance.now(); queueMicrotask(() => {}); new Blob([]).size; crypto.randomUUID(); setImmediate(() => {}); c.signal.aborted']],
    ['declare global', ['declare global { var shared: number }', 'shared.toFixed()']],
  ])('%s', (_, cells) => expect(language.errors(cells)).toEqual([]));
});

describe('cells with errors', () => {
  it.each<[string, string[], string[]]>([
    ['a wrong type', ['const a: number = "x"'], ['0:1 2322']],
    ['a wrong assignment to another cell’s let', ['let a = 1', '\na = "x"'], ['1:2 2322']],
    ['an assignment to another cell’s const', ['const a = 1', 'a = 2'], ['1:1 2632']],
    ['a property that is not there', ['const o = { a: 1 }', 'o.b'], ['1:1 2339']],
    ['an unknown name', ['nobody'], ['0:1 2304']],
    ['null where it may be', ['const m = "a".match(/a/)', 'm.length'], ['1:1 18047']],
    ['a missing module', ["import x from './missing'"], ['0:1 2307']],
    ['the same const twice in one cell', ['const a = 1; const a = 2'], ['0:1 2451', '0:1 2451']],
    ['what does not parse, and nothing of the cells around it', ['const a = 1', '}}}', 'a.toFixed(); a.nothing'], ['1:1 1128', '1:1 1128', '1:1 1128', '2:1 2339']],
    ['a brace that is not closed', ['function f() {', 'const a: string = 1'], ['0:1 1005', '1:1 2322']],
    ['a text that is not closed', ['let a = `x', 'const b: string = 1'], ['0:1 1160', '1:1 2322']],
    ['a wrong argument across cells', ['function f(a: number) {}', 'f("x")'], ['1:1 2345']],
    ['a member that only the old class has', ['class A { old = 1 }', 'class A { young = 1 }', 'new A().old'], ['2:1 2339']],
    ['an abstract class that is made', ['abstract class A {}', 'new A()'], ['1:1 2511']],
    ['a member that is not overridden rightly', ['class A { m(): number { return 1 } }', 'class B extends A { m(): string { return "" } }'], ['1:1 2416']],
    ['a private name from outside', ['class A { #x = 1; private y = 2 }', 'new A().y'], ['1:1 2341']],
    ['a type that is used as a value, and the other way round', ['type T = 1; const v = 1', 'T; let x: v'], ['1:1 2693', '1:1 2749']],
    ['await where it cannot stand', ['function f() { await 1 }'], ['0:1 1308']],
    ['too few and too many arguments', ['const f = (a: number, b?: string) => a', 'f(); f(1, "a", 2)'], ['1:1 2554', '1:1 2554']],
    ['a discriminated union that is not narrowed', ['type E = { k: "a"; n: number } | { k: "b"; s: string }', 'const e = null as unknown as E; e.n'], ['1:1 2339']],
    ['a missing await', ['const p = Promise.resolve({ a: 1 })', 'p.a'], ['1:1 2339']],
    ['an enum of another cell that lost a member', ['enum E { A, B }', 'enum E { A }', 'E.B'], ['2:1 2339']],
    ['a readonly member that is written', ['interface P { readonly x: number }', 'const p: P = { x: 1 }; p.x = 2'], ['1:1 2540']],
    ['an import of a name that the file has not', ["import { nothing } from './helper'"], ['0:1 2614']],
    ['a wrong shape for tfjs', ["import * as tf from '@tensorflow/tfjs'", 'tf.tensor2d([1, 2]).shap'], ['1:1 2551']],
    ['an unused @ts-expect-error', ['// @ts-expect-error\nconst a = 1'], ['0:1 2578']],
    ['an old class is not the new one', ['class A { private x = 1 }\nconst a = new A()', 'class A { private x = 1 }', 'const b: A = a'], ['2:1 2322']],
  ])('%s', (_, cells, expected) => expect(language.errors(cells)).toEqual(expected));

  it('a session does not see what later cells declare', () => expect(language.errors(['const f = () => later', 'const later = 1'], 'session')).toEqual(['0:1 2304']));
});

describe('tsconfig.json', () => {
  const errors = (config: string, cells: readonly string[]): { errors: string[]; problems: string[] } => {
    const own = new TestLanguage({ 'tsconfig.json': config, 'lib/deep.ts': 'export const deep = 1' });
    try {
      return { errors: own.errors(cells), problems: own.problems };
    } finally {
      own.dispose();
    }
  };
  it.each<[string, object, string[], string[]]>([
    ['strict off', { strict: false }, ['let a: string = null; function f(x) { return x }'], []],
    ['strict on', { strict: true }, ['function f(x) { return x }'], ['0:1 7006']],
    ['noUncheckedIndexedAccess', { noUncheckedIndexedAccess: true }, ['[1][0].toFixed()'], ['0:1 2532']],
    ['paths', { paths: { '@/*': ['./lib/*'] } }, ["import { deep } from '@/deep'; deep.toFixed()"], []],
    ['lib', { lib: ['ESNext', 'DOM'] }, ['document.title.length'], []],
    ['no DOM without it', {}, ['document'], ['0:1 2584']],
    ['JSX with a React of the cells', {}, ['const React = { createElement: (...all: unknown[]) => all, Fragment: 1 }', '<div a={1}>{[1].map((n) => <b key={n}/>)}</div>', 'const React = { createElement: 1 }; <div/>'], []],
    ['JSX of the automatic runtime', { jsx: 'react-jsx', jsxImportSource: 'mine' }, ['const React = 1', '<div/>'], ['1:1 2875']],
    ['JSX with a factory', { jsx: 'react', jsxFactory: 'h' }, ['const h = (...all: unknown[]) => all', '<div/>'], []],
    ['legacy decorators', { experimentalDecorators: true }, ['function d(target: object, key: string) {} class A { @d x = 1 }'], []],
    ['settings of a build', { module: 'commonjs', target: 'es5', outDir: 'x', composite: true, isolatedModules: true, verbatimModuleSyntax: true, noEmit: false }, ["import { Stats } from 'node:fs'; let s: Stats", 'await 1; s; class A { #x = 1 }'], []],
  ])('%s', (_, compilerOptions, cells, expected) => expect(errors(JSON.stringify({ compilerOptions }), cells)).toEqual({ errors: expected, problems: [] }));

  it('that is broken is named, and counts as far as it goes', () => {
    expect(errors('{ "compilerOptions": { "strict": ', ['const a: number = "x"'])).toEqual({ errors: ['0:1 2322'], problems: [expect.stringMatching(/tsconfig\.json, line 1: Expression expected/)] });
    expect(errors('{ "compilerOptions": { "strict": false, "target": "es9000" } }', ['let a: string = null'])).toEqual({ errors: [], problems: [expect.stringMatching(/tsconfig\.json, line 1: Argument for '--target' option must be/)] });
  });
});
