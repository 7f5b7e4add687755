import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compiler } from '../../test/support/session.js';
import { originalPosition } from './position-map.js';

type Namespace = Record<string, unknown>;

const common = { require: () => 1, module: { exports: {} }, exports: {}, __dirname: '/here', __filename: '/here/a.ts' };

/** Modules by name, loaded as the kernel loads them: one that is still loading gives what it exports so far. */
function loader(sources: Record<string, string>): (name: string) => Promise<Namespace> {
  const loaded = new Map<string, { exports: Namespace; done: Promise<Namespace>; isDone: boolean }>();
  return function load(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.isDone ? known.done : Promise.resolve(known.exports);
    const source = sources[name];
    if (source === undefined) return import(name) as Promise<Namespace>;
    const result = compiler.compileModule(source, `${name}.ts`);
    if (!result.ok) throw new SyntaxError(result.error.message);
    const run = new vm.Script(result.cell.code, { filename: `${name}.ts` }).runInThisContext() as (frame: object) => Promise<void>;
    const exports: Namespace = {};
    const entry = { exports, isDone: false, done: Promise.resolve(exports) };
    loaded.set(name, entry);
    const required = (specifier: string): Promise<unknown> => load(specifier).then((module) => module['module.exports'] ?? module['default'] ?? module);
    entry.done = run({ exports, import: load, require: required, commonJs: () => common, meta: { url: `file:///${name}.ts` } }).then(() => {
      entry.isDone = true;
      return exports;
    });
    return entry.done;
  };
}

const load = (main: string, others: Record<string, string> = {}): Promise<Namespace> => loader({ main, ...others })('main');

describe('exports', () => {
  it.each<[string, object]>([
    ['export const a: number = 1, { b, c: [d] } = { b: 2, c: [3] }', { a: 1, b: 2, d: 3 }],
    ['export default 1 + 1', { default: 2 }],
    ['export = 5', { default: 5, 'module.exports': 5 }],
    ['export const dir = [__dirname, typeof require, typeof module]', { dir: ['/here', 'function', 'object'] }],
    ['const require = 1, __filename = 2; export const own = [require, __filename]', { own: [1, 2] }],
    ['const a = 1; export { a as b, a as default, a as "x-y" }', { b: 1, default: 1, 'x-y': 1 }],
    ['interface I {} type T = 1\nexport { I, type T }\nexport type { I as J }\nexport interface K {}', {}],
    ['import type { A, B as C } from "missing"; import type D, { type E } from "missing"\nimport { type F } from "node:fs"; export { A, C, D, F }; interface I {}; enum G { X }; export { I }', {}],
    ['interface I {} enum E { A }\nexport { I }; export type { E }; declare const d: 1; export { d }', {}],
    ['if (true) { var nested = 1 } export { nested }', { nested: 1 }],
    ['export type { A } from "missing"; export type * from "missing"; export type * as N from "missing"', {}],
    ['export declare const d: number; export const e = 1', { e: 1 }],
    ['export enum E { A = 2 }', { E: { A: 2, 2: 'A' } }],
    ['export namespace N { export const x = 1 }', { N: { x: 1 } }],
    ['enum E { A = 2 }\nexport const viaEnum = E.A\nexport { E as F }', { viaEnum: 2, F: { A: 2, 2: 'A' } }],
    ['export const value = await Promise.resolve(7)', { value: 7 }],
    ['export const url = import.meta.url', { url: 'file:///main.ts' }],
    ['namespace A { export const b = 1 }\nimport c = A.b\nexport const d = c', { d: 1 }],
    ['export const order: string[] = []\nusing r = { [Symbol.dispose]() { order.push("end") } }\norder.push("run")', { order: ['run', 'end'] }],
    ['const Object = 1, Symbol = 2; export { Object, Symbol }', { Object: 1, Symbol: 2 }],
    ['export const $pb = 1', { $pb: 1 }],
    ['#!/usr/bin/env node\nexport const a = 1', { a: 1 }],
  ])('%j', async (source, expected) => {
    expect(Object.fromEntries(Object.entries(await load(source)))).toEqual(expected);
  });

  it('gives functions and classes their names', async () => {
    const { f, default: anonymous, C } = await load('export function f() {}\nexport default () => 1\nexport class C {}');
    expect([f, anonymous, C].map((value) => (value as { name: string }).name)).toEqual(['f', 'default', 'C']);
    expect(((await load('export default function () {}'))['default'] as { name: string }).name).toBe('default');
    expect(((await load('export default class {}\n(1)'))['default'] as { name: string }).name).toBe('default');
    expect(((await load('export default class Named {}'))['default'] as { name: string }).name).toBe('Named');
  });

  it('shows the newest value, and says which ones change', async () => {
    const module = await load('export let count = 0; export const fixed = 1; export function up() { count++ }');
    (module['up'] as () => void)();
    expect(module['count']).toBe(1);
    expect(Reflect.get(module, Symbol.for('patchbay.live'))).toEqual(['count']);
  });

  it('leaves nothing on the global object', async () => {
    await load('export const leaked = 1; var alsoLeaked = 2; function leakedToo() {}');
    expect(['leaked', 'alsoLeaked', 'leakedToo'].filter((name) => name in globalThis)).toEqual([]);
  });
});

