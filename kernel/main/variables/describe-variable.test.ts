import { describe, expect, it } from 'vitest';
import { describeVariable } from './describe-variable.js';

const refuse = (): never => {
  throw new Error('code of the user was run');
};

class Point {
  x = 1;
  get boom(): number {
    return refuse();
  }
}

/** A class that lies about everything that can be overridden. */
class Tricky extends Array<number> {
  static override get [Symbol.species](): ArrayConstructor {
    return refuse();
  }
  get [Symbol.toStringTag](): string {
    return refuse();
  }
}

describe('variables', () => {
  it.each<[string, unknown, object]>([
    ['number', 3, { type: 'number', preview: '3' }],
    ['text', 'a\nb', { type: 'string', preview: "'a\\nb'", bytes: 6 }],
    ['nothing', null, { type: 'null', preview: 'null' }],
    ['list', [1, 2, 3], { type: 'Array', preview: '[ 1, 2, 3 ]', shape: [3] }],
    ['long list', Array.from({ length: 100 }, (_, i) => i), { type: 'Array', preview: '[ 0, 1, 2, 3, 4, 5, ... 94 more items ]', shape: [100] }],
    ['typed', new Float32Array(1e6), { type: 'Float32Array', preview: 'Float32Array(1000000) [ 0, 0, 0, 0, 0, 0, ... 999994 more items ]', shape: [1e6], bytes: 4e6 }],
    ['error', new RangeError('no'), { type: 'RangeError', preview: 'RangeError: no' }],
    ['date', new Date(0), { preview: '1970-01-01T00:00:00.000Z' }],
    ['expression', /a+/, { preview: '/a+/' }],
    ['nested', { 'a b': { c: { d: 1 } }, list: [[1]] }, { preview: "{ 'a b': { c: [Object] }, list: [ [Array] ] }" }],
    ['promise', Promise.resolve(1), { type: 'Promise', preview: 'Promise' }],
    ['bytes', new ArrayBuffer(10), { type: 'ArrayBuffer', bytes: 10 }],
    ['map', new Map([[1, 2]]), { type: 'Map', preview: 'Map(1) { 1 => 2 }', shape: [1] }],
    ['set', new Set([1]), { type: 'Set', preview: 'Set(1) { 1 }', shape: [1] }],
    ['point', new Point(), { type: 'Point', preview: 'Point { x: 1 }' }],
    ['function', function add() {}, { type: 'function', preview: '[Function: add]' }],
    ['class', class Named {}, { type: 'function', preview: '[class Named]' }],
    ['bare', Object.assign(Object.create(null) as object, { a: 1 }), { type: 'object', preview: '[Object: null prototype] { a: 1 }' }],
    ['mine', { known: true }, { type: 'Object', preview: 'a thing of the runtime', shape: [2, 3], isMask: true }],
  ])('%s', (name, value, row) => {
    const describe = (object: object): { preview: string; shape: number[]; isMask: true } | undefined => ('known' in object ? { preview: 'a thing of the runtime', shape: [2, 3], isMask: true } : undefined);
    expect(describeVariable(name, value, describe)).toMatchObject({ name, isMask: false, ...row });
  });

  it('cuts a long preview, of a long text as well', () => {
    expect(describeVariable('s', 'x'.repeat(500)).preview).toHaveLength(80);
    expect(describeVariable('s', 'y'.repeat(1e8)).preview).toHaveLength(80);
  });

  it.each<[string, unknown, string]>([
    ['an inspect method', { [Symbol.for('nodejs.util.inspect.custom')]: refuse }, 'Object'],
    ['getters', { get a() { return refuse(); }, nested: { get b() { return refuse(); } } }, 'Object'],
    ['a constructor that is a getter', Object.create(Object.defineProperty({}, 'constructor', { get: refuse })), 'object'],
    ['a name that is a getter', new (Object.defineProperty(class {}, 'name', { get: refuse }))(), 'object'],
    ['traps', new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse }), 'Proxy'],
    ['a tricky array', Tricky.from([1]), 'Tricky'],
    ['a Map with a size of its own', new (class M extends Map { override get size(): number { return refuse(); } })(), 'M'],
    ['an error with a message that is a getter', Object.defineProperty(new Error('x'), 'message', { get: refuse }), 'Error'],
    ['a regular expression with a source of its own', Object.defineProperty(/x/, 'source', { get: refuse }), 'RegExp'],
  ])('runs nothing of %s', (_name, value, type) => expect(describeVariable('t', value).type).toBe(type));

  it('is quick for a session of thousands, some of them big', () => {
    const wide = Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`k${i}`, i]));
    const values = Array.from({ length: 3_000 }, (_, i) => [i, `text ${i}`, [i, i], { i }, new Float32Array(1000)][i % 5]);
    const started = performance.now();
    for (const value of [...values, wide, new Set(values), Array.from({ length: 1e6 })]) describeVariable('v', value);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
