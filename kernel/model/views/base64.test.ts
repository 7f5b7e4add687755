import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Length, decodeBase64, decodeFloats, decodeUints, encodeBase64, encodeFloats, encodeUints } from './base64.js';

describe('base64', () => {
  it('is what Node writes and reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(text.length).toBe(base64Length(bytes.length));
        expect(decodeBase64(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('encodes more than one part of text', () => {
    const bytes = Uint8Array.from({ length: 40_001 }, (_, at) => at % 251);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });

  it.each(['A', 'AAA', 'AA=A', '=AAA', 'AB C', 'AAA\u00e9', 'AAA-', '!!!!'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeNull();
  });
});

describe('numbers', () => {
  it.each([
    [[0, 255], 2],
    [[0, 256], 4],
    [[1, 65_535], 4],
    [[0, 65_536], 8],
    [[0, 2 ** 32 - 1], 8],
  ])('%j take %i bytes', (values, bytes) => {
    const text = encodeUints(Uint32Array.from(values));
    expect(text.length).toBe(base64Length(bytes));
    expect([...decodeUints(text, 2)!]).toEqual(values);
  });

  it('come back whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (values) => {
        expect([...decodeUints(encodeUints(Uint32Array.from(values)), values.length)!]).toEqual(values);
      }),
    );
  });

  it('are refused when there are more or fewer than announced, without an array of the announced length', () => {
    const three = encodeUints(Uint32Array.from([1, 2, 3]));
    expect(decodeUints(three, 4)).toBeNull();
    expect(decodeUints(three, 2)).toBeNull();
    expect(decodeUints(three, 1e9)).toBeNull();
    expect(decodeUints(three, 0)).toBeNull();
    expect([...decodeUints('', 0)!]).toEqual([]);
  });

  it('float32 keep NaN, infinities, and the sign of zero', () => {
    const values = Float32Array.from([0.1, -0, NaN, Infinity, -Infinity, 1e-40]);
    const back = decodeFloats(encodeFloats(values), 6)!;
    values.forEach((value, at) => expect(Object.is(back[at], value)).toBe(true));
    expect(decodeFloats(encodeFloats(values), 5)).toBeNull();
    expect(decodeFloats('AAAAAA==')).toHaveLength(1);
    expect(decodeFloats('AAAA')).toBeNull();
  });
});
