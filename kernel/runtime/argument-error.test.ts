import { describe, expect, it } from 'vitest';
import { ArgumentError, describe as describeValue, wholeNumber } from './argument-error.js';

describe('ArgumentError', () => {
  it('names argument, value and what was expected', () => {
    const error = new ArgumentError('masks.random: density', 1.5, 'a number from 0 to 1', 'Try 0.5.');
    expect(error.message).toBe('masks.random: density is 1.5, expected a number from 0 to 1. Try 0.5.');
    expect(error.name).toBe('ArgumentError');
    expect(error).toBeInstanceOf(Error);
  });

  it.each([
    ['text', '"text"'],
    ['x'.repeat(50), `"${'x'.repeat(39)}…"`],
    [undefined, 'undefined'],
    [null, 'null'],
    [NaN, 'NaN'],
    [[1, 2], '[1, 2]'],
    [new Array<number>(9).fill(0), 'an array of 9'],
    [['a'], 'an array of 1'],
    [new Uint8Array(3), 'an Uint8Array of 3'],
    [new Float32Array(3), 'a Float32Array of 3'],
    [{}, 'an Object'],
    [new Map(), 'a Map'],
    [Object.create(null), 'an object'],
    [() => 1, 'a function'],
    [Math.max, 'a function max'],
  ])('describes %s as %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('checks whole numbers', () => {
    expect(wholeNumber('n', 3, 1, 5)).toBe(3);
    expect(() => wholeNumber('n', 6, 1, 5)).toThrow('n is 6, expected a whole number from 1 to 5');
    expect(() => wholeNumber('n', '3', 1)).toThrow('n is "3", expected a whole number of at least 1');
  });
});
