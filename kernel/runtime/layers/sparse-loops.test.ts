/**
 * The loops themselves, on memory with NaN all around: a read beyond a buffer would show as NaN in the result, a write as a
 * number where NaN was (the `mempad` of torch-blocksparse).
 */
import type { Rank } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { Random } from '../random/xoshiro.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense } from './index.js';
import { gatherProduct, weightGradient } from './sparse-loops.js';

await ready;

const GUARD = 64;
/** A view of `length` values with NaN before and behind it. */
function guarded(length: number, value: (k: number) => number) {
  const whole = new Float32Array(length + 2 * GUARD).fill(NaN);
  const view = whole.subarray(GUARD, GUARD + length);
  view.forEach((_, k) => { view[k] = value(k); });
  const intact = () => [...whole.subarray(0, GUARD), ...whole.subarray(GUARD + length)].every(Number.isNaN);
  return { view, intact };
}

/** Every third input and every second output without connections. */
const withGaps = (n: number, m: number, seed: number): Mask => masks.random(n, m, { density: 0.6, seed }).and(Mask.from((i, j) => i % 3 !== 1 && j % 2 !== 1, { shape: [n, m] }));

interface Case { readonly mask: Mask; readonly batch: number; readonly x: Float32Array; readonly dy: Float32Array; readonly weights: Float32Array }
function setUp(mask: Mask, batch: number) {
  const random = new Random(batch + 1);
  const draw = () => random.uniform() * 2 - 1;
  const [x, dy, weights] = [guarded(batch * mask.inputs, draw), guarded(batch * mask.outputs, draw), guarded(mask.nnz, draw)];
  const data: Case = { mask, batch, x: x.view, dy: dy.view, weights: weights.view };
  return { data, intact: () => x.intact() && dy.intact() && weights.intact() };
}

/** The three products of a layer, by our loops; and whether what lies around the results was left alone. */
function ours({ mask, batch, x, dy, weights }: Case) {
  const { indptr, indices, order } = mask.byColumn();
  const byOutput = guarded(mask.nnz, (k) => weights[order[k]!]!);
  const y = guarded(batch * mask.outputs, () => 7);
  gatherProduct(x, mask.inputs, { indptr, indices, values: byOutput.view }, y.view, mask.outputs);
  const dx = guarded(batch * mask.inputs, () => 7);
  gatherProduct(dy, mask.outputs, { indptr: mask.data.indptr, indices: mask.data.indices, values: weights }, dx.view, mask.inputs);
  return { results: [y.view, dx.view, weightGradient(x, dy, batch, mask.data)], intact: y.intact() && dx.intact() };
}

/** The same in float64, entry by entry of dense matrices. */
function wanted({ mask, batch, x, dy, weights }: Case): number[][] {
  const kernel = mask.toArray().map((row) => row.map(() => 0));
  mask.toEdges().forEach(([i, j], k) => { kernel[i]![j] = weights[k]!; });
  const rows = Array.from({ length: batch }, (_, b) => b);
  const sum = (length: number, term: (n: number) => number) => Array.from({ length }, (_, n) => term(n)).reduce((total, value) => total + value, 0);
  return [
    rows.flatMap((b) => Array.from({ length: mask.outputs }, (_, j) => sum(mask.inputs, (i) => x[b * mask.inputs + i]! * kernel[i]![j]!))),
    rows.flatMap((b) => Array.from({ length: mask.inputs }, (_, i) => sum(mask.outputs, (j) => dy[b * mask.outputs + j]! * kernel[i]![j]!))),
    mask.toEdges().map(([i, j]) => sum(batch, (b) => x[b * mask.inputs + i]! * dy[b * mask.outputs + j]!)),
  ];
}

const SHAPES: [string, Mask][] = [
  ['empty rows and columns in between', withGaps(13, 9, 1)],
  ['first and last row empty', masks.banded(9, 7, { width: 3 }).and(Mask.from((i) => i > 0 && i < 8, { shape: [9, 7] }))],
  ['no connection', masks.empty(5, 4)],
  ['all connections', masks.dense(6, 5)],
  ['one input', masks.dense(1, 5)],
  ['one output', masks.dense(5, 1)],
];

describe.each(SHAPES)('case 29: the loops, %s', (_name, mask) => {
  it('agree with the dense product for every batch modulo the four rows of a turn, and touch nothing around their buffers', () => {
    for (const batch of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33]) {
      const { data, intact } = setUp(mask, batch);
      const got = ours(data);
      const want = wanted(data);
      got.results.forEach((values, n) => {
        expect(values.length).toBe(want[n]!.length);
        values.forEach((value, k) => expect(Math.abs(value - want[n]![k]!), `${n}, batch ${batch}, entry ${k}`).toBeLessThan(1e-5));
      });
      expect([got.intact, intact()], `batch ${batch}`).toEqual([true, true]);
    }
  });

  it('give the same bits every time', () => {
    const { data } = setUp(mask, 11);
    const bits = () => ours(data).results.map((values) => [...new Uint32Array(Float32Array.from(values).buffer)]);
    const first = bits();
    for (let run = 0; run < 5; run++) expect(bits()).toEqual(first);
  });
});

it('has inputs and outputs without connections', () => {
  const [[, mask]] = SHAPES as [[string, Mask]];
  expect([...mask.outDegree()].filter((degree) => degree === 0).length).toBeGreaterThanOrEqual(4);
  expect([...mask.inDegree()].filter((degree) => degree === 0).length).toBeGreaterThanOrEqual(4);
  expect(mask.nnz).toBeGreaterThan(10);
});

/** There is one way to compute a layer yet, and so nothing to force: it must not show which density or backend it was. */
describe('case 33: whatever the density', () => {
  it.each([0, 0.01, 0.1, 0.3, 0.6, 0.9, 1])('%d: every backend gives the same bits, which are those of the dense product', async (density) => {
    const layer = maskedDense({ connections: masks.random(24, 17, { density, seed: 3 }), inputShape: [24], kernelInitializer: 'randomNormal', biasInitializer: 'ones' });
    const x = tf.randomNormal<Rank.R2>([9, 24], 0, 1, 'float32', 5);
    const outputs: Float32Array[] = [];
    for (const backend of new Set(['wasm', 'cpu', ...BACKENDS])) {
      await tf.setBackend(backend);
      outputs.push((layer.apply(x) as { dataSync(): Float32Array }).dataSync());
    }
    for (const output of outputs) expect([...output]).toEqual([...outputs[0]!]);
    const [kernel, bias] = layer.getWeights();
    const dense = tf.add(tf.matMul(x, kernel as never), bias!).dataSync();
    dense.forEach((value, k) => expect(outputs[0]![k]).toBeCloseTo(value, 5));
  });
});
