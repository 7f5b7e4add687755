import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf, maskWhere } from '../../../test/support/masks.js';
import { kernelView } from './kernel-view.js';
import { maskView } from './mask-view.js';
import { fitMatrix, type Box } from './matrix-fit.js';
import { paintMatrix, type Raster } from './matrix-pixels.js';
import { paletteFor, weightColour } from './palette.js';
import { reduced } from './matrix-view.js';

const palette = paletteFor('light');
const box: Box = { width: 400, height: 400, scale: 1 };
const pixel = ({ width, rgba }: Raster, row: number, column: number): number[] => [...rgba.subarray(4 * (row * width + column), 4 * (row * width + column) + 4)];
const opaque = ({ rgba }: Raster): number => rgba.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + (alpha === 255 ? 1 : 0), 0);

describe('paintMatrix', () => {
  it('paints connections and leaves the rest transparent', () => {
    const view = maskView(maskOf('X.', '.X', 'XX'));
    const raster = paintMatrix(view, fitMatrix(view, box), palette);
    expect([raster.width, raster.height]).toEqual([2, 3]);
    expect(pixel(raster, 0, 0)).toEqual([...palette.connected, 255]);
    expect(pixel(raster, 0, 1)).toEqual([0, 0, 0, 0]);
    expect(opaque(raster)).toBe(4);
  });

  it('paints a weight of 0 in the middle of the ramp, NaN in its own colour', () => {
    const view = kernelView(maskOf('XX', 'X.'), Float32Array.from([0, NaN, -4]));
    const raster = paintMatrix(view, fitMatrix(view, box), palette);
    expect(pixel(raster, 0, 0)).toEqual([...palette.diverging[3]!, 255]);
    expect(pixel(raster, 0, 1)).toEqual([...palette.notFinite, 255]);
    expect(pixel(raster, 1, 0)).toEqual([...palette.diverging[0]!, 255]);
    expect(pixel(raster, 1, 1)[3]).toBe(0);
  });

  it('shows a lone connection, wherever it is and however small the picture', () => {
    const size = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 20, max: 700 }), (inputs, outputs, y, x, pixels) => {
        const [row, column] = [Math.floor(y * inputs), Math.floor(x * outputs)];
        const indptr = Uint32Array.from({ length: inputs + 1 }, (_, i) => (i > row ? 1 : 0));
        const view = maskView({ inputs, outputs, indptr, indices: Uint32Array.of(column) });
        const fit = fitMatrix(view, { width: pixels, height: pixels, scale: 1 });
        const raster = paintMatrix(view, fit, palette);
        expect(opaque(raster)).toBe(1);
        expect(pixel(raster, Math.floor(row / fit.rows.per), Math.floor(column / fit.columns.per))[3]).toBe(255);
      }),
      { numRuns: 40 },
    );
  });

  it('paints the tiles of a payload, and the strongest weight of each', () => {
    const mask = maskWhere(1200, 1200, (i, j) => (i * 31 + j) % 3 === 0);
    const weights = Float32Array.from(mask.indices, () => 0.01);
    weights[5] = -1;
    const view = reduced(kernelView(mask, weights));
    const whole = { ...kernelView(mask, weights), ...view };
    const fit = fitMatrix(whole, box);
    const raster = paintMatrix(whole, fit, palette);
    expect(fit.detail).toBe('tiles');
    expect(opaque(raster)).toBe(raster.width * raster.height);
    // The sixth connection of the first row leads to output 15.
    expect(pixel(raster, 0, Math.floor(15 / fit.columns.per))).toEqual([...weightColour(palette, -1, 1), 255]);
    expect(pixel(raster, 9, 9)).toEqual([...weightColour(palette, 0.01, 1), 255]);
  });
});
