import vm from 'node:vm';
import { expect, it } from 'vitest';
import { forbiddenName, freeName, mangle, namedExpression } from './names.js';

it('mangles a name into one that people do not write', () => {
  expect(mangle('performance')).toBe('performance$pb');
});

it('finds a name for the frame that the source does not use', () => {
  expect(freeName('a + $')).toBe('$pb');
  expect(freeName('$pb + 1')).toBe('$pb_');
  expect(freeName('$pb_$pb__')).toBe('$pb___');
});

it.each(['f', 'ünï', '__proto__', '$'])('names a function after the variable %s', (name) => {
  const { open, close } = namedExpression(name);
  const made: unknown = vm.runInThisContext(`(${open}() => 1${close})`);
  expect(made).toHaveProperty('name', name);
});

it.each([
  ['let', true],
  ['yield', true],
  ['eval', true],
  ['await', true],
  ['of', false],
  ['async', false],
])('%s is forbidden: %s', (name, forbidden) => {
  expect(forbiddenName(name) !== undefined).toBe(forbidden);
});
