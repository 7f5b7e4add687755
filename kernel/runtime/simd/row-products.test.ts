/** The products as layers call them, on arrays [batch, features], by every variant. */
import { afterEach, describe, expect, it } from 'vitest';
import { bitsOf, worstError } from '../../../test/support/guarded-kernels.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { Random } from '../random/xoshiro.js';
import { productReference, sampledReference } from './reference.js';
import { rowProduct, rowWeightGradient } from './row-products.js';
import { VARIANTS } from './variants.js';
import { forceVariant, wiringOf } from './wiring.js';

afterEach(() => forceVariant(undefined));

/** Every third input and every second output without connections. */
const withGaps = (n: number, m: number, seed: number): Mask => masks.random(n, m, { density: 0.6, seed }).and(Mask.from((i, j) => i % 3 !== 1 && j % 2 !== 1, { shape: [n, m] }));

const SHAPES: [string, Mask][] = [
  ['empty rows and columns in between', withGaps(13, 9, 1)],
  ['first and last row empty', masks.banded(9, 7, { width: 3 }).and(Mask.from((i) => i > 0 && i < 8, { shape: [9, 7] }))],
  ['no connection', masks.empty(5, 4)],
  ['all connections', masks.dense(6, 5)],
  ['one input', masks.dense(1, 5)],
  ['one output', masks.dense(5, 1)],
  ['blocks that share their inputs', masks.identity(4).kron(masks.dense(3, 6))],
];

function setUp(mask: Mask, batch: number) {
  const random = new Random(batch + 1);
  const draw = (length: number) => Float32Array.from({ length }, () => random.uniform() * 2 - 1);
  return { x: draw(batch * mask.inputs), dy: draw(batch * mask.outputs), weights: draw(mask.nnz) };
}

function ours(mask: Mask, batch: number): Float32Array[] {
  const { x, dy, weights } = setUp(mask, batch);
  const wiring = wiringOf(mask);
  return [rowProduct(wiring.forward, x, weights), rowProduct(wiring.backward, dy, weights), rowWeightGradient(wiring, x, dy)];
}

/** Forces the variant where it fits, and says whether it did anywhere. */
function fits(name: string, mask: Mask, batch: number): boolean {
  const variant = VARIANTS.find((candidate) => candidate.name === name)!;
  const { forward, backward } = wiringOf(mask);
  return variant.operations.includes('weights') && [forward, backward].every((direction) => variant.unfit(direction.shape(batch)) === undefined);
}

describe.each(SHAPES)('case 29: the kernels, %s', (_name, mask) => {
  it('agree with the dense product in float64 for every batch around every tile, chosen or forced', () => {
    for (const batch of [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 65]) {
      const { x, dy, weights } = setUp(mask, batch);
      const { forward, backward } = wiringOf(mask);
      const want = [
        productReference(forward.connections, weights, x, batch),
        productReference(backward.connections, weights, dy, batch),
        sampledReference(backward.connections, x, dy, batch),
      ];
      for (const name of [undefined, ...VARIANTS.map((variant) => variant.name)]) {
        if (name !== undefined && !fits(name, mask, batch)) continue;
        forceVariant(name);
        ours(mask, batch).forEach((values, n) => {
          expect(values.length).toBe(want[n]!.values.length);
          expect(worstError(values, want[n]!), `${n}, batch ${batch}, ${name ?? 'chosen'}`).toBeLessThan(16);
        });
      }
    }
  });

  it('give the same bits every time, and by every variant for a batch of more than one', () => {
    const first = ours(mask, 11).map(bitsOf);
    for (let run = 0; run < 5; run++) expect(ours(mask, 11).map(bitsOf)).toEqual(first);
    for (const { name } of VARIANTS) {
      if (!fits(name, mask, 11)) continue;
      forceVariant(name);
      // A sum of missing terms is +0 where a sum of none might be -0.
      expect(ours(mask, 11).map((values) => [...values].map((value) => value + 0))).toEqual(first.map((bits) => [...new Float32Array(Uint32Array.from(bits).buffer)].map((value) => value + 0)));
    }
  });
});

it('has inputs and outputs without connections', () => {
  const [[, mask]] = SHAPES as [[string, Mask]];
  expect([...mask.outDegree()].filter((degree) => degree === 0).length).toBeGreaterThanOrEqual(4);
  expect([...mask.inDegree()].filter((degree) => degree === 0).length).toBeGreaterThanOrEqual(4);
  expect(mask.nnz).toBeGreaterThan(10);
});

describe('the dense kernel, forced', () => {
  it.each([NaN, Infinity, -Infinity])('gives way where an input is %d, which must not reach outputs that it is not connected to', (bad) => {
    const mask = Mask.from([[1, 0], [1, 1], [0, 1]]);
    const { forward } = wiringOf(mask);
    forceVariant('dense');
    const y = rowProduct(forward, Float32Array.of(bad, 1, 2, 3, 4, 5), Float32Array.of(1, 1, 1, 1));
    expect([...y].map(Number.isFinite)).toEqual([false, true, true, true]);
    expect([...y.subarray(1)]).toEqual([3, 7, 9]);
    expect(forward.last.get('product')?.variant.name).toBe('sparse16');
  });

  it('takes them where everything is connected anyway', () => {
    const { forward } = wiringOf(masks.dense(2, 2));
    forceVariant('dense');
    expect([...rowProduct(forward, Float32Array.of(NaN, 1, 2, 3), Float32Array.of(1, 1, 1, 1))]).toEqual([NaN, NaN, 5, 5]);
    expect(forward.last.get('product')?.variant.name).toBe('dense');
  });
});
