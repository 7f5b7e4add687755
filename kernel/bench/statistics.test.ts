import { describe, expect, it } from 'vitest';
import { quantile, summarize } from './statistics.js';

describe('summarize', () => {
  it.each([
    { values: [5], median: 5, quartiles: [5, 5] },
    { values: [4, 1, 3, 2], median: 2.5, quartiles: [1.75, 3.25] },
    { values: [9, 1, 5], median: 5, quartiles: [3, 7] },
  ])('$values', ({ values, median, quartiles }) => {
    expect(summarize(values)).toEqual({ median, quartiles, samples: values.length });
  });

  it('leaves the values as they are', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses an empty series', () => {
    expect(() => quantile([], 0.5)).toThrow('at least one value');
  });
});
