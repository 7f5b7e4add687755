import { describe, expect, it } from 'vitest';
import { interleave, type Contender } from './interleave.js';

/** A clock that only contenders move. */
function race(costs: Record<string, number>) {
  const order: string[] = [];
  let time = 0;
  const contenders: Contender[] = Object.entries(costs).map(([name, cost]) => ({
    name,
    burst: async (milliseconds) => {
      order.push(name);
      time += Math.max(milliseconds, cost);
      return cost;
    },
  }));
  return { order, contenders, now: () => time };
}

describe('interleave', () => {
  it('gives each a turn in every round until the time is over', async () => {
    const { order, contenders, now } = race({ a: 1, b: 2 });
    const rounds = await interleave(contenders, { seconds: 0.2, burst: 10, now });
    expect(order).toEqual(Array.from({ length: 10 }, () => ['a', 'b']).flat());
    expect(rounds.get('a')).toEqual(new Array(10).fill(1));
    expect(rounds.get('b')).toEqual(new Array(10).fill(2));
  });

  it('takes five rounds where the time is short', async () => {
    const { contenders, now } = race({ a: 0.01, b: 0.02 });
    expect((await interleave(contenders, { seconds: 0.0002, burst: 0.1, now })).get('b')).toHaveLength(5);
  });

  it('measures one that is slow once, and the others go on', async () => {
    const { order, contenders, now } = race({ slow: 5000, fast: 1 });
    const rounds = await interleave(contenders, { seconds: 2, burst: 10, now });
    expect(order.filter((name) => name === 'slow')).toHaveLength(1);
    expect(rounds.get('slow')).toEqual([5000, undefined, undefined, undefined, undefined]);
    expect(rounds.get('fast')).toEqual([1, 1, 1, 1, 1]);
  });

  it('goes on without one that fails, and says which', async () => {
    const { contenders, now } = race({ a: 1 });
    let turns = 0;
    const broken: Contender = { name: 'broken', burst: async () => { if (++turns === 2) throw new Error('out of memory'); return 7; } };
    const said: string[] = [];
    const rounds = await interleave([broken, ...contenders], { seconds: 0.05, burst: 10, now, onFailure: (name, error) => said.push(`${name}: ${String(error)}`) });
    expect(said).toEqual(['broken: Error: out of memory']);
    expect(rounds.get('broken')).toEqual([7, undefined, undefined, undefined, undefined]);
    expect(rounds.get('a')).toEqual(new Array(5).fill(1));
    turns = 0;
    await expect(interleave([broken], { seconds: 0.05, burst: 10, now })).rejects.toThrow('out of memory');
  });

  it('ends when nobody has time left', async () => {
    const { contenders, now } = race({ a: 3000 });
    expect((await interleave(contenders, { seconds: 1, burst: 1, now })).get('a')).toEqual([3000, undefined]);
  });
});
