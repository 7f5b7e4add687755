/** The kernels that work value by value or row by row, each against its scalar reference, with NaN around every buffer. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bitsOf, GuardedKernels, paddingOf, rowsOf, worstError } from '../../../test/support/guarded-kernels.js';
import { Random } from '../random/xoshiro.js';
import { ACTIVATIONS } from './activations.js';
import { SparseEngine } from './engine.js';
import { job } from './operations.js';
import { panelBytes } from './panels.js';
import { UPDATES, type Entry, type Update } from './updates.js';

const engine = new SparseEngine();
const guarded = new GuardedKernels(engine);
afterAll(() => guarded.release());

const BATCHES = [1, 2, 3, 4, 5, 8, 13, 15, 16, 17, 20, 31, 32, 33, 44, 64, 65];
const ulps = (got: number, want: number): number => Math.abs(got - want) / Math.max(2 ** -149, 2 ** (Math.floor(Math.log2(Math.max(Math.abs(want), 2 ** -126))) - 23));

describe.each(Object.entries(ACTIVATIONS))('%s', (name, { kind, value, slope }) => {
  const activate = (inputs: readonly number[]): Float32Array => {
    const y = guarded.floats(inputs);
    engine.runJobs([job('activate', inputs.length, { kind, y: y.at, rows: inputs.length, batch: 1 })]);
    return y.view;
  };

  it('is within 4 units in the last place of float64, from the smallest numbers to the largest', () => {
    const inputs = [0, -0, 1e-45, -1e-45, 1e-38, -1e-38, 1e30, -1e30, 88.7, -87.3, -95, -103, 6, -2.5, 2.5, 0.5, -0.5, 0.624, 0.626, -0.626];
    for (let x = -30; x <= 30; x += 0.0137) inputs.push(x, x / 1000);
    const single = inputs.map(Math.fround);
    const far = [...activate(single)].flatMap((got, k) => {
      const want = value(single[k]!);
      if (Math.abs(want) > 3.4028235e38) return got === Infinity ? [] : [`${name}(${single[k]}) = ${got}`];
      // 0.2 x + 0.5 itself loses digits where it is near 0.
      const near = ulps(got, want) <= 4 || (name === 'hardSigmoid' && Math.abs(got - want) < 2 ** -23);
      return near ? [] : [`${name}(${single[k]}) = ${got}, wanted ${want}`];
    });
    expect(far).toEqual([]);
    guarded.release();
  });

  it('passes NaN on, and takes infinities to its limits', () => {
    const [nan, up, down] = activate([NaN, Infinity, -Infinity]);
    expect(nan).toBeNaN();
    const limits = [value(Infinity), value(-Infinity)];
    // x / (1 + |x|) is NaN there in tfjs and Keras, too.
    if (name === 'softsign') expect([up, down]).toEqual([NaN, NaN]);
    else [up, down].forEach((got, k) => expect(Math.abs(got! - limits[k]!) < 1e-6 || got === limits[k]).toBe(true));
    guarded.release();
  });

  it('has the derivative of its reference, in every lane and for every batch', () => {
    for (const batch of BATCHES) {
      const random = new Random(batch);
      const rows = 5;
      const outputs = Float32Array.from({ length: rows * batch }, () => Math.fround(value(random.uniform() * 8 - 4)));
      const d = Float32Array.from({ length: rows * batch }, () => random.uniform() * 2 - 1);
      const y = guarded.panels(outputs, rows, batch);
      const target = guarded.panels(d, rows, batch);
      engine.runJobs([job('activationGradient', rows, { kind, y: y.at, d: target.at, rows, batch })]);
      const want = d.map((value_, k) => value_ * slope(outputs[k]!));
      const far = [...rowsOf(target.view, rows, batch)].filter((got, k) => !(Math.abs(got - want[k]!) < 1e-6 * (1 + Math.abs(want[k]!))));
      expect(far, `batch ${batch}`).toEqual([]);
      expect(paddingOf(target.view, rows, batch).every((pad) => pad === 0)).toBe(true);
    }
    expect(guarded.intact()).toBe(true);
    guarded.release();
  });
});

it('takes the derivative of Keras at a kink', () => {
  const at = (kind: number, y: number): number => {
    const d = guarded.floats([1]);
    engine.runJobs([job('activationGradient', 1, { kind, y: guarded.floats([y]).at, d: d.at, rows: 1, batch: 1 })]);
    return d.view[0]!;
  };
  expect(at(ACTIVATIONS.relu.kind, 0)).toBe(0);
  expect(at(ACTIVATIONS.relu6.kind, 6)).toBe(0);
  expect(at(ACTIVATIONS.elu.kind, 0)).toBe(1);
  expect(at(ACTIVATIONS.selu.kind, 0)).toBeCloseTo(1.0507, 4);
  guarded.release();
});

const draw = (random: Random, length: number): Float32Array => Float32Array.from({ length }, () => random.uniform() * 2 - 1);

/** Which numbers each formula gets: what they stand for says what is sensible. */
function numberFor(meaning: string, random: Random): number {
  if (meaning === 'epsilon') return 1e-7;
  if (meaning.startsWith('1 - ')) return 0.02 + 0.2 * random.uniform();
  return 0.5 + 0.49 * random.uniform();
}

