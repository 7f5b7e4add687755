import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCodePoints, toUtf16 } from '../code-points.js';
import { changeBetween, lineStarts, offsetAt, positionAt } from './positions.js';

const text = fc.string({ unit: fc.constantFrom('a', 'ß', '\n', '\r\n', '\r', '😀', '\u2028', ' ') });

describe('positions', () => {
  it('go there and back at every offset that is not inside a line end', () => {
    fc.assert(
      fc.property(text, (value) => {
        const starts = lineStarts(value);
        for (let offset = 0; offset <= value.length; offset++) {
          if (offset > 0 && value.startsWith('\r\n', offset - 1)) continue;
          expect(offsetAt(value, starts, positionAt(starts, offset))).toBe(offset);
        }
      }),
    );
  });

  it('count lines as VS Code does', () => expect(lineStarts('a\r\nb\rc\n\u2028d')).toEqual([0, 3, 5, 7]));

  it.each([
    [{ line: 0, character: 99 }, 1],
    [{ line: 1, character: 1 }, 4],
    [{ line: 9, character: 0 }, 5],
    [{ line: -1, character: 3 }, 0],
    [{ line: 1, character: -2 }, 3],
  ])('take the nearest place for %j', (position, offset) => expect(offsetAt('a\r\nbc', lineStarts('a\r\nbc'), position)).toBe(Math.min(offset, 5)));

  it('find the one change between two texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { start, removed, inserted } = changeBetween(before, after);
        expect(before.slice(0, start) + after.slice(start, start + inserted) + before.slice(start + removed)).toBe(after);
        expect(before.slice(0, start) + before.slice(start + removed) + after.slice(start, start + inserted)).toHaveLength(after.length);
      }),
    );
  });

  it('convert code points to UTF-16 and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (value, count) => {
        const points = Math.min(count, [...value].length);
        expect(toUtf16(value, points)).toBe([...value].slice(0, points).join('').length);
        expect(toCodePoints(value, toUtf16(value, points))).toBe(points);
      }),
    );
    expect(toUtf16('a', 9)).toBe(1);
  });
});
