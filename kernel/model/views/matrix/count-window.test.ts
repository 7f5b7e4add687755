import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, fullMask, maskWhere, sparseMask } from '../../../../test/support/masks.js';
import type { MaskData } from '../../mask-data.js';
import { positionOf } from '../matrix-cells.js';
import { countTiles } from '../tiles.js';
import { countWindow, wholeGrid } from './count-window.js';
import type { TileWindow } from './cell-source.js';

/** Cell by cell. */
function bruteForce(mask: MaskData, { down, across, top, left, rows, columns }: TileWindow): number[] {
  return Array.from({ length: rows * columns }, (_, tile) => {
    const row = (top + Math.floor(tile / columns)) * down;
    const column = (left + (tile % columns)) * across;
    let count = 0;
    for (let i = row; i < Math.min(mask.inputs, row + down); i++) for (let j = column; j < Math.min(mask.outputs, column + across); j++) if (positionOf(mask, i, j) >= 0) count++;
    return count;
  });
}

describe('counts in a window', () => {
  it('are what counting cell by cell gives', () => {
    fc.assert(
      fc.property(anyMask(20), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), (mask, down, across, top, left, rows, columns) => {
        const grid = wholeGrid(mask, down, across);
        const from = { top: Math.min(top, grid.rows), left: Math.min(left, grid.columns) };
        const window = { down, across, ...from, rows: Math.min(rows, grid.rows - from.top), columns: Math.min(columns, grid.columns - from.left) };
        expect([...countWindow(mask, window).counts]).toEqual(bruteForce(mask, window));
      }),
    );
  });

  it('of everything are those of the whole grid', () => {
    fc.assert(
      fc.property(anyMask(20), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), (mask, down, across) => {
        const { counts, rows, columns } = countWindow(mask, wholeGrid(mask, down, across));
        expect([...counts]).toEqual(bruteForce(mask, wholeGrid(mask, down, across)));
        expect({ counts, rows, columns }).toMatchObject({ counts: countTiles(mask, down, across).counts, rows: Math.ceil(mask.inputs / down) });
      }),
    );
  });

  it('carry the weight of largest size', () => {
    const window = { down: 2, across: 2, top: 0, left: 1, rows: 1, columns: 1 };
    expect(countWindow(fullMask(2, 4), window, Float32Array.of(9, 9, 0.5, -2, 9, 9, 1, 0)).extremes).toEqual(Float32Array.of(-2));
  });

  it('keep a lone connection at every size of tile', () => {
    const lone = maskWhere(2000, 1, (i) => i === 1234);
    for (let per = 1; per <= 2000; per = per * 2 + 1) expect(countWindow(lone, wholeGrid(lone, per, 1)).counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('of 5 million connections take a moment', () => {
    const mask = sparseMask(10_000, 10_000, 500);
    const start = performance.now();
    const { counts } = countWindow(mask, wholeGrid(mask, 18, 18));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_000_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
