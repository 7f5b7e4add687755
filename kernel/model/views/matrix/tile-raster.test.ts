import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, maskWhere } from '../../../../test/support/masks.js';
import { densityColour, paletteFor, weightColour } from '../palette.js';
import { fitCamera, reveal, zoomBy } from './camera.js';
import { cellMarks } from './cell-marks.js';
import { MaskSource } from './mask-source.js';
import { squareSide } from './square-side.js';
import { countVisible, kernelColours, maskColours, tileRaster, windowOf } from './tile-raster.js';

const palette = paletteFor('light');
const WINDOW = { width: 640, height: 560, scale: 1 };
const ONE = { down: 1, across: 1 };

describe('the image of a window', () => {
  it('has a pixel for each tile; those without a connection are transparent', () => {
    const source = new MaskSource(maskOf('X.', '.X', 'XX'));
    const counted = countVisible(source, fitCamera(source, ONE, WINDOW));
    const { width, height, rgba } = tileRaster(counted, maskColours(counted, palette, 1));
    expect([width, height]).toEqual([2, 3]);
    expect([...rgba.slice(0, 8)]).toEqual([...palette.connected, 255, 0, 0, 0, 0]);
  });

  it('shows a lone connection at every zoom, where it is', () => {
    const lone = new MaskSource(maskWhere(5_000, 3, (i, j) => i === 3_777 && j === 1));
    let camera = fitCamera(lone, ONE, WINDOW);
    for (let zoom = 0; zoom < 12; zoom++) {
      const counted = countVisible(lone, reveal(camera, { row: 3_777, column: 1 }));
      const { rgba } = tileRaster(counted, maskColours(counted, palette, lone.most(counted.down, counted.across)));
      const drawn = [...counted.counts.keys()].filter((tile) => rgba[4 * tile + 3] === 255);
      expect(drawn).toHaveLength(1);
      expect(counted.top + Math.floor((drawn[0] ?? 0) / counted.columns)).toBe(Math.floor(3_777 / counted.down));
      camera = zoomBy(camera, 2, { x: 0, y: 0 });
    }
  });

  it('counts tiles on a ramp whose end does not move with the camera', () => {
    const source = new MaskSource(maskWhere(4_000, 2, (i) => i < 100));
    const camera = fitCamera(source, ONE, WINDOW);
    const { down, across } = windowOf(camera);
    expect(source.most(down, across)).toBe(down);
    const colour = maskColours({ ...windowOf(camera) }, palette, source.most(down, across));
    expect(colour(0, 1)).toEqual(densityColour(palette, 1, down));
    expect(colour(0, down)).toEqual(palette.density.at(-1));
  });

  it('of a kernel has the colours of weights, and marks where colour says too little', () => {
    const source = new MaskSource(maskOf('XX', 'X.', 'XX'), Float32Array.of(0.5, 0, -1, NaN, 0.25));
    const camera = fitCamera(source, ONE, WINDOW);
    const counted = countVisible(source, camera);
    const colourOf = kernelColours(counted, palette, 1);
    expect([...tileRaster(counted, colourOf).rgba.slice(0, 3)]).toEqual([...weightColour(palette, 0.5, 1)]);
    const marks = (withValues: boolean) => cellMarks(counted, colourOf, withValues).map(({ kind, row, column, text }) => [kind, row, column, text]);
    expect(marks(false)).toEqual([['dot', 0, 1, ''], ['cross', 2, 0, '']]);
    expect(marks(true)).toEqual([['text', 0, 0, '0.5'], ['dot', 0, 1, ''], ['text', 1, 0, '−1'], ['cross', 2, 0, ''], ['text', 2, 1, '0.25']]);
  });
});

it('a square has the area of its weight', () => {
  expect([0, 0.25, -1, 4].map((weight) => squareSide(weight, 1))).toEqual([0, 0.5, 1, 1]);
});

it('a source in memory knows every cell', () => {
  const source = new MaskSource(maskOf('X.', '..'), Float32Array.of(2));
  expect([source.cell({ row: 0, column: 0 }), source.cell({ row: 1, column: 1 })]).toEqual([{ kind: 'connected', weight: 2 }, { kind: 'absent' }]);
  expect(new MaskSource(fullMask(1, 1)).cell({ row: 0, column: 0 })).toEqual({ kind: 'connected' });
  expect([source.nnz, [...source.inDegree], [...source.outDegree], [...source.outputsOf(0)]]).toEqual([1, [1, 0], [1, 0], [0]]);
});
