import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectValue } from './inspect-value.js';

const wide = (count: number): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, i]));
class Point {
  x = 1;
  get boom(): never {
    throw new Error('a getter was run');
  }
}

describe('inspectValue', () => {
  it('is util.inspect of whatever is not huge', () => {
    fc.assert(fc.property(fc.anything({ withMap: true, withSet: true, withDate: true, withTypedArray: true, withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => void expect(inspectValue(value)).toBe(inspect(value))), { numRuns: 500 });
  });

  it.each<[string, unknown]>([
    ['a class instance', new Point()],
    ['a circle', (() => { const a: Record<string, unknown> = {}; a['a'] = [a]; return a; })()],
    ['100×100 numbers', Array.from({ length: 100 }, () => Array.from({ length: 99 }, (_, i) => i))],
    ['1000 properties', wide(1000)],
    ['a long list', Array.from({ length: 1e6 }, (_, i) => i)],
    ['a long typed array', new Float32Array(1e6)],
    ['a function with a field', Object.assign(() => 1, { field: 2 })],
    ['an error with a cause', new Error('a', { cause: new Error('b') })],
  ])('is util.inspect of %s', (_name, value) => expect(inspectValue(value)).toBe(inspect(value)));

  it('cuts an object of many properties with a count, wherever it is', () => {
    expect(inspectValue(wide(1e6))).toMatch(/^\{\n {2}key0: 0,[^]*key99: 99,\n {2}\.\.\. 999900 more properties\n\}$/);
    expect(inspectValue({ inside: [wide(2000)], other: 1 })).toMatch(/inside: \[\n {4}\{[^]*1900 more properties\n[^]*other: 1\n\}$/);
    expect(inspectValue(Object.assign(new Point(), wide(2000)))).toMatch(/^Point \{\n {2}x: 1,[^]*1901 more properties\n\}$/);
    expect(inspectValue([[[wide(2000)]]])).toBe('[ [ [ [Object] ] ] ]');
  });

  it('cuts each list of a cube shorter', () => {
    const cube = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => new Array<number>(100).fill(7)));
    const text = inspectValue(cube);
    expect(text).toMatch(/\.\.\. 90 more items\n\]$/);
    expect(text.length).toBeLessThan(20_000);
  });

  it('cuts what is long all the same, at a line, with a count', () => {
    const text = inspectValue(Array.from({ length: 90 }, () => 'x'.repeat(9_000)));
    expect(text).toMatch(/'\,?\n\.\.\. \d{6} more characters$/);
    expect(text.length).toBeLessThan(200_100);
  });

  it('runs no trap and no getter', () => {
    const bad = (): never => {
      throw new Error('ran');
    };
    expect(inspectValue(new Proxy({ a: 1 }, { get: bad, ownKeys: bad, has: bad, getOwnPropertyDescriptor: bad, getPrototypeOf: bad }))).toBe('{ a: 1 }');
    expect(inspectValue({ get a() { return bad(); }, list: Object.defineProperty([1, 2], 0, { get: bad }) })).toBe('{ a: [Getter], list: [ [Getter], 2 ] }');
  });

  it('is quick', () => {
    const values = [wide(1e5), { a: { b: wide(1e5) } }, new Set(Array.from({ length: 1e6 }, (_, i) => i)), Array.from({ length: 1000 }, () => wide(500))];
    for (const value of values) {
      const started = performance.now();
      inspectValue(value);
      expect(performance.now() - started).toBeLessThan(1_500);
    }
  });
});
