import { expect, it } from 'vitest';
import { repeated } from './contender.js';

it('takes the median of runs that fit, at least one', () => {
  let time = 0;
  const costs = [5, 1, 1, 1, 9, 1];
  let runs = 0;
  const run = () => void (time += costs[runs++ % costs.length] ?? 0);
  expect(repeated(run, 10, () => time)).toBe(1);
  expect(runs).toBe(5);
  expect(repeated(() => void (time += 1000), 10, () => time)).toBe(1000);
});
