import { describe, expect, it } from 'vitest';
import { nextDue, isDue } from '../rewire/schedules.js';
import { dropoutSeed, orderOf, randomOfStep } from '../train/seeds.js';
import { logBytes, LogReader, LogWriter, type LogPlace } from './shared-log.js';
import { StepFormula } from './step-numbers.js';

describe('shared log', () => {
  const place: LogPlace = { at: 64, width: 2, rows: 3 };
  const open = () => {
    const buffer = new SharedArrayBuffer(64 + logBytes(2, 3));
    const sent: number[][] = [];
    const reader = new LogReader(buffer, place);
    const writer = new LogWriter(buffer, place, (rows) => sent.push([...rows]));
    return { sent, reader, writer };
  };

  it('gives every row once, before it is sent or with its chunk', () => {
    const { sent, reader, writer } = open();
    writer.addRow([1, 2]);
    expect([...reader.take()]).toEqual([1, 2]);
    expect([...reader.take()]).toEqual([]);
    writer.addRow([3, 4]);
    expect([...reader.take()]).toEqual([3, 4]);
    writer.addRow([5, 6]);
    expect(sent).toEqual([[1, 2, 3, 4, 5, 6]]);
    writer.addRow([7, 8]);
    // The chunk is on its way: what follows would stand before it.
    expect([...reader.take()]).toEqual([]);
    expect([...reader.rest(Float64Array.from(sent[0]!))]).toEqual([5, 6]);
    expect([...reader.take()]).toEqual([7, 8]);
    writer.flush();
    expect(sent[1]).toEqual([7, 8]);
    expect([...reader.rest(Float64Array.from(sent[1]!))]).toEqual([]);
    writer.flush();
    expect(sent).toHaveLength(2);
  });
});

describe('seeds', () => {
  const order = (seed: number | undefined, epoch: number): number[] => {
    const rows = new Int32Array(20);
    orderOf(rows, seed, epoch);
    return [...rows];
  };

  it('an epoch has its order, whatever came before; another epoch or seed another', () => {
    expect(order(undefined, 3)).toEqual(Array.from({ length: 20 }, (_, k) => k));
    expect(order(1, 3)).toEqual(order(1, 3));
    expect(new Set([order(1, 3), order(1, 4), order(2, 3), order(1.5, 3)].map(String)).size).toBe(4);
    expect(order(1, 3).toSorted((a, b) => a - b)).toEqual(order(undefined, 0));
  });

  it('steps draw apart', () => {
    expect(randomOfStep(1, 2).uniform()).toBe(randomOfStep(1, 2).uniform());
    expect(randomOfStep(1, 2).uniform()).not.toBe(randomOfStep(1, 3).uniform());
    const seeds = [dropoutSeed(1, 1, 0), dropoutSeed(1, 1, 1), dropoutSeed(1, 2, 0), dropoutSeed(2, 1, 0), dropoutSeed(0.25, 1, 0), dropoutSeed(0.75, 1, 0)];
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});

describe('numbers of a step', () => {
  const of = (formula: 'constant' | 'adam' | 'adamax' | 'nadam' | 'tfjsAdam') => new StepFormula({ formula, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 });

  it.each([
    ['constant', 0.1],
    ['adam', (0.1 * Math.sqrt(1 - 0.99 ** 3)) / (1 - 0.9 ** 3)],
    ['adamax', 0.1 / (1 - 0.9 ** 3)],
    ['tfjsAdam', (0.1 * Math.sqrt(1 - 0.99 ** 3)) / (1 - 0.9 ** 3)],
  ] as const)('%s', (formula, rate) => {
    expect(of(formula).at(3, 0.1).rate).toBeCloseTo(rate, 12);
    expect(of(formula).at(3, 0.1).c).toBe(formula === 'tfjsAdam' ? 1e-3 * Math.sqrt(1 - 0.99 ** 3) : NaN);
  });

  it('nadam remembers its product, and finds it again', () => {
    const formula = of('nadam');
    const third = { ...formula.at(3, 0.1) };
    formula.at(9, 0.1);
    expect({ ...formula.at(3, 0.1) }).toEqual(third);
    const share = (t: number): number => 0.9 * (1 - 0.5 * 0.96 ** t);
    const product = share(1) * share(2) * share(3);
    expect(third.d).toBeCloseTo(share(4) / (1 - product * share(4)), 12);
    expect(third.e).toBeCloseTo((1 - share(3)) / (1 - product), 12);
  });
});

it('the next turn of a rewiring is the first step at which one is due', () => {
  for (const timing of [{ begin: 0, every: 3, end: undefined }, { begin: 4, every: 3, end: 12 }, { begin: 5, every: 10, end: 9 }, { begin: 7, every: 1, end: 7 }]) {
    for (let step = 1; step < 20; step++) {
      let expected = Infinity;
      for (let later = step; later < 60; later++) if (isDue(later, timing)) { expected = later; break; }
      expect(nextDue(step, timing), JSON.stringify({ timing, step })).toBe(expected);
    }
  }
});
