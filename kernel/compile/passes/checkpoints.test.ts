import vm from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

/** Runs a cell that the user interrupts while its `number`th checkpoint is reached; the names that it declared. */
async function stoppedAt(source: string, number: number): Promise<string[]> {
  const cell = session.compile(source);
  const frame = session.scope.enter(cell);
  let count = 0;
  frame.checkpoint = () => {
    if (++count === number) throw new Error('stopped');
  };
  const run = new vm.Script(cell.code).runInThisContext() as (frame: object) => Promise<unknown>;
  await expect(run(frame)).rejects.toThrow('stopped');
  frame.finish(new Error('stopped'));
  return session.scope.names().map(({ name }) => name);
}

it.each<[string, number, string[]]>([
  ['const a = await 1; const b = 2; const c = 3', 1, ['a']],
  ['const a = await 1; const b = 2; const c = 3', 2, ['a', 'b']],
  ['const a = await 1\nlet b = 2\nb++\nclass C {}', 2, ['a', 'b']],
  ['const { a, b } = await Promise.resolve({ a: 1, b: 2 })\n;[a].map(String)\nconst c = 1', 1, ['a', 'b']],
  ['interface I { x: number }\nconst a: I = { x: await 1 }\ntype T = I\nfunction f() {}\nenum E { X }\nconst b = 1', 3, ['f', 'a', 'E']],
  ['do a = await 1; while (false) const b = 2; var a', 1, []],
])('%j, stopped at checkpoint %i, has declared %j', async (source, number, names) => {
  expect((await stoppedAt(source, number)).sort()).toEqual([...names].sort());
});

it.each<[string, unknown]>([
  ['let s = 1\nawait s\ns = 2\n;[s][0]', 2],
  ['await 1; label: for (;;) { break label }\n(() => 5)()', 5],
  ['"use strict"; await 1; `a${1}`', 'a1'],
  ['await 1; @((c: unknown) => void c) class D {} ; typeof D', 'function'],
  ['await 1; export const e = 4; e', 4],
])('leaves the meaning alone: %j is %j', async (source, value) => expect((await session.run(source)).value).toEqual(value));

it('a cell without await has none', () => expect(session.compile('const a = 1; const b = 2').code).not.toContain('checkpoint'));
