import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullMask, sparseMask } from '../../../test/support/masks.js';
import { maskView } from './mask-view.js';
import { fitMatrix, type AxisFit } from './matrix-fit.js';
import type { MatrixView } from './matrix-view.js';
import { countTiles } from './tiles.js';

const shape = (inputs: number, outputs: number): MatrixView => ({ ...maskView(fullMask(1, 1)), inputs, outputs });
const tiled = (inputs: number, outputs: number, down: number, across: number): MatrixView => ({
  ...shape(inputs, outputs),
  cells: { kind: 'tiles', tiles: { ...countTiles(fullMask(1, 1), 1, 1), down, across, rows: Math.ceil(inputs / down), columns: Math.ceil(outputs / across) } },
});

describe('fitMatrix', () => {
  it('gives whole pixels, covers every unit, and stays in its box', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 50, max: 2000 }), fc.integer({ min: 50, max: 2000 }), fc.constantFrom(1, 1.25, 2), (inputs, outputs, width, height, scale) => {
        const { rows, columns } = fitMatrix(shape(inputs, outputs), { width, height, scale });
        const check = (axis: AxisFit, units: number, room: number): void => {
          expect(Number.isInteger(axis.size) && Number.isInteger(axis.per) && axis.size >= 1 && axis.per >= 1).toBe(true);
          expect(axis.tiles * axis.per).toBeGreaterThanOrEqual(units);
          expect((axis.tiles - 1) * axis.per).toBeLessThan(units);
          expect(axis.extent).toBeLessThanOrEqual(room);
          if (axis.per > 1) expect(axis.size).toBeLessThanOrEqual(Math.max(2, room / axis.tiles));
        };
        check(rows, inputs, height);
        check(columns, outputs, width);
      }),
    );
  });

  it.each([
    [3, 2, 'values', 40],
    [20, 20, 'values', 28],
    [64, 36, 'grid', 8],
    [200, 200, 'flat', 2],
    [10_000, 10_000, 'tiles', 1],
  ])('of %i × %i shows %s', (inputs, outputs, detail, size) => {
    const fit = fitMatrix(shape(inputs, outputs), { width: 700, height: 560, scale: 1 });
    expect(fit.detail).toBe(detail);
    expect(fit.rows.size).toBe(size);
  });

  it('goes by CSS pixels on a dense screen', () => {
    const fit = fitMatrix(shape(64, 36), { width: 1400, height: 1120, scale: 2 });
    expect([fit.detail, fit.rows.size]).toEqual(['grid', 17]);
  });

  it('keeps cells square, and large tiles too', () => {
    for (const units of [5, 50, 500, 10_000]) {
      const { rows, columns } = fitMatrix(shape(units, units), { width: 900, height: 500, scale: 1 });
      expect([columns.size, columns.per]).toEqual([rows.size, rows.per]);
    }
  });

  it('lets no axis become a sliver', () => {
    expect(fitMatrix(shape(784, 10), { width: 700, height: 560, scale: 1 }).columns.extent).toBeGreaterThanOrEqual(80);
    expect(fitMatrix(shape(1_000_000, 2), { width: 700, height: 560, scale: 1 }).columns).toMatchObject({ per: 1, size: 40 });
    expect(fitMatrix(shape(1, 4_000), { width: 700, height: 560, scale: 1 }).rows).toMatchObject({ per: 1, size: 40 });
  });

  it('joins whole tiles of a payload', () => {
    const { rows, columns, detail } = fitMatrix(tiled(10_000, 10_000, 33, 33), { width: 200, height: 200, scale: 1 });
    expect(detail).toBe('tiles');
    expect([rows.per % 33, columns.per % 33]).toEqual([0, 0]);
    expect(rows.per).toBeGreaterThan(33);
  });

  it('makes tiles as large as a picture wants them', () => {
    const { rows } = fitMatrix(shape(10_000, 10_000), { width: 600, height: 600, scale: 1, tile: 2 });
    expect(rows.size).toBeGreaterThanOrEqual(2);
    // 10,000 is divided evenly: no last tile that is nearly empty.
    expect(10_000 % rows.per).toBe(0);
  });

  it('takes an axis without units', () => {
    expect(fitMatrix(shape(0, 5), { width: 100, height: 100, scale: 1 }).rows).toMatchObject({ tiles: 0, extent: 0 });
    expect(() => fitMatrix(maskView(sparseMask(3, 3, 0)), { width: 100, height: 100, scale: 1 })).not.toThrow();
  });
});
