import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(async () => {
  session = new TestSession();
  await session.run('const log: string[] = []; const res = (name: string, fail = false) => ({ [Symbol.dispose]() { log.push(name); if (fail) throw new Error(`${name} failed`) } }); const later = (name: string) => ({ async [Symbol.asyncDispose]() { await 1; log.push(name) } })');
});
afterEach(() => session.close());

const log = (): unknown => session.scope.get('log');

describe('using at the top of a cell', () => {
  it('is disposed in reverse order when the cell ends', async () => {
    expect((await session.run('using a = res("a"), b = res("b"); using c = null; log.push("run"); log.length')).value).toBe(1);
    expect(log()).toEqual(['run', 'b', 'a']);
    expect(session.scope.names()).toContainEqual({ name: 'a', kind: 'const' });
  });

  it('is disposed when the cell throws, which stays the error', async () => {
    await expect(session.run('using a = res("a"); throw new Error("cell")')).rejects.toThrow('cell');
    expect(log()).toEqual(['a']);
  });

  it('makes the cell fail when disposing fails', async () => {
    await expect(session.run('using a = res("a"), b = res("b", true)')).rejects.toThrow('b failed');
    expect(log()).toEqual(['b', 'a']);
  });

  it('ends in a SuppressedError when both fail', async () => {
    const error = await session.run('using a = res("a", true); throw new Error("cell")').then(undefined, (thrown: unknown) => thrown);
    // The runner hears of it from finishAsync.
    expect(error).toMatchObject({ name: 'SuppressedError', error: { message: 'a failed' }, suppressed: { message: 'cell' } });
  });

  it('waits for await using', async () => {
    await session.run('await using a = later("later"); using b = res("b"); log.push("run")');
    expect(log()).toEqual(['run', 'b', 'later']);
  });

  it('refuses a value that cannot be disposed, and disposes what came before', async () => {
    await expect(session.run('using a = res("a"); using b = {} as any')).rejects.toThrow(TypeError);
    expect(log()).toEqual(['a']);
    await expect(session.run('b')).rejects.toThrow('b is not defined');
  });

  it('works beside what TypeScript must transform', async () => {
    await session.run('enum E { A }\nusing a = res("a" + E.A)\nawait using b = later("b")\n{ using c = res("c") }\nlog.push("run")');
    expect(log()).toEqual(['c', 'run', 'b', 'a0']);
  });

  it('ends a cell without await at once', () => {
    session.runSync('using a = res("a"); log.push("run")');
    expect(log()).toEqual(['run', 'a']);
    expect(() => session.runSync('using a = res("a", true); throw new Error("cell")')).toThrow(expect.objectContaining({ name: 'SuppressedError' }));
  });
});
