import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { createNamespace, namespaceOf } from './namespace.js';

it('prints values, not getters, as Node prints a module', () => {
  const namespace = createNamespace();
  const early = (): unknown => {
    throw new ReferenceError("Cannot access 'late' before initialization");
  };
  Object.defineProperty(namespace, 'a', { get: () => [1], enumerable: true });
  Object.defineProperty(namespace, 'late', { get: early, enumerable: true });
  expect(inspect(namespace)).toBe('[Module: null prototype] { a: [ 1 ], late: <uninitialized> }');
  expect(inspect({ namespace }, { depth: 0 })).toBe('{ namespace: [Module] }');
  expect(Object.keys(namespace)).toEqual(['a', 'late']);
});

it.each<[unknown, object]>([
  [{ a: 1, default: 2 }, { a: 1, default: { a: 1, default: 2 } }],
  [7, { default: 7 }],
  [null, { default: null }],
  [Object.assign(() => 1, { b: 2 }), { b: 2, default: expect.any(Function) }],
])('the namespace of what CommonJS exports: %j', (exported, expected) => expect({ ...namespaceOf(exported) }).toEqual(expected));

it('reads a property of CommonJS when it is asked for, and then anew', () => {
  let count = 0;
  const namespace = namespaceOf({ get n() { return ++count; } });
  expect(count).toBe(0);
  expect([namespace['n'], namespace['n']]).toEqual([1, 2]);
});
