/**
 * Every variant of the table against the float64 reference, on drawn problems: both signs, cancellation, denormals, -0, empty
 * targets and sources in between, batches around every tile, one thread and three.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bitsOf, GuardedKernels, paddingOf, rowsOf, worstError } from '../../../test/support/guarded-kernels.js';
import { byColumn } from '../../model/mask-data.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { Random } from '../random/xoshiro.js';
import { ACTIVATIONS } from './activations.js';
import { SparseEngine } from './engine.js';
import type { Job } from './operations.js';
import { PlacedLayout } from './placed-layout.js';
import { productReference, sampledReference } from './reference.js';
import { placesOf, sparseLayout, type Connections } from './structure.js';
import { LAYOUTS, VARIANTS } from './variants.js';

const engine = new SparseEngine();
const guarded = new GuardedKernels(engine);
const THREADS = 3;
afterAll(() => guarded.release());

const BATCHES = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 20, 23, 24, 25, 28, 31, 32, 33, 40, 47, 48, 49, 64, 71, 96, 100];
/** Errors of float32 sums grow with their length; none here is longer than 100. */
const TOLERANCE = 100;

function forward(mask: Mask): Connections {
  const { indptr, indices, order } = byColumn(mask.data);
  return { sources: mask.inputs, targets: mask.outputs, indptr, indices, order };
}
const backward = ({ data }: Mask): Connections => ({ sources: data.outputs, targets: data.inputs, indptr: data.indptr, indices: data.indices });

/** Values that are hard on a sum: both signs, many magnitudes, exact opposites, denormals and both zeros. */
function hard(random: Random, length: number): Float32Array {
  const values = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    const kind = random.uniform();
    const value = (random.uniform() * 2 - 1) * 10 ** Math.floor(random.uniform() * 7 - 3);
    if (kind < 0.05) values[k] = -0;
    else if (kind < 0.1) values[k] = (random.uniform() - 0.5) * 1e-41;
    else if (kind < 0.3 && k > 0) values[k] = -values[k - 1]!;
    else values[k] = value;
  }
  return values;
}

const maskOf = fc.oneof(
  fc.record({ n: fc.integer({ min: 1, max: 40 }), m: fc.integer({ min: 1, max: 30 }), density: fc.constantFrom(0, 0.05, 0.3, 0.7, 1), seed: fc.nat(99) })
    .map(({ n, m, density, seed }) => masks.random(n, m, { density, seed })),
  // Every third input and every second output without connections.
  fc.record({ n: fc.integer({ min: 4, max: 40 }), m: fc.integer({ min: 4, max: 30 }), seed: fc.nat(99) })
    .map(({ n, m, seed }) => masks.random(n, m, { density: 0.6, seed }).and(Mask.from((i, j) => i % 3 !== 1 && j % 2 !== 1, { shape: [n, m] }))),
  // Blocks, whose targets share their sources.
  fc.record({ n: fc.integer({ min: 1, max: 6 }), r: fc.integer({ min: 1, max: 6 }), seed: fc.nat(99) })
    .map(({ n, r, seed }) => masks.random(n, n, { density: 0.5, seed }).kron(masks.dense(3, r))),
);

/** Runs one job on one thread and, shared to the last item, on three; says whether the bits are the same. */
function runBoth(jobs: readonly Job[], result: Float32Array): boolean {
  engine.runJobs(jobs);
  const alone = bitsOf(result);
  result.fill(7);
  engine.runJobs(jobs.map((job) => ({ ...job, grain: 1 })), THREADS);
  const together = bitsOf(result);
  return alone.every((bits, k) => bits === together[k]);
}

const sizesOf = (connections: Connections) => ({ sources: connections.sources, targets: connections.targets, connections: connections.indices.length });

