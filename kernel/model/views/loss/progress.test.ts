import { describe, expect, it } from 'vitest';
import { averageEpoch, formatDuration, progressText, secondsLeft } from './progress.js';

describe('progress', () => {
  it.each([
    [{ done: 37.4, total: 200, timing: { elapsed: 50, perEpoch: 1.3 } }, 'epoch 37/200 · 1.3 s/epoch · about 4 min left'],
    [{ done: 0.5, total: 10, timing: { elapsed: 5 } }, 'epoch 0/10 · about 2 min left'],
    [{ done: 1, total: 10, timing: { elapsed: 2.9, perEpoch: 2.9 } }, 'epoch 1/10'],
    [{ done: 0, total: 10, timing: { elapsed: 30 } }, 'epoch 0/10'],
    [{ done: 10, total: 10, timing: { elapsed: 30, perEpoch: 3 } }, 'epoch 10/10 · 3.0 s/epoch'],
    [{ done: 3, total: 10 }, 'epoch 3/10'],
  ])('%j', (progress, text) => expect(progressText(progress)).toBe(text));

  it('says nothing of the time left in the first three seconds', () => {
    expect(secondsLeft({ done: 1, total: 100, timing: { elapsed: 2.99, perEpoch: 1 } })).toBeUndefined();
    expect(secondsLeft({ done: 1, total: 100, timing: { elapsed: 3, perEpoch: 1 } })).toBe(99);
  });

  it('follows the last ten epochs', () => {
    let average: number | undefined;
    for (let epoch = 0; epoch < 30; epoch++) average = averageEpoch(average, epoch < 10 ? 8 : 1);
    expect(average).toBeGreaterThan(1);
    expect(average).toBeLessThan(1.2);
  });

  it.each([[0.04, '40 ms'], [0.0004, '0.4 ms'], [1.26, '1.3 s'], [9.96, '10 s'], [59.4, '59 s'], [59.9, '1 min'], [200, '3 min'], [3600, '1 h'], [7500, '2 h 5 min']])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});
