import { afterEach, describe, expect, it } from 'vitest';
import * as masks from '../masks/index.js';
import { choose, estimate, explainChoice } from './dispatch.js';
import { SparseEngine } from './engine.js';
import { calibrate, ratesOf, rateName, TYPICAL, type Rates } from './rates.js';
import { densePlaces, VARIANTS, variantNamed, type ProductShape } from './variants.js';
import { forceVariant, wiringOf } from './wiring.js';

afterEach(() => forceVariant(undefined));

const shapeOf = (density: number, batch = 128, n = 1024): ProductShape => {
  const connections = Math.round(density * n * n);
  return { sources: n, targets: n, connections, batch, groupPlaces: density === 1 ? n * n : 4 * connections };
};
const chosen = (shape: ProductShape, rates: Rates = TYPICAL) => choose('product', shape, rates).variant.name;

describe('choose', () => {
  it.each([
    ['few connections', shapeOf(0.01), 'sparse16'],
    ['a tenth of them', shapeOf(0.1), 'sparse16'],
    ['nearly all', shapeOf(0.97), 'dense'],
    ['all', shapeOf(1), 'groups'],
    ['one sample', shapeOf(0.1, 1), 'sparse16'],
    ['blocks of four outputs with the same inputs', { ...shapeOf(0.1), groupPlaces: 104858 }, 'groups'],
    ['no connection', { ...shapeOf(0), groupPlaces: 0 }, 'sparse16'],
  ] as [string, ProductShape, string][])('%s', (_name, shape, want) => {
    expect(chosen(shape)).toBe(want);
  });

  it('never expects more time than any other variant, and so no more than the dense one', () => {
    for (let density = 0; density <= 1.0001; density += 0.05) {
      for (const batch of [1, 2, 16, 31, 48, 128]) {
        for (const operation of ['product', 'weights'] as const) {
          const shape = shapeOf(Math.min(1, density), batch);
          const { estimates, variant } = choose(operation, shape, TYPICAL);
          expect(estimates[0]!.variant).toBe(variant.name);
          expect(estimate(variant, operation, shape, TYPICAL)).toBeLessThanOrEqual(estimate(variantNamed('dense'), operation, shape, TYPICAL));
        }
      }
    }
  });

  it('takes wide tiles where the machine keeps more sums in registers', () => {
    const rates = (name: string, panel: number): Rates => ({ ...TYPICAL, kernels: { ...TYPICAL.kernels, [`${name} product`]: { panel, narrow: 1, single: 1 } } });
    expect(chosen(shapeOf(0.1), rates('sparse32', 1.1))).toBe('sparse32');
    expect(chosen(shapeOf(0.1), rates('sparse24', 1.1))).toBe('sparse24');
    // No two panels, no wide tile.
    expect(chosen(shapeOf(0.1, 31), rates('sparse32', 1.1))).toBe('sparse16');
  });

  it('takes what is forced, or says why it cannot', () => {
    expect(choose('product', shapeOf(0.01), TYPICAL, 'dense').variant.name).toBe('dense');
    expect(() => choose('product', shapeOf(0.01, 4), TYPICAL, 'sparse32')).toThrow('the kernel variant sparse32 cannot run here: its tile of 32 lanes begins to pay at a batch of 32');
    expect(() => choose('weights', shapeOf(0.01), TYPICAL, 'sparse24')).toThrow('the kernel variant sparse24 does not compute "weights"; sparse16, ');
    expect(() => choose('product', shapeOf(0.01), TYPICAL, 'fast')).toThrow('the kernel variant fast does not compute');
  });

  it('does not build dense weights that would not fit', () => {
    const shape = { sources: 100_000, targets: 100_000, connections: 400_000, batch: 8, groupPlaces: 1_600_000 };
    expect(densePlaces(shape)).toBe(1e10);
    expect(choose('product', shape, TYPICAL).estimates.find(({ variant }) => variant === 'dense')?.unfit).toContain('would not fit into memory');
  });
});

describe('explain', () => {
  it('names the variant, why, and what the others would cost', () => {
    const text = explainChoice(choose('product', shapeOf(0.1), TYPICAL));
    expect(text).toMatch(/^sparse16: about [\d.]+ ms, sparse\d\d [\d.]+ ms \(10\.0 % of 1024 × 1024 connected, batch 128\)\. Others: /);
    expect(text).toContain('groups: too few targets share their sources');
    expect(text).toMatch(/dense [\d.]+ ms/);
  });

  it('tells of all three products of a mask, forced or not', () => {
    const wiring = wiringOf(masks.random(50, 40, { density: 0.1, seed: 1 }));
    expect(Object.keys(wiring.explain(32))).toEqual(['forward', 'inputGradient', 'weightGradient']);
    forceVariant('dense');
    expect(wiring.explain(32).forward).toMatch(/^dense: it was forced\. Others: sparse/);
  });
});

describe('calibrate', () => {
  it('measures every variant of the table, in a few milliseconds, and leaves nothing behind', () => {
    const engine = new SparseEngine();
    const before = engine.memory.used;
    // The first time V8 compiles the kernels.
    calibrate(engine);
    const { kernels, move, took } = calibrate(engine);
    for (const variant of VARIANTS) {
      for (const operation of variant.operations) {
        const { panel, narrow, single } = kernels[rateName(variant, operation)]!;
        for (const rate of [panel, narrow, single]) expect(rate > 0.01 && rate < 1000, `${variant.name} ${operation} ${rate}`).toBe(true);
      }
    }
    expect(move).toBeGreaterThan(0);
    expect(took).toBeGreaterThan(0);
    expect(engine.memory.used).toBe(before);
  });

  it('happens three times at most, as V8 compiles better code by and by', () => {
    const engine = new SparseEngine();
    const first = ratesOf(engine, 1000);
    expect(ratesOf(engine, 1199)).toBe(first);
    const second = ratesOf(engine, 1201);
    expect(second).not.toBe(first);
    const third = ratesOf(engine, 3001);
    expect(third).not.toBe(second);
    expect(ratesOf(engine, 1e9)).toBe(third);
  });
});
