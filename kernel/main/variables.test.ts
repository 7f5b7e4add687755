import { describe, expect, it } from 'vitest';
import { describeVariable } from './variables.js';

class Point {
  x = 1;
  get boom(): number {
    throw new Error('a getter was run');
  }
}

describe('variables', () => {
  it.each([
    ['number', 3, 'number', '3'],
    ['text', 'a\nb', 'string', "'a\\nb'"],
    ['nothing', null, 'null', 'null'],
    ['list', [1, 2, 3], 'Array', '[ 1, 2, 3 ]'],
    ['long list', Array.from({ length: 100 }, (_, i) => i), 'Array', '[ 0, 1, 2, 3, 4, 5, ... 94 more items ]'],
    ['point', new Point(), 'Point', 'Point { x: 1 }'],
    ['function', function add() {}, 'function', '[Function: add]'],
    ['bare', Object.assign(Object.create(null), { a: 1 }), 'object', '[Object: null prototype] { a: 1 }'],
  ])('%s', (name, value, type, preview) => expect(describeVariable(name, value)).toEqual({ name, type, preview, isMask: false }));

  it('cuts a long preview', () => expect(describeVariable('s', 'x'.repeat(500)).preview).toHaveLength(80));

  it('runs no inspect method of a foreign class', () => {
    const tricky = {
      [Symbol.for('nodejs.util.inspect.custom')]() {
        throw new Error('was run');
      },
    };
    expect(describeVariable('t', tricky).type).toBe('Object');
  });
});
