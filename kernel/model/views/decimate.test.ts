import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.js';

const points = (y: readonly number[]) => ({ x: Float64Array.from(y, (_, at) => at), y: Float64Array.from(y) });

describe('decimate', () => {
  it('keeps the lowest and the highest of every bucket, first and last point, and the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 20 }), (y, buckets) => {
        const { x: keptX, y: keptY } = decimate(points(y), buckets);
        expect(keptX.length).toBeLessThanOrEqual(4 * buckets);
        expect([keptX[0], keptX.at(-1)]).toEqual([0, y.length - 1]);
        expect(Math.min(...keptY)).toBe(Math.min(...y));
        expect(Math.max(...keptY)).toBe(Math.max(...y));
        keptX.forEach((x, at) => {
          expect(keptY[at]).toBe(y[x]);
          if (at > 0) expect(x).toBeGreaterThan(keptX[at - 1]!);
        });
      }),
    );
  });

  it('keeps every spike of 100,000 points', () => {
    const y = Array.from({ length: 100_000 }, (_, at) => (at % 10_007 === 5 ? 50 : Math.sin(at)));
    const spikes = [...decimate(points(y), 500).y].filter((value) => value === 50);
    expect(spikes).toHaveLength(10);
  });

  it('leaves few points as they are', () => {
    const few = points([3, 1, 2]);
    expect(decimate(few, 10)).toEqual(few);
    expect(decimate(points([]), 10)).toEqual(points([]));
  });

  it('leaves out what is not finite, also as float32', () => {
    expect([...decimate(points([1, NaN, 2, Infinity, 1e300, 3]), 10).x]).toEqual([0, 2, 5]);
  });

  it('takes many points of one x', () => {
    const all = { x: new Float64Array(1000), y: Float64Array.from({ length: 1000 }, (_, at) => at) };
    expect([...decimate(all, 5).y]).toEqual([0, 999]);
  });
});
