import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smooth } from './smooth.js';

const y = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 100 }).map((list) => Float64Array.from(list));
const weight = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('smoothing', () => {
  it('begins at the first value and stays within the values', () => {
    fc.assert(fc.property(y, weight, (values, w) => {
      const smoothed = smooth(values, w);
      expect(smoothed[0]).toBeCloseTo(values[0]!, 9);
      expect(Math.min(...smoothed)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(Math.max(...smoothed)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
    }));
  });

  it('leaves a constant curve what it is', () => fc.assert(fc.property(weight, (w) => smooth(new Float64Array(50).fill(0.3), w).forEach((value) => expect(value).toBeCloseTo(0.3, 12)))));

  it('of weight 0 does nothing', () => {
    const values = Float64Array.of(3, 1);
    expect(smooth(values, 0)).toBe(values);
  });

  it('is the average that has forgotten its start', () => {
    // (0.5·0.5·4 + 0.5·2) / (1 − 0.25)
    expect([...smooth(Float64Array.of(4, 2), 0.5)]).toEqual([4, 2 / 0.75]);
  });

  it('goes on behind what is not finite', () => expect([...smooth(Float64Array.of(1, NaN, Infinity, 1), 0.9)]).toEqual([1, NaN, Infinity, 1]));
});
