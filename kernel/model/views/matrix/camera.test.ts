import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, startOfTile, tileOfUnit } from './axis.js';
import { centreOn, detailOf, fitCamera, isPartial, largestZoom, modeCaption, panBy, placeAt, refit, reveal, zoomBy, zoomTo, type Camera, type Finest } from './camera.js';

const ONE: Finest = { down: 1, across: 1 };
const WINDOW = { width: 640, height: 560, scale: 1 };
const origin = { x: 0, y: 0 };
const fit = (inputs: number, outputs: number, finest = ONE, window = WINDOW): Camera => fitCamera({ inputs, outputs }, finest, window);
const scales = ({ rows, columns }: Camera): number[] => [rows.per, rows.size, columns.per, columns.size];

describe('a camera', () => {
  it('shows everything at first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(1, 2), (inputs, outputs, scale) => {
        const camera = fit(inputs, outputs, ONE, { width: 640 * scale, height: 560 * scale, scale });
        expect(isPartial(camera)).toBe(false);
        expect(extentOf(camera.rows)).toBeLessThanOrEqual(560 * scale);
        expect(extentOf(camera.columns)).toBeLessThanOrEqual(640 * scale);
      }),
    );
  });

  it('zooms in and out again to where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 8 }), fc.nat(600), fc.nat(500), (inputs, outputs, times, x, y) => {
        const start = fit(inputs, outputs);
        let camera = start;
        for (let k = 0; k < times; k++) camera = zoomBy(camera, 2, { x, y });
        for (let k = 0; k < 30; k++) camera = zoomBy(camera, 0.5, { x, y });
        expect(camera).toEqual(start);
      }),
    );
  });

  it('has a different scale after each step, down to cells of the largest size', () => {
    let camera = fit(10_000, 10_000);
    const steps = [scales(camera)];
    for (let next = zoomBy(camera, 2, origin); scales(next).join() !== scales(camera).join(); next = zoomBy(camera, 2, origin)) steps.push(scales((camera = next)));
    expect(new Set(steps.map(String)).size).toBe(steps.length);
    expect(steps.at(-1)).toEqual([1, 40, 1, 40]);
    expect(camera.zoom).toBe(largestZoom(camera));
    expect(steps.length).toBeLessThan(14);
  });

  it('makes the cells of a narrow matrix square', () => {
    const camera = fit(784, 10);
    expect(camera.rows.per).toBe(2);
    expect(scales(zoomTo(camera, 1000, origin))).toEqual([1, 40, 1, 40]);
  });

  it('finds under each pixel the cell that is drawn there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), fc.double({ min: 1, max: 200, noNaN: true }), fc.nat(639), fc.nat(559), (inputs, outputs, zoom, x, y) => {
        const camera = panBy(zoomTo(fit(inputs, outputs), zoom, { x: 300, y: 200 }), -37, -11);
        const place = placeAt(camera, x, y);
        if (!place) return;
        expect(place.row).toBeLessThan(inputs);
        expect(place.column).toBeLessThan(outputs);
        const left = startOfTile(camera.columns, tileOfUnit(camera.columns, place.column));
        expect(x - left).toBeGreaterThanOrEqual(0);
        expect(x - left).toBeLessThan(camera.columns.size);
        expect(reveal(camera, place).rows.offset - camera.rows.offset).toBeLessThanOrEqual(camera.rows.size);
      }),
    );
  });

  it('knows no cell beside the matrix', () => {
    const camera = fit(3, 2);
    expect(placeAt(camera, 79, 119)).toEqual({ row: 2, column: 1 });
    expect([placeAt(camera, 80, 0), placeAt(camera, 0, 120), placeAt(camera, -1, 0)]).toEqual([undefined, undefined, undefined]);
  });

  it('brings a cell into view', () => {
    const camera = zoomTo(fit(10_000, 10_000), 1000, origin);
    const seen = reveal(camera, { row: 9_999, column: 5_000 });
    expect(placeAt(seen, 639, seen.rows.room - 1)).toEqual({ row: 9_999, column: 5_000 });
    expect(placeAt(centreOn(camera, { row: 400, column: 7_000 }), 320, Math.floor(camera.rows.room / 2))).toEqual({ row: 400, column: 7_000 });
  });

  it('keeps its part of the matrix in a window of another size', () => {
    const camera = centreOn(zoomTo(fit(1000, 1000), 20, origin), { row: 500, column: 500 });
    const wider = refit(camera, ONE, { width: 900, height: 560, scale: 1 });
    expect(Math.abs((placeAt(wider, 450, 280)?.column ?? 0) - 500)).toBeLessThanOrEqual(2);
    expect(refit(fit(10, 10), ONE, WINDOW)).toEqual(fit(10, 10));
  });

  it('goes no further than its source knows', () => {
    const camera = zoomTo(fit(10_000, 10_000, { down: 32, across: 32 }), 1e9, origin);
    expect(scales(camera)).toEqual([32, 40, 32, 40]);
    expect(detailOf(camera)).toBe('tiles');
  });
});

it.each<[number, number, string, string]>([
  [10_000, 1, 'tiles', 'density, 1 px = 20×20 cells'],
  [10_000, 20, 'flat', 'cells of 1 px'],
  [10_000, 150, 'grid', 'cells of 8 px'],
  [10_000, 600, 'values', 'cells of 30 px'],
  [8, 1, 'values', 'cells of 40 px'],
])('%d units at zoom %d: %s', (units, zoom, detail, caption) => {
  const camera = zoomTo(fit(units, units), zoom, origin);
  expect([detailOf(camera), modeCaption(camera)]).toEqual([detail, caption]);
});
