import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelMemory } from './memory.js';

describe('KernelMemory', () => {
  it('hands out places that begin on a cache line and overlap no other, whatever is given back in between', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.record({ bytes: fc.integer({ min: 0, max: 3000 }) }), fc.record({ release: fc.nat(30) })), { maxLength: 60 }), (acts) => {
        const memory = new KernelMemory();
        const live: { at: number; bytes: number }[] = [];
        for (const act of acts) {
          if ('bytes' in act) {
            const at = memory.allocate(act.bytes);
            expect([at % 64, at > 0]).toEqual([0, true]);
            expect(live.every((other) => at + Math.max(1, act.bytes) <= other.at || other.at + Math.max(1, other.bytes) <= at)).toBe(true);
            live.push({ at, bytes: act.bytes });
          } else {
            const [gone] = live.splice(act.release, 1);
            if (gone) memory.release(gone.at);
          }
        }
        expect(memory.used).toBe(live.reduce((sum, { bytes }) => sum + Math.max(64, Math.ceil(bytes / 64) * 64), 0));
      }),
    );
  });

  it('uses again what was given back, so that it does not grow for ever', () => {
    const memory = new KernelMemory();
    const size = () => memory.memory.buffer.byteLength;
    for (let turn = 0; turn < 3; turn++) {
      const places = [300_000, 700_000, 400_000].map((bytes) => memory.allocate(bytes));
      for (const at of [places[1]!, places[0]!, places[2]!]) memory.release(at);
      if (turn === 0) expect(size()).toBeGreaterThanOrEqual(1_400_000);
      expect(size()).toBeLessThan(1_600_000);
    }
    expect(memory.used).toBe(0);
  });

  it('keeps what is there while it grows', () => {
    const memory = new KernelMemory();
    const view = memory.floats(memory.place(Float32Array.of(1, 2, 3)), 3);
    memory.allocate(5_000_000);
    view[2] = 4;
    expect([...view]).toEqual([1, 2, 4]);
  });

  it('refuses to give back what is not allocated', () => {
    const memory = new KernelMemory();
    const at = memory.allocate(10);
    memory.release(at);
    expect(() => memory.release(at)).toThrow(`nothing was allocated at ${at}`);
  });

  it('says how much is wanted when there is no more', () => {
    const memory = new KernelMemory();
    expect(() => memory.allocate(2 ** 33)).toThrow('the sparse kernels need 8193 MiB of memory, and no more than 4096 can be had');
    expect(memory.used).toBe(0);
  });
});
