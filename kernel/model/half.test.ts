import { expect, it } from 'vitest';
import { half } from './half.js';

it.each([
  [0x0000, 0], [0x8000, -0], [0x3c00, 1], [0xc000, -2], [0x3555, 0.333251953125], [0x7bff, 65504],
  // The smallest and the largest that are not normal, the smallest normal one.
  [0x0001, 2 ** -24], [0x03ff, 1023 * 2 ** -24], [0x0400, 2 ** -14],
  [0x7c00, Infinity], [0xfc00, -Infinity], [0x7e00, NaN],
])('%i is the binary16 of %d', (bits, value) => {
  expect(half(bits)).toBe(value);
});
