import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

it.each<[string, unknown]>([
  ['1 + 1', 2],
  ['1 + 1;', 2],
  ['1; 2', 2],
  ['1\n// comment\n/* other */', 1],
  ['1;;;', 1],
  ['1\ntype T = 1\ninterface I {}\ndeclare const d: 1', 1],
  ['1\nfunction later() {}', 1],
  ['1\nexport {}', 1],
  ['"use strict"', 'use strict'],
  ['1, 2', 2],
  ['(1, 2)', 2],
  ['({a: 1})', { a: 1 }],
  ['[1]\n;[2]', [2]],
  ['await 5', 5],
  ['`${await 1}b`', '1b'],
  ['null', null],
  ['var x; x = 3 as number', 3],
  ['5 as number', 5],
  ['5 satisfies number', 5],
  ['<number>5', 5],
  ['let y = 2\ny!', 2],
  ['export default {b: 1}', { b: 1 }],
  ['enum E { A = 4 }\nE.A', 4],
  ['/* a */ /re/.source /* b */', 're'],
  ['`a\nb`', 'a\nb'],
])('the value of %j', async (source, expected) => {
  const ran = await session.run(source);
  expect(ran).toEqual({ hasValue: true, value: expected });
});

it.each(['', '   \n', '// c', '/* c */', 'let a = 1', '{ a: 1 }', 'if (1) { 2 }', 'for (;;) break', 'type T = 1', ';', '1; let b = 2', 'class C {}', 'function f() {}', 'enum E { A }', '1; enum E2 { A }', 'debugger', 'label: 5', 'namespace N { export const a = 1 }', 'import "node:fs"'])(
  'no value: %j',
  async (source) => {
    expect(await session.run(source)).toEqual({ hasValue: false, value: undefined });
  },
);

it('tells an undefined value from none', async () => {
  expect(await session.run('undefined')).toEqual({ hasValue: true, value: undefined });
});

it('does not wait for a promise that was not awaited', async () => {
  const forever = await session.run('await 1; new Promise(() => {})');
  expect(forever.value).toBeInstanceOf(Promise);
  expect((await session.run('Promise.resolve(1)')).value).toBeInstanceOf(Promise);
});

it('gives a function without a name none', async () => {
  expect((await session.run('(() => 1).name')).value).toBe('');
  expect((await session.run('export default class {}')).value).toHaveProperty('name', '');
});

it.each([
  ['1 + 1', false],
  ['async () => { await 1 }', false],
  ['class A { async m() { await 1 } x = async () => await 2 }', false],
  ['await 1', true],
  ['await (1)', true],
  ['await [1]', true],
  ['await `x`', true],
  ['if (1) { await 1 }', true],
  ['[`${[await 1]}`]', true],
  ['for await (const x of []) ;', true],
  ['await using r = null', true],
  ['class B { [await 1]() {} }', true],
  ['import "x"', true],
  ['import("x")', false],
])('%j is async: %s', (source, isAsync) => {
  expect(session.compile(source).isAsync).toBe(isAsync);
});