describe.each(VARIANTS.map((variant) => [variant.name, variant] as const))('%s', (_name, variant) => {
  engine.pool(THREADS).waitUntilStarted();

  it('adds up the products of every target', () => {
    fc.assert(
      fc.property(maskOf, fc.constantFrom(...BATCHES), fc.nat(1000), fc.boolean(), fc.boolean(), (mask, batch, seed, isForward, withBias) => {
        const random = new Random(seed);
        const connections = isForward ? forward(mask) : backward(mask);
        const { sources, targets } = connections;
        const layout = LAYOUTS[variant.layout](connections);
        const placed = new PlacedLayout(engine.memory, connections, layout);
        const weights = hard(random, mask.nnz);
        const x = hard(random, batch * sources);
        const bias = hard(random, targets);
        const w = guarded.floats(weights);
        const values = guarded.empty(placed.places);
        const y = guarded.empty(guarded.panels(new Float32Array(batch * targets), targets, batch).view.length);
        const job = placed.product({
          x: guarded.panels(x, sources, batch).at, y: y.at, values: values.at, bias: withBias ? guarded.floats(bias).at : 0, batch, tile: variant.tile,
        });
        const sameBits = runBoth([placed.unpack(w.at, values.at), job], y.view);
        const expected = productReference(connections, weights, x, batch, withBias ? bias : undefined);
        expect(worstError(rowsOf(y.view, targets, batch), expected)).toBeLessThan(TOLERANCE);
        expect(bitsOf(Float32Array.from(paddingOf(y.view, targets, batch))).every((bits) => bits === 0)).toBe(true);
        expect([sameBits, guarded.intact()]).toEqual([true, true]);
        placed.release();
        guarded.release();
      }),
      { numRuns: 120 },
    );
  });

  it('gives a sample the same bits, alone or with any others', () => {
    fc.assert(
      fc.property(maskOf, fc.constantFrom(2, 4, 5, 13, 16, 17, 33, 49, 65), fc.nat(1000), (mask, batch, seed) => {
        const random = new Random(seed);
        const connections = forward(mask);
        const { sources, targets } = connections;
        const placed = new PlacedLayout(engine.memory, connections, LAYOUTS[variant.layout](connections));
        const values = guarded.empty(placed.places);
        const x = hard(random, batch * sources);
        const bias = guarded.floats(hard(random, targets)).at;
        const answers = (rows: Float32Array, size: number): Float32Array => {
          const y = guarded.empty(guarded.panels(new Float32Array(size * targets), targets, size).view.length);
          engine.runJobs([placed.product({ x: guarded.panels(rows, sources, size).at, y: y.at, values: values.at, bias, batch: size, tile: variant.tile })]);
          return rowsOf(y.view, targets, size);
        };
        engine.runJobs([placed.unpack(guarded.floats(hard(random, mask.nnz)).at, values.at)]);
        const together = answers(x, batch);
        const sample = seed % batch;
        const alone = answers(x.slice(sample * sources, (sample + 1) * sources), 1);
        expect([...alone]).toEqual([...together.slice(sample * targets, (sample + 1) * targets)]);
        placed.release();
        guarded.release();
      }),
      { numRuns: 60 },
    );
  });

  it('reads no source without a connection, unless it says so', () => {
    const mask = masks.random(12, 9, { density: 0.5, seed: 4 }).and(Mask.from((i) => i !== 5, { shape: [12, 9] }));
    const connections = forward(mask);
    const placed = new PlacedLayout(engine.memory, connections, LAYOUTS[variant.layout](connections));
    const batch = 53;
    const x = new Float32Array(batch * 12).map((_, k) => (k % 12 === 5 ? NaN : 1));
    const values = guarded.floats(new Float32Array(placed.places).fill(1));
    const y = guarded.panels(new Float32Array(batch * 9), 9, batch);
    engine.runJobs([placed.product({ x: guarded.panels(x, 12, batch).at, y: y.at, values: values.at, batch, tile: variant.tile })]);
    const reached = rowsOf(y.view, 9, batch).some(Number.isNaN);
    expect(reached).toBe(variant.needsFinite({ ...sizesOf(connections), batch, groupPlaces: 0 }));
    placed.release();
    guarded.release();
  });
});

describe.each(VARIANTS.filter(({ operations }) => operations.includes('weights')).map((variant) => [variant.name, variant] as const))('%s', (_name, variant) => {
  it('forms the dot product at every connection', () => {
    fc.assert(
      fc.property(maskOf, fc.constantFrom(...BATCHES), fc.nat(1000), fc.boolean(), (mask, batch, seed, isForward) => {
        const random = new Random(seed);
        const connections = isForward ? forward(mask) : backward(mask);
        const { sources, targets } = connections;
        const layout = LAYOUTS[variant.layout](connections);
        const placed = new PlacedLayout(engine.memory, connections, layout);
        const own = hard(random, batch * targets);
        const other = hard(random, batch * sources);
        const out = guarded.empty(placed.places);
        const job = placed.sampled({ own: guarded.panels(own, targets, batch).at, other: guarded.panels(other, sources, batch).at, out: out.at, batch });
        const sameBits = runBoth([job], out.view);
        const places = placesOf(layout, mask.nnz);
        const got = Float32Array.from(places, (place) => out.view[place]!);
        expect(worstError(got, sampledReference(connections, own, other, batch))).toBeLessThan(TOLERANCE);
        expect([sameBits, guarded.intact()]).toEqual([true, true]);
        placed.release();
        guarded.release();
      }),
      { numRuns: 120 },
    );
  });
});

