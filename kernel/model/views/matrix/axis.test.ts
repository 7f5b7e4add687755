import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centred, extentOf, movedTo, rescaled, revealed, scaleFor, shownPixels, startOfTile, tileAt, tileCount, tileOfUnit, unitsOfTile, visibleTiles, type Axis } from './axis.js';

const anyAxis: fc.Arbitrary<Axis> = fc
  .record({ units: fc.integer({ min: 1, max: 12_000 }), per: fc.integer({ min: 1, max: 40 }), size: fc.integer({ min: 1, max: 40 }), room: fc.integer({ min: 1, max: 900 }), offset: fc.nat(20_000) })
  .map((axis) => movedTo(axis, axis.offset));

describe('an axis', () => {
  it('fills its window with tiles, and shows no other', () => {
    fc.assert(
      fc.property(anyAxis, (axis) => {
        const { first, end } = visibleTiles(axis);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(tileCount(axis));
        expect(startOfTile(axis, first)).toBeLessThanOrEqual(0);
        expect(startOfTile(axis, end)).toBeGreaterThanOrEqual(shownPixels(axis));
        expect(startOfTile(axis, end - 1)).toBeLessThan(axis.room);
        expect(unitsOfTile(axis, tileCount(axis) - 1).end).toBe(axis.units);
      }),
    );
  });

  it('finds under each pixel the tile that is drawn there', () => {
    fc.assert(
      fc.property(anyAxis, fc.nat(900), (axis, pixel) => {
        const tile = tileAt(axis, pixel);
        expect(tile === undefined).toBe(pixel >= shownPixels(axis));
        if (tile === undefined) return;
        expect(startOfTile(axis, tile)).toBeLessThanOrEqual(pixel);
        expect(startOfTile(axis, tile + 1)).toBeGreaterThan(pixel);
        expect(tileOfUnit(axis, unitsOfTile(axis, tile).first)).toBe(tile);
      }),
    );
  });

  it('never shows what lies beyond its ends', () => {
    fc.assert(
      fc.property(anyAxis, fc.integer({ min: -30_000, max: 30_000 }), (axis, offset) => {
        const moved = movedTo(axis, offset);
        expect(moved.offset).toBeGreaterThanOrEqual(0);
        expect(moved.offset === 0 || moved.offset + moved.room <= extentOf(moved)).toBe(true);
      }),
    );
  });

  it('brings a unit into the window whole, and moves no further', () => {
    fc.assert(
      fc.property(anyAxis, fc.nat(12_000), (axis, any) => {
        const unit = any % axis.units;
        fc.pre(axis.size <= axis.room);
        const start = startOfTile(revealed(axis, unit), tileOfUnit(axis, unit));
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + axis.size).toBeLessThanOrEqual(axis.room);
        expect(revealed(revealed(axis, unit), unit)).toEqual(revealed(axis, unit));
      }),
    );
  });

  it('keeps what is under the anchor when its scale changes', () => {
    fc.assert(
      fc.property(anyAxis, fc.integer({ min: 2, max: 30 }), fc.nat(899), (axis, size, any) => {
        const pixel = any % axis.room;
        const next = rescaled(axis, { per: 1, size }, pixel);
        const unitAt = (at: Axis): number => ((at.offset + pixel) / at.size) * at.per;
        const isFree = next.offset > 0 && next.offset < extentOf(next) - next.room;
        if (isFree) expect(Math.abs(unitAt(next) - unitAt(axis))).toBeLessThanOrEqual(0.5 / size + 1e-6);
      }),
    );
  });

  it('puts a unit into the middle', () => {
    const axis: Axis = { units: 1000, per: 1, size: 10, room: 205, offset: 0 };
    expect(startOfTile(centred(axis, 500), 500)).toBe(97);
    expect(centred(axis, 0).offset).toBe(0);
  });
});

it.each<[number, number, number, ReturnType<typeof scaleFor>]>([
  [3.4, 1, 40, { per: 1, size: 3 }],
  [0.6, 1, 40, { per: 2, size: 1 }],
  [0.05, 1, 40, { per: 20, size: 1 }],
  [90, 1, 40, { per: 1, size: 40 }],
  [0.05, 20, 40, { per: 20, size: 1 }],
  [0.3, 20, 40, { per: 20, size: 6 }],
  [0.01, 20, 40, { per: 100, size: 1 }],
])('%d pixels a unit, tiles of at least %d: whole pixels or whole units', (pixels, finest, largest, scale) => {
  expect(scaleFor(pixels, finest, largest)).toEqual(scale);
});
