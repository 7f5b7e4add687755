import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceStep, niceTicks, unitTicks } from './ticks.js';

describe('niceTicks', () => {
  it.each([
    [0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 50, 6, [0, 10, 20, 30, 40, 50]],
    [0.1, 0.7, 4, [0.2, 0.4, 0.6]],
    [-2, 2, 5, [-2, -1, 0, 1, 2]],
    [5, 5, 4, [5]],
    [0, 0.3, 4, [0, 0.1, 0.2, 0.3]],
  ])('%d to %d, at most %i', (low, high, most, ticks) => expect(niceTicks(low, high, most)).toEqual(ticks));

  it('lie within, ascend, and are not more than wanted', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 12 }), (low, span, most) => {
        const ticks = niceTicks(low, low + span, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        ticks.forEach((tick, at) => {
          expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6);
          expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6));
          if (at > 0) expect(tick).toBeGreaterThan(ticks[at - 1]!);
        });
      }),
    );
  });
});

it.each([[0.11, 0.2], [1, 1], [1.5, 2], [3, 5], [7, 10], [0.0021, 0.005], [20, 20]])('the step of at least %d is %d', (least, step) => {
  expect(niceStep(least)).toBeCloseTo(step, 12);
});

describe('unitTicks', () => {
  it('label every unit where there is room', () => expect(unitTicks(4, 40, 14)).toEqual([0, 1, 2, 3]));
  it('label round multiples elsewhere', () => {
    expect(unitTicks(64, 8, 14)).toEqual(Array.from({ length: 32 }, (_, k) => 2 * k));
    expect(unitTicks(10_000, 0.05, 50)).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
  });
  it('label nothing where nothing is', () => expect(unitTicks(0, 10, 10)).toEqual([]));
});
