import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { Random } from '../random/xoshiro.js';
import { exchanged, marked, missingCount, randomMissing, smallest } from './choose.js';
import { checkSchedule, isDue, leftAt } from './schedules.js';

const mask = fc.record({ n: fc.integer({ min: 1, max: 9 }), m: fc.integer({ min: 1, max: 9 }), density: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.integer({ min: 1, max: 1e6 }) })
  .map(({ n, m, density, seed }) => masks.random(n, m, { density, seed }));
const keys = (each: Mask) => each.toEdges().map(String);

describe('choosing connections', () => {
  it('marks as many as asked for, and none is larger than one that is left', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.double(), fc.integer({ min: -2, max: 2 }))), fc.nat(), (values, n) => {
      const count = n % (values.length + 1);
      const marks = smallest(values, count);
      expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(count);
      const value = (k: number) => (Number.isNaN(values[k]!) ? Infinity : values[k]!);
      const [go, stay] = [1, 0].map((mark) => values.flatMap((_, k) => (marks[k] === mark ? [value(k)] : [])));
      if (go!.length > 0 && stay!.length > 0) expect(Math.max(...go!)).toBeLessThanOrEqual(Math.min(...stay!));
    }));
    expect([...smallest([1, 1, 1, 0], 2)]).toEqual([1, 0, 0, 1]);
    expect([...smallest([], 3)]).toEqual([]);
  });

  it('draws distinct missing connections, in order, and all of them when all are asked for', () => {
    fc.assert(fc.property(mask, fc.nat(), fc.integer({ min: 1, max: 1e6 }), (each, n, seed) => {
      const missing = missingCount(each.data);
      const count = n % (missing + 1);
      const drawn = randomMissing(each, count, new Random(seed));
      expect([drawn.nnz, new Set(keys(drawn)).size, drawn.and(each).nnz]).toEqual([count, count, 0]);
      expect(Mask.from({ shape: drawn.shape, edges: drawn.toEdges() }).equals(drawn)).toBe(true);
      expect(randomMissing(each, missing, new Random(seed)).equals(each.not())).toBe(true);
    }));
  });

  it('draws every missing connection equally often', () => {
    const each = Mask.from([[1, 0, 0], [0, 0, 1]]);
    const random = new Random(5);
    const counts = new Map<string, number>();
    for (let n = 0; n < 4000; n++) for (const key of keys(randomMissing(each, 2, random))) counts.set(key, (counts.get(key) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(keys(each.not()));
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(150);
  });

  it('exchanges what is marked, and picks what is marked', () => {
    fc.assert(fc.property(mask, fc.infiniteStream(fc.boolean()), (each, coins) => {
      const marks = Uint8Array.from({ length: each.nnz }, () => Number(coins.next().value));
      const edges = each.toEdges();
      const [go, stay] = [1, 0].map((mark) => edges.filter((_, k) => marks[k] === mark).map(String));
      expect(keys(marked(each, marks))).toEqual(go);
      expect(keys(exchanged(each, marks, null))).toEqual(stay);
      expect(exchanged(each, marks, each.not()).nnz).toBe(stay!.length + missingCount(each.data));
    }));
  });
});

describe('case 25: schedules', () => {
  it.each([
    ['constant', [0, 0, 0]],
    ['linear', [1, 0.5, 0]],
    ['polynomial', [1, 0.125, 0]],
    ['cosine', [1, 0.5, 0]],
  ] as const)('%s: what is left at begin, half-way and end', (name, want) => {
    [100, 150, 200].forEach((step, k) => expect(leftAt(name, step, 100, 200)).toBeCloseTo(want[k]!, 12));
    expect([leftAt(name, 0, 100, 200), leftAt(name, 999, 100, 200)]).toEqual([want[0], leftAt(name, 200, 100, 200)]);
    expect(leftAt(name, 100, 100, 100)).toBeCloseTo(0, 12);
  });

  it('acts at begin, at every n-th step from there, and at end, however they fall', () => {
    const due = (timing: Parameters<typeof isDue>[1]) => Array.from({ length: 40 }, (_, step) => step).filter((step) => isDue(step, timing));
    expect(due({ begin: 5, every: 10, end: 28 })).toEqual([5, 15, 25, 28]);
    expect(due({ begin: 0, every: 15, end: undefined })).toEqual([0, 15, 30]);
    expect(due({ begin: 7, every: 9, end: 7 })).toEqual([7]);
    expect(() => checkSchedule('rewire.prune: schedule', 'exponential')).toThrow(/schedule is "exponential", expected one of 'constant', 'linear', 'polynomial', 'cosine'/);
  });
});
