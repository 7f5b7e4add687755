import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wellFormedPieces } from './text-pieces.js';

it.each([
  ['', 4, []],
  ['abc', 4, ['abc']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['abc🎉de', 4, ['abc', '🎉de']],
  ['a\ud83dz', 4, ['a\ufffdz']],
])('%j in pieces of %i', (text, max, pieces) => expect(wellFormedPieces(text, max)).toEqual(pieces));

it('loses nothing, and every piece is well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (text, max) => {
      const pieces = wellFormedPieces(text, max);
      expect(pieces.join('')).toBe(text.toWellFormed());
      expect(pieces.every((piece) => piece.isWellFormed() && piece.length > 0 && piece.length <= max)).toBe(true);
    }),
  );
});
