import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body, compiled } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('import, as requests', () => {
  const binding = (imported: string, local: string, global = local): object => ({ imported, local, global });
  it.each<[string, object[]]>([
    ['import "m"', [{ specifier: 'm', bindings: [], line: 1 }]],
    ['import a from "m"', [{ specifier: 'm', bindings: [binding('default', 'a')], line: 1 }]],
    ['\nimport * as ns from "m"', [{ specifier: 'm', bindings: [binding('*', 'ns')], line: 2 }]],
    ['import a, { b, c as d, default as e, "x-y" as f } from "m"', [{ specifier: 'm', bindings: [binding('default', 'a'), binding('b', 'b'), binding('c', 'd'), binding('default', 'e'), binding('x-y', 'f')], line: 1 }]],
    ['import a = require("m")', [{ specifier: 'm', bindings: [binding('=', 'a')], line: 1 }]],
    ['import { performance } from "m"', [{ specifier: 'm', bindings: [binding('performance', 'performance', 'performance$pb')], line: 1 }]],
    ['import d from "./d.json" with { type: "json" }', [{ specifier: './d.json', bindings: [binding('default', 'd')], line: 1, attributes: { type: 'json' } }]],
    ['import { type A, b } from "m"', [{ specifier: 'm', bindings: [binding('b', 'b')], line: 1 }]],
    ['import { type A } from "m"', [{ specifier: 'm', bindings: [], line: 1 }]],
    ['import type A from "m"', []],
    ['import type { A } from "m"', []],
    ['import type A = require("m")', []],
    ['export * from "m"', [{ specifier: 'm', bindings: [], line: 1 }]],
    ['export { a } from "m"', [{ specifier: 'm', bindings: [], line: 1 }]],
    ['export type { a } from "m"', []],
  ])('%s', (source, requests) => {
    const cell = compiled(source);
    expect(cell.imports).toEqual(requests.map((request) => ({ needs: [], ...request })));
    expect(cell.isAsync).toBe(requests.length > 0);
  });
});

describe('module syntax, as text', () => {
  it.each([
    ['import a from "m"\na', 'await $pb.load(0);;                \nreturn $pb.result((a));'],
    ['a()\nimport b from "m"\nimport "n"', 'await $pb.load(0);await $pb.load(1);return $pb.result((a()));\n;                \n;         '],
    ['import {\n  a,\n} from "m"\nx', 'await $pb.load(0);;       \n    \n          \nreturn $pb.result((x));'],
    ['export const a = 1', '       $pb.const("a", 1);'],
    ['export function f() {}', '$pb.function("f", {f:        function () {}}.f);;'],
    ['export class A {}', '$pb.class("A",        class A {});'],
    ['export default class A {}', '$pb.class("A",                class A {});'],
    ['export default a', 'return $pb.result((0,             a));'],
    ['export default function () {}', 'return $pb.result((0,             function () {}));'],
    ['export = a', 'return $pb.result((0,       a));'],
    ['const a = 1\nexport { a }\n(b)', '$pb.const("a", 1);\n;           \nreturn $pb.result(((b)));'],
    ['export type T = 1', '                 '],
    ['export {}', ';        '],
    ['#!/usr/bin/env node\n1', '///usr/bin/env node\nreturn $pb.result((1));'],
  ])('%j', (source, expected) => {
    expect(body(source)).toBe(expected);
  });
});

