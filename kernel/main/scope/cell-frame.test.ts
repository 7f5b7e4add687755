import vm from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';
import type { CellFrame } from './cell-frame.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

function started(source: string): { frame: CellFrame; running: unknown } {
  const cell = session.compile(source);
  const frame = session.scope.enter(cell);
  frame.loader = session.loader;
  const run = new vm.Script(cell.code).runInThisContext() as (frame: CellFrame) => unknown;
  return { frame, running: run(frame) };
}

describe('the value of a cell', () => {
  it('is returned and kept', async () => {
    const { frame, running } = started('1 + 1');
    expect([running, frame.value, frame.hasValue]).toEqual([2, 2, true]);
    expect(await started('await 1; 3').running).toBe(3);
  });

  it('is kept but not returned when an async cell ends in a promise, which would be awaited', async () => {
    const { frame, running } = started('await 1; Promise.reject(new Error("not awaited"))');
    expect(await running).toBeUndefined();
    await expect(frame.value).rejects.toThrow('not awaited');
  });
});

describe('the end of a cell', () => {
  it('puts back what was not reached, once', async () => {
    await session.run('let a = "old"');
    const { frame, running } = started('a0(); function a0() { return typeof 1 } await new Promise(() => {}); a; let a = "new"');
    void running;
    expect((): unknown => Reflect.get(globalThis, 'a')).toThrow("Cannot access 'a' before initialization");
    frame.finish(new Error('interrupted'));
    expect(Reflect.get(globalThis, 'a')).toBe('old');
    await session.run('let a = "newer"');
    frame.finish(new Error('again'));
    expect(Reflect.get(globalThis, 'a')).toBe('newer');
  });

  it('stops a cell that was interrupted while it waited from declaring anything', async () => {
    const { frame, running } = started('const first = 1; await new Promise((r) => setTimeout(r, 5)); const second = 2');
    frame.finish(new Error('interrupted'));
    await expect(running).rejects.toThrow('This cell was interrupted');
    expect(session.scope.names().map(({ name }) => name)).toEqual(['first']);
    expect('second' in globalThis).toBe(false);
  });

  it('lets functions of a cell import after its end', async () => {
    session.modules['late'] = { x: 1 };
    await session.run('const later = () => import("late")');
    expect((await session.run('(await later()).x')).value).toBe(1);
  });

  it('knows that undefined was thrown', async () => {
    await session.run('let a = "old"');
    await expect(session.run('a; let a = 1')).rejects.toThrow(ReferenceError);
    const { frame } = started('let b = 1');
    frame.finish(undefined);
    await expect(session.run('throw undefined')).rejects.toBeUndefined();
  });
});

describe('imports', () => {
  it('say what is missing without a loader', async () => {
    const cell = session.compile('import "node:fs"');
    const frame = session.scope.enter(cell);
    await expect(frame.load(0)).rejects.toThrow('its frame has no loader');
    await expect(frame.import('x')).rejects.toThrow('its frame has no loader');
    await expect(frame.load(1)).rejects.toThrow('the cell has no import number 1');
  });

  it('ask for what import = require means when the loader can', async () => {
    const cell = session.compile('import x = require("pkg")');
    const frame = session.scope.enter(cell);
    frame.loader = { ...session.loader, require: (specifier) => `required ${specifier}` };
    await frame.load(0);
    expect(session.scope.get('x')).toBe('required pkg');
  });

  it('hand attributes and the request to the loader', async () => {
    const asked: unknown[] = [];
    const cell = session.compile('\nimport d from "./d.json" with { type: "json" }');
    const frame = session.scope.enter(cell);
    frame.loader = {
      ...session.loader,
      import: async (specifier, attributes, request) => {
        asked.push(specifier, attributes, request?.line);
        return { default: 1 };
      },
    };
    await frame.load(0);
    await frame.import('./e.json', { with: { type: 'json' } });
    expect(asked).toEqual(['./d.json', { type: 'json' }, 2, './e.json', { type: 'json' }, undefined]);
  });
});