describe.each(Object.entries(UPDATES) as [string, Update][])('%s', (_name, { kind, slots, numbers, step }) => {
  it('steps as its formula in float64, for every length and on three threads alike', () => {
    engine.pool(3).waitUntilStarted();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(500), (length, seed) => {
        const random = new Random(seed);
        const names = ['w', 'g', 'm', 'v', 's'] as const;
        const initial = Object.fromEntries(names.map((name) => [name, draw(random, length)])) as Record<(typeof names)[number], Float32Array>;
        // Sums of squares are not negative, and v >= (mean of g)² where both are kept.
        for (const name of ['v', 's', 'm'] as const) if (kind === UPDATES.adadelta.kind || name === 'v') initial[name] = initial[name].map((x) => Math.abs(x) + 1);
        const values: Record<string, number> = { rate: 0.01 + random.uniform() * 0.1 };
        for (const [letter, meaning] of Object.entries(numbers)) values[letter] = numberFor(meaning, random);
        const run = (threads: number) => {
          const buffers = Object.fromEntries(names.map((name) => [name, guarded.floats(initial[name])])) as Record<(typeof names)[number], { at: number; view: Float32Array }>;
          engine.runJobs([job('optimize', length, {
            kind, w: buffers.w.at, g: buffers.g.at, m: slots.m ? buffers.m.at : 0, v: slots.v ? buffers.v.at : 0, s: slots.s ? buffers.s.at : 0,
            rate: values['rate']!, a: values['a'] ?? NaN, b: values['b'] ?? NaN, c: values['c'] ?? NaN, d: values['d'] ?? NaN, e: values['e'] ?? NaN, f: values['f'] ?? NaN,
          }, threads === 1 ? length : 3)], threads);
          return buffers;
        };
        const got = run(1);
        const shared = run(3);
        const rounded = Object.fromEntries(Object.entries(values).map(([letter, value]) => [letter, Math.fround(value)]));
        const far: string[] = [];
        for (let k = 0; k < length; k++) {
          const entry: Entry = { w: initial.w[k]!, g: initial.g[k]!, m: initial.m[k]!, v: initial.v[k]!, s: initial.s[k]! };
          step(entry, rounded);
          for (const name of names) if (!(Math.abs(got[name].view[k]! - entry[name]) < 2e-6 * (1 + Math.abs(entry[name])))) far.push(`${name}[${k}] = ${got[name].view[k]}, wanted ${entry[name]}`);
        }
        expect(far).toEqual([]);
        for (const name of names) expect(bitsOf(shared[name].view)).toEqual(bitsOf(got[name].view));
        expect(guarded.intact()).toBe(true);
        guarded.release();
      }),
      { numRuns: 60 },
    );
  });
});

describe('rows and panels', () => {
  it('go over into each other for any shape, with +0 where there is no sample', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 21 }), fc.constantFrom(...BATCHES), fc.nat(100), fc.boolean(), (features, batch, seed, parts) => {
        const rows = draw(new Random(seed), features * batch);
        const panels = guarded.empty(panelBytes(features, batch) / 4);
        const back = guarded.empty(features * batch);
        // In parts of any size, as threads take them.
        const grain = parts ? 3 : features;
        engine.runJobs([
          job('toPanels', features, { rows: guarded.floats(rows).at, panels: panels.at, features, batch }, grain),
          job('fromPanels', features, { panels: panels.at, rows: back.at, features, batch }, grain),
        ], parts ? 3 : 1);
        expect(rowsOf(panels.view, features, batch)).toEqual(rows);
        expect(paddingOf(panels.view, features, batch).every((pad) => Object.is(pad, 0))).toBe(true);
        expect(back.view).toEqual(rows);
        expect(guarded.intact()).toBe(true);
        guarded.release();
      }),
    );
  });

  it('add up over the batch', () => {
    for (const batch of BATCHES) {
      const rows = 7;
      const values = draw(new Random(batch), rows * batch);
      const out = guarded.empty(rows);
      engine.runJobs([job('rowSums', rows, { d: guarded.panels(values, rows, batch).at, out: out.at, rows, batch })]);
      const sums = { values: new Float64Array(rows), magnitudes: new Float64Array(rows) };
      values.forEach((value, k) => {
        sums.values[k % rows]! += value;
        sums.magnitudes[k % rows]! += Math.abs(value);
      });
      expect(worstError(out.view, sums)).toBeLessThan(20);
    }
    expect(guarded.intact()).toBe(true);
    guarded.release();
  });
});

it('finds a value that is not finite, wherever it is', () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (let length = 1; length < 12; length++) {
      for (let at = -1; at < length; at++) {
        const values = guarded.floats(Float32Array.from({ length }, (_, k) => (k === at ? bad : 3.4e38)));
        const flag = engine.memory.allocate(4);
        engine.memory.words(flag, 1)[0] = 1;
        engine.runJobs([job('allFinite', length, { values: values.at, flag })]);
        expect(engine.memory.words(flag, 1)[0]).toBe(at < 0 ? 1 : 0);
        engine.memory.release(flag);
      }
    }
  }
  guarded.release();
});
