import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bundleOf, DISPLAY_METHOD } from './bundle-of.js';
import { isBundle } from './media-types.js';
import { copyPicture, pictureOf, withPicture } from './picture-of.js';

describe('bundleOf', () => {
  it.each<[string, unknown, object]>([
    ['a number', 1, { 'text/plain': '1' }],
    ['text', 'a', { 'text/plain': "'a'" }],
    ['null', null, { 'text/plain': 'null' }],
    ['an object', { a: [1, 2] }, { 'text/plain': '{ a: [ 1, 2 ] }' }],
    ['an empty object', {}, { 'text/plain': '{}' }],
    ['a Map', new Map([[1, 2]]), { 'text/plain': 'Map(1) { 1 => 2 }' }],
    ['a function', function f() {}, { 'text/plain': '[Function: f]' }],
    ['an object with one key that is no media type', { 'text/html': 'x', other: 1 }, { 'text/plain': "{ 'text/html': 'x', other: 1 }" }],
    ['a bundle', { 'text/html': '<b>x</b>' }, { 'text/html': '<b>x</b>' }],
    ['a bundle with bytes', { 'image/png': Uint8Array.of(1, 2, 3) }, { 'image/png': 'AQID' }],
    ['a bundle with JSON', { 'application/json': { at: new Date(0), f: undefined } }, { 'application/json': { at: '1970-01-01T00:00:00.000Z' } }],
    ['a bundle with a number as text', { 'text/plain': 5 }, { 'text/plain': '5' }],
    ['a value that shows itself', { [DISPLAY_METHOD]: () => ({ 'text/markdown': '*x*' }) }, { 'text/markdown': '*x*' }],
    ['a value that shows nothing', { [DISPLAY_METHOD]: () => ({}) }, {}],
    ['a class that shows itself', Object.assign(class A {}, { [DISPLAY_METHOD]: () => ({ 'text/plain': 'A!' }) }), { 'text/plain': 'A!' }],
  ])('of %s', (_, value, bundle) => expect(bundleOf(value)).toEqual(bundle));

  it('waits for a promise of a bundle', async () => {
    const value = { [DISPLAY_METHOD]: async () => ({ 'image/png': Buffer.from([1]) }) };
    expect(await bundleOf(value)).toEqual({ 'image/png': 'AQ==' });
  });

  it('of a method that returns no bundle is the value as text', () => {
    const value = { n: 1, [DISPLAY_METHOD]: () => 'oops' };
    expect(bundleOf(value)).toMatchObject({ 'text/plain': expect.stringContaining('n: 1') });
  });

  it('calls the method on its value, and passes on what it throws', () => {
    const value = { text: 'mine', [DISPLAY_METHOD](): object { return { 'text/plain': this.text }; } };
    expect(bundleOf(value)).toEqual({ 'text/plain': 'mine' });
    expect(() => bundleOf({ [DISPLAY_METHOD]: () => { throw new Error('in display'); } })).toThrow('in display');
  });

  it('has no colours', () => expect(bundleOf([1, 'a', null])).toEqual({ 'text/plain': "[ 1, 'a', null ]" }));

  it('says when data cannot be JSON', () => {
    expect(() => bundleOf({ 'application/json': () => 1 })).toThrow('the data of application/json is function, expected a value that JSON can hold');
  });
});

describe('a bundle', () => {
  it.each([[{ 'text/plain': 'a' }, true], [{ 'application/vnd.x+json': {} }, true], [{ 'image/svg+xml': '' }, true], [{}, false], [[], false], [null, false], [{ a: 1 }, false], [{ 'text/plain': 'a', b: 1 }, false], [{ 'no type': 1 }, false]])('%j: %s', (value, is) => {
    expect(isBundle(value)).toBe(is);
  });
  it('is a plain object, of any realm', () => {
    class Response { 'text/plain' = 'a'; }
    expect(isBundle(new Response())).toBe(false);
    expect(isBundle(runInNewContext('({ "text/plain": "a" })'))).toBe(true);
    expect(isBundle(Object.assign(Object.create(null) as object, { 'text/plain': 'a' }))).toBe(true);
  });
});

describe('a picture of a bundle', () => {
  it('is drawn when somebody wants it, once, and is no key', () => {
    let drawn = 0;
    const bundle = withPicture({ 'text/plain': 'x' }, () => `<svg>${++drawn}</svg>`);
    expect([Object.keys(bundle), drawn]).toEqual([['text/plain'], 0]);
    expect([pictureOf(bundle), pictureOf(bundle), drawn]).toEqual(['<svg>1</svg>', '<svg>1</svg>', 1]);
    expect(structuredClone(bundle)).toEqual({ 'text/plain': 'x' });
  });

  it('stays with the bundle that a value returns', () => {
    const value = { [DISPLAY_METHOD]: () => withPicture({ 'text/plain': 'x' }, () => '<svg/>') };
    const bundle = bundleOf(value);
    expect(bundle instanceof Promise ? undefined : pictureOf(bundle)).toBe('<svg/>');
    expect(pictureOf({ 'text/plain': 'x' })).toBeUndefined();
    expect(pictureOf(copyPicture({ 'text/plain': 'x' }, { 'text/plain': 'y' }))).toBeUndefined();
  });
});
