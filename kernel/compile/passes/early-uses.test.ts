import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

/** The names that a cell guards at its start. */
const guarded = (source: string): string[] => [...body(source).matchAll(/\$pb\.(?:deadUntil|undefinedUntil)\("(\w+)"/g)].map(([, name = '']) => name);

describe('which names are guarded', () => {
  it.each<[string, string[]]>([
    ['const a = 1; a', []],
    ['a; const a = 1', ['a']],
    ['const a = a', ['a']],
    ['let a = 1, b = a', []],
    ['let a = b, b = 1', ['b']],
    ['new A(); class A {}', ['A']],
    ['class A { static b = new A() }', []],
    ['class B extends A {} class A {}', ['A']],
    ['v; var v = 1', ['v']],
    ['const f = () => a; const a = 1', []],
    ['const f = () => a; f(); const a = 1', ['a']],
    ['const t = setTimeout(() => t, 1)', ['t']],
    ['function f() { return a } const a = 1; f()', []],
    ['function f() { return a } f(); const a = 1', ['a']],
    ['f(); const a = 1; function f() { return a }', ['a']],
    ['f(); const a = 1; function f() { g() } function g() { return a }', ['a']],
    ['const a = load(); function f() { return a }', []],
    ['const a = f(); function f() { return a }', ['a']],
    ['((a) => a)(1); const a = 1', []],
    ['{ const a = 1; a } const a = 2', []],
    ['o.a; ({ a: 1 }); const a = 1', []],
    ['({ a }); const a = 1', ['a']],
    ['let x: typeof a; const a = 1', []],
    ['for (const a of []) a; let a = 1', []],
    ['try {} catch (a) { a } const a = 1', []],
    ['const { a, b = a } = o', ['a']],
    ['typeof a; let a', ['a']],
    ['class A { m() { return b } } const b = 1', []],
    ['class A { static m = b } const b = 1', ['b']],
  ])('%s', (source, names) => {
    expect(guarded(source)).toEqual(names);
  });
});

describe('use before declaration', () => {
  it.each(['a; const a = 1', 'a = 1; let a', 'typeof a; let a', 'new a(); class a {}', 'const a = a', 'f(); const a = 1; function f() { return a }', 'const { b = a, a } = {}', '({ a }); const a = 1', 'const [a] = [() => 1, a]'])(
    'is a ReferenceError: %s',
    async (source) => {
      await expect(session.run(source)).rejects.toThrow(new ReferenceError("Cannot access 'a' before initialization"));
      await expect(session.run('a')).rejects.toThrow('a is not defined');
    },
  );

  it('names the variable as the cell does, also when it is kept elsewhere', async () => {
    await expect(session.run('performance; const performance = 1')).rejects.toThrow("Cannot access 'performance' before initialization");
    expect((await session.run('performance.now() > 0')).value).toBe(true);
  });

  it('gives the old value back when the cell never reaches the declaration', async () => {
    await session.run('const a = "old"; var v = "old"');
    await expect(session.run('v; a; var v = 1; const a = 2')).rejects.toThrow('before initialization');
    expect((await session.run('[a, v]')).value).toEqual(['old', 'old']);
    await expect(session.run('a = 3')).rejects.toThrow(TypeError);
  });

  it('is undefined for var, which keeps what was assigned before', async () => {
    await session.run('var v = "old"');
    expect((await session.run('const seen = v; v = 1; var v; [seen, v]')).value).toEqual([undefined, 1]);
    expect((await session.run('w = 2; if (true) { var w } w')).value).toBe(2);
  });

  it('ends where the declaration has its value', async () => {
    expect((await session.run('function f() { return a } const g = () => a; const a = 5; [f(), g()]')).value).toEqual([5, 5]);
    expect((await session.run('const t = setTimeout(() => clearTimeout(t), 0); await new Promise((end) => setTimeout(end, 5)); typeof t')).value).toBe('object');
    expect((await session.run('const { x, y = x } = { x: 3 }; y')).value).toBe(3);
  });
});
