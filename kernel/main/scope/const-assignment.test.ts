import vm from 'node:vm';
import { expect, it } from 'vitest';
import { explainConstAssignment } from './const-assignment.js';

const shown = (global: string): string | undefined => ({ a: 'a', $: '$', performance$pb: 'performance' })[global];

function thrownBy(source: string, global: string): unknown {
  Object.defineProperty(globalThis, global, { value: 1, writable: false, configurable: true });
  try {
    return vm.runInThisContext(`'use strict'; ${source}`);
  } catch (error) {
    return error;
  } finally {
    Reflect.deleteProperty(globalThis, global);
  }
}

it.each([
  ['a', 'a'],
  ['$', '$'],
  ['performance$pb', 'performance'],
])('names the constant %s', (global, name) => {
  const error = thrownBy(`${global} = 2`, global);
  explainConstAssignment(error, shown);
  expect(error).toMatchObject({ name: 'TypeError', message: `Assignment to constant variable '${name}'.` });
  expect((error as Error).stack).toContain(`TypeError: Assignment to constant variable '${name}'.`);
});

it('leaves other errors as they are', () => {
  const frozen = thrownBy('Object.freeze({ a: 1 }).a = 2', 'unrelated');
  const other = new TypeError("Cannot assign to read only property 'b' of object '#<Object>'");
  for (const error of [frozen, other, new Error('x'), undefined, 'text']) {
    const before = String(error);
    explainConstAssignment(error, (global) => (global === 'b' ? undefined : shown(global)));
    if (error !== frozen) expect(String(error)).toBe(before);
  }
});
