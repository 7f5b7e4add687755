import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { panBy, zoomBy, zoomTo } from './zoom.js';

const axis = { all: { min: 0, max: 100 }, log: false };
const log = { all: { min: 1, max: 10_000 }, log: true };

describe('zoom in epochs', () => {
  it('is about the place under the pointer', () => {
    expect(zoomBy({ min: 0, max: 100 }, 0.5, 0.25, axis)).toEqual({ min: 12.5, max: 62.5 });
    const { min, max } = zoomBy({ min: 1, max: 10_000 }, 0.5, 0.5, log)!;
    expect([min, max]).toEqual([expect.closeTo(10), expect.closeTo(1000)]);
  });
  it('out of everything is everything', () => expect(zoomBy({ min: 10, max: 90 }, 2, 0.5, axis)).toBeUndefined());
  it('to a selection in either direction', () => expect(zoomTo({ min: 0, max: 100 }, 0.8, 0.2, axis)).toEqual({ min: 20, max: 80 }));
  it('to nothing is nothing new', () => expect(zoomTo({ min: 0, max: 100 }, 0.5, 0.5, axis)).toBeUndefined());
  it('pans to the edges and no further', () => {
    expect(panBy({ min: 40, max: 60 }, 0.5, axis)).toEqual({ min: 50, max: 70 });
    expect(panBy({ min: 90, max: 100 }, 5, axis)).toEqual({ min: 90, max: 100 });
    expect(panBy({ min: 2, max: 12 }, -5, axis)).toEqual({ min: 0, max: 10 });
  });
  it('never leaves what there is', () => {
    const part = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(fc.property(fc.boolean(), fc.array(fc.tuple(part, fc.double({ min: 0.01, max: 20, noNaN: true })), { maxLength: 20 }), (isLog, moves) => {
      const on = isLog ? log : axis;
      let seen = on.all;
      for (const [by, factor] of moves) {
        seen = zoomBy(seen, factor, Math.abs(by) / 3, on) ?? on.all;
        seen = panBy(seen, by, on) ?? on.all;
        expect(seen.max).toBeGreaterThan(seen.min);
        expect(seen.min).toBeGreaterThanOrEqual(on.all.min - 1);
        expect(seen.max).toBeLessThanOrEqual(on.all.max * 1.001);
      }
    }));
  });
});
