import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.js';

const points = (y: readonly number[]) => ({ x: Float64Array.from(y, (_, at) => at), y: Float64Array.from(y) });
const losses = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.fround(value) + 0), { minLength: 1, maxLength: 400 });

describe('decimate', () => {
  it('keeps the lowest and the highest of every bucket, first and last point, and the order', () => {
    fc.assert(
      fc.property(losses, fc.integer({ min: 1, max: 20 }), (y, buckets) => {
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

  it('of a window has the extremes of every pixel column, and what lines at the edges lead to', () => {
    fc.assert(
      fc.property(losses, fc.integer({ min: 1, max: 12 }), fc.nat(300), fc.integer({ min: 1, max: 300 }), fc.boolean(), (y, buckets, start, length, log) => {
        const from = start + 1;
        const to = from + length;
        const kept = decimate(points(y), buckets, { from, to, log });
        const scale = log ? Math.log : (x: number) => x;
        const columns = new Map<number, number[]>();
        for (let x = from; x <= Math.min(to, y.length - 1); x++) {
          const column = Math.min(buckets - 1, Math.floor((scale(x) - scale(from)) / ((scale(to) - scale(from)) / buckets)));
          columns.set(column, [...(columns.get(column) ?? []), y[x]!]);
        }
        for (const values of columns.values()) {
          expect([...kept.y]).toContain(Math.min(...values));
          expect([...kept.y]).toContain(Math.max(...values));
        }
        if (from < y.length) expect(kept.x[0]).toBe(from - 1);
        if (to + 1 < y.length) expect(kept.x.at(-1)).toBe(to + 1);
      }),
    );
  });

  it('has as many columns in the first decade as in the last when x is logarithmic', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, at) => at + 1);
    const y = x.map((_, at) => (at % 2 ? 1 : -1));
    const kept = decimate({ x, y }, 50, { from: 1, to: 100_000, log: true });
    const within = (low: number, high: number): number => kept.x.filter((value) => value >= low && value < high).length;
    // 10 columns a decade, at most 4 points each; of the first decade's 9 points all.
    expect(within(1, 10)).toBe(9);
    expect(within(100, 1000)).toBeGreaterThanOrEqual(25);
    expect(within(10_000, 100_000)).toBeLessThanOrEqual(44);
  });

  it('keeps every spike of 100,000 points', () => {
    const y = Array.from({ length: 100_000 }, (_, at) => (at % 10_007 === 5 ? 50 : Math.sin(at)));
    const spikes = [...decimate(points(y), 500).y].filter((value) => value === 50);
    expect(spikes).toHaveLength(10);
  });

  it('leaves few points as they are', () => {
    const few = points([3, 1, 2, NaN]);
    expect(decimate(few, 10)).toBe(few);
    expect(decimate(points([]), 10)).toEqual(points([]));
  });

  it('keeps what is not finite, also as float32: one of each kind in a bucket', () => {
    const kept = decimate(points(Array.from({ length: 1000 }, (_, at) => (at === 400 || at === 401 ? NaN : at === 500 ? 1e300 : at === 501 ? -Infinity : 1))), 2);
    expect([...kept.y].filter((value) => !Number.isFinite(Math.fround(value)))).toEqual([NaN, 1e300, -Infinity]);
  });

  it('takes many points of one x', () => {
    const all = { x: new Float64Array(1000), y: Float64Array.from({ length: 1000 }, (_, at) => at) };
    expect([...decimate(all, 5).y]).toEqual([0, 999]);
  });
});