describe('imports', () => {
  const others = {
    other: 'export let n = 1; export const inc = () => ++n; export default "d"; export function self(this: unknown) { return this }; export const tag = (s: TemplateStringsArray) => s[0]; export class Base {}; export type T = 1',
    barrel: 'export * from "other"; export * as ns from "other"; export { n as m, default } from "other"; export const own = 1',
  };
  it.each<[string, unknown]>([
    ['import { n, inc } from "other"; inc(); export const r = n', 2],
    ['import d, { n as x } from "other"; export const r = [d, x]', ['d', 1]],
    ['import * as o from "other"; export const r = [o.n, typeof o.inc]', [1, 'function']],
    ['import { self } from "other"; export const r = [self(), (0, self)()]', [undefined, undefined]],
    ['import { n } from "other"; export const r = { n, m: n }', { n: 1, m: 1 }],
    ['import { n } from "other"; export const r = ((n: number) => n)(5)', 5],
    ['import { tag } from "other"; export const r = tag`t`', 't'],
    ['import { Base } from "other"; class D extends Base {}; export const r = new D() instanceof Base', true],
    ['import { Base } from "other"; export const r = new Base() instanceof Base', true],
    ['import { T } from "other"; export const r = 1 as T', 1],
    ['import { inc } from "other"\nlet a = 1\nlet b = a\ninc()\nexport const r = a', 1],
    ['import { self } from "other"\nlet o: any = {}\nlet b = o\nself\nself()\nexport const r = 5', 5],
    ['import type { T } from "missing"; export const r: T = 1', 1],
    ['import { ns, m, own, n, default as d } from "barrel"; export const r = [(ns as any).n, m, own, n, d]', [1, 1, 1, 1, 'd']],
    ['import { n } from "other"; export { n as r }', 1],
    ['import path = require("node:path"); export const r = path.posix.sep', '/'],
    ['import "other"; export const r = (await import("other")).default', 'd'],
    ['import { n } from "other"; enum E { A = 3 }; export const r = n + E.A', 4],
    ['import { n } from "other"; function f(x = n, { y = n } = {}) { return [x, y] }; export const r = f()', [1, 1]],
  ])('%j', async (source, expected) => {
    expect((await load(source, others))['r']).toEqual(expected);
  });

  it('runs each import once, in order, before the module', async () => {
    const log: string[] = [];
    Reflect.set(globalThis, 'moduleLog', log);
    await load('moduleLog.push("main"); import "a"; import "b"', { a: 'import "b"; moduleLog.push("a")', b: 'moduleLog.push("b")' });
    Reflect.deleteProperty(globalThis, 'moduleLog');
    expect(log).toEqual(['b', 'a', 'main']);
  });

  it('lets modules that import each other call what is hoisted, and refuses what is not there yet', async () => {
    const sources = { a: 'import { b } from "b"\nexport function fa() { return "fa" }\nexport const ca = "ca"\nexport const seen = b()', b: 'import { fa, ca } from "a"\nexport const b = () => [fa(), ca]\nexport const early = (() => { try { return ca } catch (e) { return (e as Error).message } })()' };
    const load = loader(sources);
    await expect(load('a')).resolves.toMatchObject({ seen: ['fa', 'ca'] });
    expect((await load('b'))['early']).toBe("Cannot access 'ca' before initialization");
  });
});

it.each<[string, string[] | undefined]>([
  ['export interface A {} export type B = 1; export declare const c: number; export const d = 1; interface E {} export { E as F, type D }; type D = 1', ['A', 'B', 'c', 'F', 'D']],
  ['export type { A } from "x"; export { B } from "x"; import { C, type T } from "x"; export { C, T }', ['A', 'B', 'C', 'T']],
  ['export const a = 1; export class K {} export enum L {}', []],
  ['export type A = 1; export * from "x"', undefined],
])('%j exports types', (source, types) => {
  const result = compiler.compileModule(source, 'm.ts');
  expect(result.ok && result.cell.typeExports).toEqual(types);
});

it('tells which imported names are used as values', () => {
  const result = compiler.compileModule('import d, { a, B, c as e } from "x"; const z: B = a(e); class Q { d = 1 }; export { B }', 'm.ts');
  expect(result.ok && result.cell.imports[0]?.needs).toEqual(['a', 'c']);
});

describe('errors of a module', () => {
  it.each([
    ['export const a = 1\nexport { b }', "Export 'b' is not defined in module", 2, 10],
    ['return 1', 'Illegal return statement', 1, 1],
    ['let a = ;', 'Expression expected.', 1, 9],
    ['enum E { A }\nexport { nothing }', "Export 'nothing' is not defined in module", 2, 10],
  ])('%j', (source, message, line, column) => {
    expect(compiler.compileModule(source, 'm.ts')).toEqual({ ok: false, error: { message, line, column } });
  });

  it.each([
    'import { join } from "node:path"\n\nexport function f(): void {\n  void join; throw new Error("here")\n}\nf()',
    'enum E { A }\nimport { join } from "node:path"\n\n  void join; throw new Error("here")',
  ])('stands at its own line: %j', async (source) => {
    const result = compiler.compileModule(source, 'main.ts');
    if (!result.ok) throw new Error(result.error.message);
    const error = await load(source).catch((thrown: unknown) => thrown);
    const [, line, column] = /main\.ts:(\d+):(\d+)/.exec(String((error as Error).stack)) ?? [];
    expect(originalPosition(result.cell.map, Number(line), Number(column))).toEqual({ line: 4, column: 20 });
  });
});
