import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../test/support/png.js';
import { encodeOpaquePng, encodePng, pngDataUri } from './encode-png.js';
import { indexColours } from './index-colours.js';

const size = fc.integer({ min: 1, max: 12 });
const pixels = fc.tuple(size, size, fc.uint8Array({ minLength: 4 * 144, maxLength: 4 * 144 }))
  .map(([width, height, bytes]) => ({ width, height, rgba: bytes.slice(0, 4 * width * height) }));

describe('a PNG file', () => {
  it('decodes to the pixels that went in', () => {
    fc.assert(
      fc.property(pixels, ({ width, height, rgba }) => {
        const png = decodePng(encodePng({ width, height, rgba }));
        expect([png.width, png.height, png.colourType]).toEqual([width, height, 6]);
        for (let at = 0; at < width * height; at++) expect(png.at(at % width, Math.floor(at / width))).toEqual([...rgba.subarray(4 * at, 4 * at + 4)]);
      }),
    );
  });

  it('without transparency has the same colours, opaque, while there are at most 256', () => {
    fc.assert(
      fc.property(pixels, ({ width, height, rgba }) => {
        const png = decodePng(encodeOpaquePng({ width, height, rgba }));
        expect([png.width, png.height, png.colourType]).toEqual([width, height, 3]);
        for (let at = 0; at < width * height; at++) expect(png.at(at % width, Math.floor(at / width))).toEqual([...rgba.subarray(4 * at, 4 * at + 3), 255]);
      }),
    );
  });

  it('is an address for an image', () => {
    expect(pngDataUri({ width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 255) })).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  });

  it.each([[0, 1, 0], [1, 0, 0], [2, 2, 15]])('of %i × %i pixels in %i bytes is refused', (width, height, bytes) => {
    for (const encode of [encodePng, encodeOpaquePng]) expect(() => encode({ width, height, rgba: new Uint8Array(bytes) })).toThrow(`${bytes} bytes are not a picture of ${width} × ${height}`);
  });
});

it('of too many colours the frequent ones stay, the others go to their nearest', () => {
  const rgba = new Uint8Array(4 * 2000);
  for (let at = 0; at < 2000; at++) {
    // 255 frequent greys, then rare ones beside them.
    const grey = at % 255;
    rgba.set(at < 1900 ? [grey, grey, grey, 255] : [grey, grey, Math.min(255, grey + 1 + (at % 2)), 255], 4 * at);
  }
  const { palette, indices } = indexColours(rgba);
  expect(palette.length).toBe(3 * 256);
  for (let at = 0; at < 2000; at++) {
    const colour = [...palette.subarray(3 * indices[at]!, 3 * indices[at]! + 3)];
    const wanted = [...rgba.subarray(4 * at, 4 * at + 3)];
    if (at < 1900) expect(colour).toEqual(wanted);
    else expect(Math.max(...colour.map((channel, k) => Math.abs(channel - wanted[k]!)))).toBeLessThanOrEqual(2);
  }
});