describe('the sparse layout in blocks', () => {
  it('gives the same bits for any block, tile and split', () => {
    const mask = masks.random(70, 33, { density: 0.4, seed: 8 });
    const connections = forward(mask);
    const batch = 103;
    const random = new Random(3);
    const weights = hard(random, mask.nnz);
    const x = guarded.panels(hard(random, batch * 70), 70, batch);
    const own = guarded.panels(hard(random, batch * 33), 33, batch);
    const results = [1, 7, 32, 70, 500].flatMap((blockRows) => {
      const layout = sparseLayout(connections, blockRows);
      const placed = new PlacedLayout(engine.memory, connections, layout);
      const values = guarded.floats(Float32Array.from(layout.order, (k) => weights[k]!));
      const gradient = guarded.empty(placed.places);
      engine.runJobs([placed.sampled({ own: own.at, other: x.at, out: gradient.at, batch })]);
      const dw = bitsOf(Float32Array.from(placesOf(layout, mask.nnz), (place) => gradient.view[place]!));
      return ([16, 24, 32] as const).map((tile) => {
        const y = guarded.panels(new Float32Array(batch * 33), 33, batch);
        engine.runJobs([placed.product({ x: x.at, y: y.at, values: values.at, batch, tile })]);
        return [bitsOf(y.view), dw];
      });
    });
    for (const result of results) expect(result).toEqual(results[0]);
    guarded.release();
  });

  it('agrees with the dense layout bit by bit, except that a sum with a missing term may be +0 for -0', () => {
    const mask = masks.random(40, 21, { density: 0.7, seed: 2 });
    const connections = forward(mask);
    const batch = 37;
    const random = new Random(9);
    const weights = hard(random, mask.nnz);
    const x = guarded.panels(hard(random, batch * 40), 40, batch);
    const own = guarded.panels(hard(random, batch * 21), 21, batch);
    const [sparse, dense] = (['sparse', 'dense'] as const).map((kind) => {
      const layout = LAYOUTS[kind](connections);
      const placed = new PlacedLayout(engine.memory, connections, layout);
      const values = guarded.floats(Float32Array.from(layout.order, (k) => (k < 0 ? 0 : weights[k]!)));
      const gradient = guarded.empty(placed.places);
      const y = guarded.panels(new Float32Array(batch * 21), 21, batch);
      engine.runJobs([
        placed.product({ x: x.at, y: y.at, values: values.at, batch }),
        placed.sampled({ own: own.at, other: x.at, out: gradient.at, batch }),
      ]);
      return [[...y.view].map((value) => value + 0), [...placesOf(layout, mask.nnz)].map((place) => gradient.view[place]!)];
    });
    expect(dense).toEqual(sparse);
    guarded.release();
  });
});

describe('an activation after the product', () => {
  it.each(Object.entries(ACTIVATIONS))('%s is what it is alone, and leaves padding +0', (_name, { kind, value }) => {
    const mask = masks.random(9, 6, { density: 0.5, seed: 1 });
    const connections = forward(mask);
    for (const kindOfLayout of ['sparse', 'groups', 'dense'] as const) {
      const layout = LAYOUTS[kindOfLayout](connections);
      const placed = new PlacedLayout(engine.memory, connections, layout);
      for (const batch of [1, 3, 18, 21, 32]) {
        const random = new Random(batch);
        const x = Float32Array.from({ length: batch * 9 }, () => random.uniform() * 4 - 2);
        const weights = Float32Array.from({ length: mask.nnz }, () => random.uniform() * 2 - 1);
        const values = guarded.floats(Float32Array.from(layout.order, (k) => (k < 0 ? 0 : weights[k]!)));
        const y = guarded.panels(new Float32Array(batch * 6), 6, batch);
        engine.runJobs([placed.product({ x: guarded.panels(x, 9, batch).at, y: y.at, values: values.at, activation: kind, batch })]);
        const want = productReference(connections, weights, x, batch).values.map(value);
        rowsOf(y.view, 6, batch).forEach((got, k) => expect(Math.abs(got - want[k]!)).toBeLessThan(2e-6 * (1 + Math.abs(want[k]!))));
        expect(paddingOf(y.view, 6, batch).every((pad) => Object.is(pad, 0))).toBe(true);
      }
      placed.release();
    }
    expect(guarded.intact()).toBe(true);
    guarded.release();
  });
});
