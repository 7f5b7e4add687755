import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCodePoints, toUtf16 } from './code-points.js';

describe('offsets', () => {
  it.each([
    ['abc', 2, 2],
    ['😀b', 1, 2],
    ['a😀😀b', 3, 5],
    ['數', 1, 1],
    ['e\u0301', 2, 2],
    ['', 0, 0],
  ])('in %j: %d code points are %d units', (text, points, units) => {
    expect(toUtf16(text, points)).toBe(units);
    expect(toCodePoints(text, units)).toBe(points);
  });

  it('beyond the end are the end', () => {
    expect(toUtf16('a😀', 10)).toBe(3);
    expect(toCodePoints('a😀', 10)).toBe(2);
  });

  it('inside of a pair count it', () => expect(toCodePoints('😀', 1)).toBe(1));

  it('go there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, count) => {
        const points = Math.min(count, [...text].length);
        expect(toUtf16(text, points)).toBe([...text].slice(0, points).join('').length);
        expect(toCodePoints(text, toUtf16(text, points))).toBe(points);
      }),
    );
  });
});
