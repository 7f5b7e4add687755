import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';
import { reservedNames } from './reserved.js';
import { SessionScope } from './session-scope.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('the variables of a session', () => {
  it('are listed with their latest kind, in the order of their first declaration', async () => {
    await session.run('const a = 1; let b = 2; function f() {}\nimport fs from "node:fs"');
    await session.run('class a {}; var c');
    expect(session.scope.names()).toEqual([
      { name: 'fs', kind: 'import' },
      { name: 'f', kind: 'function' },
      { name: 'a', kind: 'class' },
      { name: 'b', kind: 'let' },
      { name: 'c', kind: 'var' },
    ]);
  });

  it('are read without running a getter', async () => {
    await session.run('let ran = 0; let watched = 1; Object.defineProperty(globalThis, "watched", { get() { ran++; return 2 }, configurable: true })');
    expect(session.scope.get('watched')).toBeUndefined();
    expect(session.scope.get('ran')).toBe(0);
    expect(session.scope.get('nothing')).toBeUndefined();
  });

  it('are gone from the list when the user deletes them', async () => {
    await session.run('const a = 1');
    await session.run('delete (globalThis as any).a');
    expect(session.scope.names()).toEqual([]);
    await expect(session.run('a')).rejects.toThrow('a is not defined');
  });

  it('are properties of the global object', async () => {
    await session.run('const onGlobal = 5');
    expect((await session.run('globalThis.onGlobal + Number(eval("onGlobal")) + new Function("return onGlobal")()')).value).toBe(15);
  });

  it('survive the same cell many times', async () => {
    const cell = 'const n = (typeof kept === "undefined" ? 0 : kept) + 1; globalThis.kept = n; function g() { return n }; class K {}; g()';
    for (let run = 1; run <= 5; run++) expect((await session.run(cell)).value).toBe(run);
    Reflect.deleteProperty(globalThis, 'kept');
  });
});

describe('reserved names', () => {
  it('are those that are there, inherited ones too, and those that libraries probe', () => {
    const names = reservedNames(globalThis);
    for (const name of ['performance', 'process', 'Map', 'console', 'toString', '__proto__', 'window', 'document', 'define', 'module', 'Deno']) expect(names.has(name)).toBe(true);
    for (const name of ['tf', 'model', 'data', 'x', 'fs', '$', '_', 'name']) expect(names.has(name)).toBe(false);
  });

  it('are taken when the session starts', () => {
    const object = { here: 1 };
    const scope = new SessionScope(object);
    Object.assign(object, { later: 1 });
    expect([scope.reserved.has('here'), scope.reserved.has('later')]).toEqual([true, false]);
  });
});
