import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('top-level variables, as text', () => {
  it.each([
    ['const a = 1', '$pb.const("a", 1);'],
    ['let a = 1;', '$pb.let("a", 1);;'],
    ['let a', '$pb.let("a", void 0);'],
    ['let a: number;', '$pb.let("a", void 0);;'],
    ['var a = 1', '$pb.var("a", 1);'],
    ['const a = 1, b = a + 1', '$pb.const("a", 1);$pb.const("b", a + 1);'],
    ['let a, b = 2, c', '$pb.let("a", void 0);$pb.let("b", 2);$pb.let("c", void 0);'],
    ['const f = () => 1', '$pb.const("f", {f: () => 1}.f);'],
    ['const f = function () {}', '$pb.const("f", {f: function () {}}.f);'],
    ['const f = function g() {}', '$pb.const("f", function g() {});'],
    ['const C = (class {})', '$pb.const("C", {C: (class {})}.C);'],
    ['const f = (() => 1) as F', '$pb.const("f", {f: (() => 1)}.f);;    '],
    ['const a = b as T', '$pb.const("a", b);;    '],
    ['const a = b as T;', '$pb.const("a", b     );;'],
    ['const a = () => b as T\n[1]', '$pb.const("a", {a: () => b}.a);;    \nreturn $pb.result(([1]));'],
    ['const {a} = o', ';({a: $pb.consts["a"]} = o);'],
    ['const {a, b: {c = 1}, ...rest} = o', ';({a: $pb.consts["a"], b: {c: $pb.consts["c"] = 1}, ...$pb.consts["rest"]} = o);'],
    ['let [a, , [b], ...c] = o', ';([$pb.lets["a"], , [$pb.lets["b"]], ...$pb.lets["c"]] = o);'],
    ['const {f = () => 1} = o', ';({f: $pb.consts["f"] = {f: () => 1}.f} = o);'],
    ["const {'x-y': a, [k]: b} = o", `;({'x-y': $pb.consts["a"], [k]: $pb.consts["b"]} = o);`],
    ['const {a}: T = o', ';({a: $pb.consts["a"]}    = o);'],
    ['var {a} = o', ';({a: $pb.vars["a"]} = o);'],
    ['using a = o', '$pb.using("a", o);'],
    ['await using a = o', '$pb.awaitUsing("a", o);'],
    ['var a = 1; var a; var a = 2', '$pb.var("a", 1);; ;; ;a = 2;'],
    ['declare const a: number', '                       '],
  ])('%s', (source, expected) => {
    expect(body(source)).toBe(expected);
  });
});

describe('top-level variables, as they run', () => {
  it.each([
    ['const a = 1, b = a + 1', 'b', 2],
    ['let a; a', 'a', undefined],
    ['const f = () => 1', 'f.name', 'f'],
    ['const C = class {}, g = function* () {}', 'C.name + g.name', 'Cg'],
    ['const {f = async () => 1, ...rest} = {z: 5}', '[f.name, rest.z]', ['f', 5]],
    ['const {a, b = a + 1} = {a: 4}', 'b', 5],
    ['const [x, [y = 2] = [], ...z] = new Set([1, undefined, 3])', '[x, y, z]', [1, 2, [3]]],
    ['const {["k" + 1]: k1} = {k1: 9}', 'k1', 9],
    ['const \\u0061b = 1, ünï = 2, 变量 = 3', 'ab + ünï + 变量', 6],
    ['const a = 1 // no semicolon\nconst b = [a]\n;[a].length', 'b[0]', 1],
    ['const re = /[/*]/g, t = `a${`b${1}`}`', 're.source + t', '[/*]ab1'],
    ['const $ = 1, $pb = 2', '$ + $pb', 3],
  ])('%s', async (source, expression, expected) => {
    await session.run(source);
    expect((await session.run(expression)).value).toEqual(expected);
  });

  it('replaces a declaration by any other keyword', async () => {
    const declarations = ['const v = 1', 'let v = 2', 'var v = 3', 'function v() {}', 'class v {}', 'const [v] = [6]', 'const v = 7'];
    for (const declaration of declarations) {
      await session.run(declaration);
      expect(session.scope.names()).toHaveLength(1);
    }
    expect((await session.run('v')).value).toBe(7);
  });

  it('refuses to assign to a const of an earlier cell and of the same one', async () => {
    await session.run('const c = 1; let l = 1');
    await expect(session.run('c = 2')).rejects.toThrow(new TypeError("Assignment to constant variable 'c'."));
    await expect(session.run('const d = 1; d++')).rejects.toThrow(new TypeError("Assignment to constant variable 'd'."));
    await session.run('const add = () => { c += 1 }');
    await expect(session.run('add()')).rejects.toThrow(new TypeError("Assignment to constant variable 'c'."));
    await session.run('const frozen = 1');
    await expect(session.run('Object.freeze({ frozen: 1 }).frozen = 2')).rejects.toThrow("Cannot assign to read only property 'frozen'");
    await session.run('l = 2; let c = 3');
    await session.run('c = 4');
    expect((await session.run('[c, l]')).value).toEqual([4, 2]);
  });

  it('keeps what was declared before a throw, and the old value and kind of what was not reached', async () => {
    await session.run('const kept = "old"; let loose = "old"');
    await expect(session.run('const first = 1; throw new Error("stop"); const kept = 2; const loose = 3; const never = 4')).rejects.toThrow('stop');
    expect((await session.run('[first, kept, loose, typeof never]')).value).toEqual([1, 'old', 'old', 'undefined']);
    await expect(session.run('kept = 1')).rejects.toThrow(TypeError);
    expect((await session.run('loose = "new"')).value).toBe('new');
    expect(session.scope.names().map(({ name }) => name)).toEqual(['kept', 'loose', 'first']);
  });

  it('keeps the old value when the initializer throws, also after an await', async () => {
    await session.run('const a = 1');
    await expect(session.run('const a = (() => { throw new Error("x") })()')).rejects.toThrow('x');
    await expect(session.run('const a = await Promise.reject(new Error("y"))')).rejects.toThrow('y');
    await expect(session.run('const {a, b} = null as any')).rejects.toThrow(TypeError);
    expect((await session.run('a')).value).toBe(1);
    await expect(session.run('b')).rejects.toThrow('b is not defined');
  });

  it('lets code that runs meanwhile see the old value until an awaited one is there', async () => {
    await session.run('let slow = "old"; const look = () => slow');
    expect((await session.run('const seen: string[] = []; setTimeout(() => seen.push(look()), 1); let slow = await new Promise((r) => setTimeout(r, 10, "new")); seen.push(look()); seen')).value).toEqual(['old', 'new']);
  });
});
