import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './xoshiro.js';

/** xoshiro128** as its authors' C code states it, on BigInt: an independent implementation. */
function reference(state: readonly number[], count: number): number[] {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  let [a, b, c, d] = state.map(BigInt) as [bigint, bigint, bigint, bigint];
  return Array.from({ length: count }, () => {
    const result = (rotate((b * 5n) & mask, 7n) * 9n) & mask;
    const t = (b << 9n) & mask;
    c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
    d = rotate(d, 11n);
    return Number(result);
  });
}

/** splitmix32 on BigInt. */
function splitmix(seed: number): number[] {
  const mask = 0xffffffffn;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, seed, true);
  let a = (BigInt(view.getUint32(0, true)) ^ (BigInt(view.getUint32(4, true)) * 0x9e3779b1n)) & mask;
  return Array.from({ length: 4 }, () => {
    a = (a + 0x9e3779b9n) & mask;
    let t = a ^ (a >> 16n);
    t = (t * 0x21f0aaadn) & mask;
    t ^= t >> 15n;
    t = (t * 0x735a2d97n) & mask;
    return Number(t ^ (t >> 15n));
  });
}

describe('Random', () => {
  it('is xoshiro128** over splitmix32', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (seed) => {
      const random = new Random(seed);
      expect(Array.from({ length: 20 }, () => random.bits())).toEqual(reference(splitmix(seed), 20));
    }));
  });

  it('is uniform in [0, 1), and differs without a seed', () => {
    const random = new Random(1);
    const values = Array.from({ length: 20_000 }, () => random.uniform());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 2);
    expect(new Random().bits()).not.toBe(new Random().bits());
  });

  it('draws distinct numbers, ascending, of any count', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 200 }), fc.nat(200), fc.integer(), (below, count, seed) => {
      const drawn = [...new Random(seed).distinct(Math.min(count, below), below)];
      expect(drawn).toHaveLength(Math.min(count, below));
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value < below)).toBe(true);
    }));
  });

  it('shuffles: a permutation, each equally likely', () => {
    const counts = new Map<string, number>();
    const random = new Random(5);
    for (let k = 0; k < 6000; k++) {
      const order = random.shuffle([0, 1, 2]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
