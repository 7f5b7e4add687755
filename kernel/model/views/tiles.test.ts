import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, maskOf, maskWhere } from '../../../test/support/masks.js';
import { cellsOfTile, countTiles, mergeTiles } from './tiles.js';

const size = fc.integer({ min: 1, max: 5 });

describe('tiles', () => {
  it('count every connection once', () => {
    fc.assert(
      fc.property(anyMask(), size, size, (mask, down, across) => {
        const tiles = countTiles(mask, down, across);
        expect(tiles.counts.reduce((sum, count) => sum + count, 0)).toBe(mask.indices.length);
        expect(tiles.counts).toHaveLength(Math.ceil(mask.inputs / down) * Math.ceil(mask.outputs / across));
      }),
    );
  });

  it('never hold more than their cells, which together are the matrix', () => {
    fc.assert(
      fc.property(anyMask(), size, size, (mask, down, across) => {
        const tiles = countTiles(mask, down, across);
        let cells = 0;
        for (let row = 0; row < tiles.rows; row++) {
          for (let column = 0; column < tiles.columns; column++) {
            const here = cellsOfTile(tiles, mask.inputs, mask.outputs, row, column);
            expect(tiles.counts[row * tiles.columns + column]).toBeLessThanOrEqual(here);
            cells += here;
          }
        }
        expect(cells).toBe(mask.inputs * mask.outputs);
      }),
    );
  });

  it('joined are what larger tiles count', () => {
    fc.assert(
      fc.property(anyMask(), size, size, size, size, (mask, down, across, downBy, acrossBy) => {
        const weights = Float32Array.from(mask.indices, (_, at) => Math.sin(at + 1));
        const joined = mergeTiles(countTiles(mask, down, across, weights), downBy, acrossBy);
        expect(joined).toEqual(countTiles(mask, down * downBy, across * acrossBy, weights));
      }),
    );
  });

  it('keep a lone connection, at every size', () => {
    for (const side of [1, 7, 50, 333, 2000]) {
      const lone = maskWhere(2000, 2000, (i, j) => i === 777 && j === 1333);
      const { counts, columns } = countTiles(lone, side, side);
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      expect(counts[Math.floor(777 / side) * columns + Math.floor(1333 / side)]).toBe(1);
    }
  });

  it('hold the strongest weight, with its sign; NaN wins', () => {
    const mask = maskOf('XX.X', 'X..X');
    const { counts, extremes } = countTiles(mask, 2, 2, Float32Array.from([0.5, -2, NaN, 1, 9]));
    expect([...counts]).toEqual([3, 2]);
    expect([...extremes!]).toEqual([-2, NaN]);
    expect(countTiles(mask, 2, 2).extremes).toBeUndefined();
  });
});
