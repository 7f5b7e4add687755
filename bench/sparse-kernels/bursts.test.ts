import { expect, it } from 'vitest';
import { bursts } from './bursts.js';

it('takes turns between contenders, and gives the fastest run of each', () => {
  const order: string[] = [];
  const wait = (milliseconds: number) => { for (const until = performance.now() + milliseconds; performance.now() < until; ); };
  const timings = bursts([{ name: 'short', run: () => { order.push('short'); wait(1); } }, { name: 'long', run: () => { order.push('long'); wait(4); } }], 0.05);
  expect(timings.get('short')!.best).toBeGreaterThanOrEqual(1);
  expect(timings.get('long')!.best).toBeGreaterThanOrEqual(4);
  expect(timings.get('short')!.all.samples).toBeGreaterThan(timings.get('long')!.all.samples);
  const turns = order.filter((name, k) => name !== order[k - 1]);
  expect(turns.slice(-6)).toEqual(['short', 'long', 'short', 'long', 'short', 'long']);
});
