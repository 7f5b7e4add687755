import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('functions and classes, as text', () => {
  it.each([
    ['function f() {}', '$pb.function("f", {f: function () {}}.f);;'],
    ['async function* f<T>(a: T) {}', '$pb.function("f", {f: async function*    (a   ) {}}.f);;'],
    ['1\nfunction f() {}', '$pb.function("f", {f: function () {}}.f);return $pb.result((1));\n;'],
    ['function f(): void\nfunction f() {}', '$pb.function("f", {f: function () {}}.f);                  \n;'],
    ['a\nfunction f() {}\n(b)', '$pb.function("f", {f: function () {}}.f);a\n;\nreturn $pb.result(((b)));'],
    ['class A {}', '$pb.class("A", class A {});'],
    ['abstract class A { abstract x: 1 }', '$pb.class("A",          class A {               });'],
    ['declare function f(): void', '                          '],
    ['{ function f() {} }', '{ function f() {} }'],
    ['function performance() {}', '$pb.function("performance$pb", {performance: function () {}}.performance);;'],
    ['function __proto__() {}', '$pb.function("__proto__", {["__proto__"]: function () {}}["__proto__"]);;'],
  ])('%s', (source, expected) => {
    expect(body(source)).toBe(expected);
  });
});

describe('functions and classes, as they run', () => {
  it.each([
    ['call(); function call() { return 1 }', 'call()', 1],
    ['function fact(n: number): number { return n < 2 ? 1 : n * fact(n - 1) }', 'fact(5)', 120],
    ['function* gen() { yield* [1, 2] }', '[...gen()]', [1, 2]],
    ['async function slow() { return await 4 }', 'await slow()', 4],
    ['function named() {}; class Named {}', '[named.name, Named.name]', ['named', 'Named']],
    ['function twice() { return 1 } function twice() { return 2 }', 'twice()', 2],
    ['var v = 1; function v() {}', 'v', 1],
    ['class A { static make() { return new A() } }', 'A.make() instanceof A', true],
    ['class B { #p = 1; get p() { return this.#p } static made = false; static { this.made = true } }', '[new B().p, B.made]', [1, true]],
    ['function Old(this: any) { this.x = 1 }', 'new (Old as any)().x', 1],
    ['function performance() { return "mine" }', 'performance()', 'mine'],
  ])('%s', async (source, expression, expected) => {
    await session.run(source);
    expect((await session.run(expression)).value).toEqual(expected);
  });

  it('lets earlier functions see what later cells declare', async () => {
    await session.run('let rate = 1; const scale = 10; function helper() { return "old" }; function use() { return [rate, scale, helper()] }; const arrow = () => use()');
    await session.run('const rate = 2');
    await session.run('let scale = 20');
    await session.run('const helper = () => "new"');
    expect((await session.run('[use(), arrow()]')).value).toEqual([[2, 20, 'new'], [2, 20, 'new']]);
  });

  it('lets a recursive function see its redefinition', async () => {
    await session.run('function down(n: number): string { return n === 0 ? "old" : down(n - 1) }; const keep = down');
    await session.run('function down(n: number): string { return "new" }');
    expect((await session.run('[keep(0), keep(1)]')).value).toEqual(['old', 'new']);
  });

  it('sees in the declaring cell what a later rerun declares', async () => {
    await session.run('let base = 1\nfunction add(x: number) { return x + base }\nadd(1)');
    await session.run('let base = 100');
    expect((await session.run('add(1)')).value).toBe(101);
  });

  it('keeps the name in stack traces', async () => {
    await session.run('function outer() { inner() }\nfunction inner() { throw new Error("deep") }\nconst arrow = () => outer()\nclass K { m() { arrow() } }');
    const error = await session.run('new K().m()').catch((thrown: unknown) => thrown);
    const names = String((error as Error).stack).split('\n').slice(1, 5).map((line) => /at (?:async )?(\S+) \(/.exec(line)?.[1]);
    expect(names).toEqual(['inner', 'outer', 'arrow', 'K.m']);
  });
});