describe('module syntax, as it runs', () => {
  it('loads in order, before anything else of the cell', async () => {
    session.modules['first'] = { default: 1, a: 2 };
    session.modules['second'] = { b: 3 };
    const ran = await session.run('const early = [one, a, all.b]\nimport one, { a, missing } from "first"\nimport * as all from "second"\n[...early, missing]');
    expect(ran.value).toEqual([1, 2, 3, undefined]);
    expect(session.imported).toEqual(['first', 'second']);
  });

  it('seals what it imports, until it is declared again', async () => {
    await session.run('import fs, { readFileSync } from "node:fs"');
    await expect(session.run('readFileSync = 1')).rejects.toThrow("Assignment to constant variable 'readFileSync'.");
    expect((await session.run('const readFileSync = 2; [readFileSync, typeof fs.statSync]')).value).toEqual([2, 'function']);
  });

  it('lets functions of earlier cells see an import', async () => {
    await session.run('function where() { return path.posix.join("a", "b") }');
    await session.run('import * as path from "node:path"');
    expect((await session.run('where()')).value).toBe('a/b');
  });

  it('fails for a module that is not there, used or not, and leaves names alone', async () => {
    await session.run('let x = "old"');
    await expect(session.run('import x, { y } from "no-such-module"; const z = 1')).rejects.toThrow('no-such-module');
    expect((await session.run('[x, typeof y, typeof z]')).value).toEqual(['old', 'undefined', 'undefined']);
  });

  it('takes import = require and aliases', async () => {
    session.modules['cjs'] = { default: { made: 1 } };
    session.modules['cjs-new'] = { 'module.exports': { made: 2 }, default: 0 };
    await session.run('import a = require("cjs")\nimport b = require("cjs-new")\nnamespace N { export namespace M { export const v = 3 } }\nimport c = N.M');
    expect((await session.run('[a.made, b.made, c.v]')).value).toEqual([1, 2, 3]);
  });

  it('tolerates export', async () => {
    await session.run('export const a = 1, b = 2\nexport function f() { return a }\nexport default class D {}\nexport enum E { X = 5 }\nexport { a as c }');
    expect((await session.run('[f(), b, new D() instanceof D, E.X]')).value).toEqual([1, 2, true, 5]);
  });

  it('shows the newest value of an export that a module of ours assigns to', async () => {
    let count = 0;
    const exports = Object.defineProperty({}, Symbol.for('patchbay.live'), { value: ['count'] });
    session.modules['./counter'] = Object.defineProperty(exports, 'count', { get: () => count, enumerable: true });
    await session.run('import { count } from "./counter"');
    count = 5;
    expect((await session.run('count')).value).toBe(5);
  });
});

describe('what needs a transform', () => {
  it.each([
    ['enum E { A, B = 5 }', '[E.A, E[5]]', [0, 'B']],
    ['const enum C { A = 1 << 2 }', 'C.A', 4],
    ['namespace N { export const a = 1 }\nnamespace N { export const b = a + 1 }', 'N.b', 2],
    ['function log(value: Function, context: ClassDecoratorContext) { seen.push(context.name) }\nconst seen: unknown[] = []\n@log class D {}', 'seen', ['D']],
    ['class P { constructor(public x: number, readonly y = 2) {} }', '[new P(1).x, new P(1).y]', [1, 2]],
    ['class Acc { accessor v = 1 }\nconst acc = new Acc()\nacc.v++', 'acc.v', 2],
    ['const order: string[] = []\n{ using r = { [Symbol.dispose]() { order.push("disposed") } }; order.push("used") }', 'order', ['used', 'disposed']],
    ['const wide = <number>5', 'wide', 5],
    ['enum F { A }\nlet fromEnum = () => F.A', 'fromEnum()', 0],
    ['enum G { A }\nconst [g1, { g2 = 3 }] = [1, {}] as any', '[g1, g2]', [1, 3]],
    ['enum H { A }\nfor (var loop = 0; loop < 3; loop++);', 'loop', 3],
  ])('%j', async (source, expression, expected) => {
    await session.run(source);
    expect((await session.run(expression)).value).toEqual(expected);
  });

  it('reads JSX in a .tsx cell', async () => {
    await session.run('const React = { createElement: (...parts: unknown[]) => parts }');
    expect((await session.run('<a b="c">{1}</a>', 'cell.tsx')).value).toEqual(['a', { b: 'c' }, 1]);
  });

  it('keeps helpers and temporary names out of the session', async () => {
    await session.run('const seen: string[] = []; function dec(_: unknown, { name }: { name: string | symbol }) { seen.push(String(name)) }\nclass T { @dec static m() {} @dec x = 1; @dec accessor y = 2 }');
    expect(session.scope.names().map(({ name }) => name)).toEqual(['dec', 'seen', 'T']);
    expect((await session.run('[seen.sort(), new T().y]')).value).toEqual([['m', 'x', 'y'], 2]);
    expect(Object.keys(globalThis).filter((name) => /^__?(esDecorate|runInitializers|dec|[a-z])$/.test(name))).toEqual([]);
  });
});
