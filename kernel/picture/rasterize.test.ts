import fs from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { fullMask, maskOf, sparseMask } from '../../test/support/masks.js';
import { decodePng, type DecodedPng } from '../../test/support/png.js';
import { rgb, mix } from '../model/views/colour.js';
import { kernelView } from '../model/views/kernel-view.js';
import { lossView } from '../model/views/loss-view.js';
import { maskView } from '../model/views/mask-view.js';
import { paletteFor } from '../model/views/palette.js';
import { lossPicture } from '../model/views/svg/loss-picture.js';
import { matrixPicture } from '../model/views/svg/matrix-picture.js';
import { pngDataUri } from './encode-png.js';
import { createRasterizer, PICTURE_ZOOM, type Rasterize } from './rasterize.js';

const packages = createRequire(import.meta.url);
let rasterize: Rasterize;
beforeAll(async () => {
  rasterize = await createRasterizer({
    wasm: new Uint8Array(fs.readFileSync(packages.resolve('@resvg/resvg-wasm/index_bg.wasm'))),
    font: fs.readFileSync(packages.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
  });
});

const has = (png: DecodedPng, colour: readonly number[]): boolean => count(png, colour) > 0;
function count(png: DecodedPng, [red, green, blue]: readonly number[]): number {
  let found = 0;
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const [r, g, b] = png.at(x, y);
      if (r === red && g === green && b === blue) found++;
    }
  }
  return found;
}

describe('pictures as PNG', () => {
  const palette = paletteFor('light');

  it('are twice as dense as the document, opaque and white behind', () => {
    const png = decodePng(rasterize('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect x="10" width="10" height="10" fill="#ff0000" fill-opacity="0.5"/></svg>'));
    expect([png.width, png.height]).toEqual([30 * PICTURE_ZOOM, 20 * PICTURE_ZOOM]);
    expect(png.at(0, 0)).toEqual([255, 255, 255, 255]);
    expect(png.at(30, 10)).toEqual([255, 127, 127, 255]);
  });

  it('have letters: the font is there', () => {
    const text = decodePng(rasterize('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="30"><text x="5" y="20" font-size="16" font-family="DejaVu Sans, sans-serif">0 inputs →</text></svg>'));
    expect(count(text, [0, 0, 0])).toBeGreaterThan(100);
  });

  it('of a mask have as many connected cells as the mask', () => {
    const png = decodePng(rasterize(matrixPicture(maskView(maskOf('X.', '.X', 'XX')), pngDataUri)));
    const cell = (40 * PICTURE_ZOOM) ** 2;
    // Lines and the swatch of the legend account for the difference.
    expect(count(png, palette.connected) / cell).toBeGreaterThan(3.7);
    expect(count(png, palette.connected) / cell).toBeLessThan(4.2);
    expect(has(png, palette.absent)).toBe(true);
  });

  it('of a kernel tell apart: weight, weight of 0, no connection', () => {
    const png = decodePng(rasterize(matrixPicture(kernelView(maskOf('X.', 'XX'), Float32Array.of(0, -1, 1)), pngDataUri)));
    for (const colour of [palette.diverging[0]!, palette.diverging[3]!, palette.diverging[6]!, palette.absent]) expect(count(png, colour)).toBeGreaterThan(500);
  });

  it('of a lone connection among 4 million show it', () => {
    const indptr = Uint32Array.from({ length: 2001 }, (_, i) => (i > 777 ? 1 : 0));
    const png = decodePng(rasterize(matrixPicture(maskView({ inputs: 2000, outputs: 2000, indptr, indices: Uint32Array.of(1333) }), pngDataUri)));
    const ink = palette.density.at(-1)!;
    const legend = 2 * 150;
    let lone = 0;
    for (let y = 0; y < png.height - 200; y++) for (let x = 0; x < png.width; x++) if (png.at(x, y).slice(0, 3).join() === ink.join()) lone++;
    expect(lone).toBeGreaterThanOrEqual(4);
    expect(lone).toBeLessThan(legend);
  });

  it('are small files', () => {
    const noise = sparseMask(3000, 3000, 100);
    const weights = Float32Array.from(noise.indices, (j, at) => Math.sin(j * 12.9898 + at * 78.233));
    expect(rasterize(matrixPicture(kernelView(noise, weights), pngDataUri)).length).toBeLessThan(150_000);
    expect(rasterize(matrixPicture(kernelView(fullMask(12, 12), Float32Array.from({ length: 144 }, (_, at) => at - 70)), pngDataUri)).length).toBeLessThan(80_000);
  });

  it('of a training have both curves', () => {
    const png = decodePng(rasterize(lossPicture(lossView([{ name: 'a', history: { loss: [3, 2, 1], val_loss: [3, 2.5, 2] } }]))));
    expect(png.width).toBe(720 * PICTURE_ZOOM);
    const [hue = palette.text] = palette.runs;
    for (const colour of [hue, mix(hue, palette.text, 0.3)]) expect(count(png, colour)).toBeGreaterThan(200);
    expect(png.at(0, 0)).toEqual([...rgb('#ffffff'), 255]);
  });

  it.each(['', 'no svg', '<svg', '<html/>'])('of %j are refused with an error', (svg) => expect(() => rasterize(svg)).toThrow());
});
