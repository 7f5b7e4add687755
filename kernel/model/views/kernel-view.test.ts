import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, fullMask, maskOf, sparseMask } from '../../../test/support/masks.js';
import { encodeKernelView, kernelView, parseKernelView, type KernelView } from './kernel-view.js';
import { MAX_VIEW_CHARS } from './media-types.js';
import { isProblem } from './problem.js';

const json = (view: KernelView): Record<string, unknown> => JSON.parse(JSON.stringify(encodeKernelView(view))) as Record<string, unknown>;

function parsed(payload: unknown): KernelView {
  const view = parseKernelView(payload);
  if (isProblem(view)) throw new Error(view.problem);
  return view;
}

const A = maskOf('X.', '.X', 'XX');
const weights = Float32Array.from([0.5, 0, -2, 1]);

describe('a kernel view', () => {
  it('has limits and statistics of live weights only', () => {
    const view = kernelView(A, weights, { layer: 'one' });
    expect(view.limit).toBe(2);
    expect(view.statistics).toEqual({ min: -2, max: 1, meanSize: 0.875, zeros: 1, notFinite: 0 });
    expect(view).toMatchObject({ layer: 'one', inputs: 3, outputs: 2, nnz: 4 });
  });

  it('ignores what is not finite in limits, and counts it', () => {
    const view = kernelView(A, Float32Array.from([NaN, Infinity, 0.25, -0.5]));
    expect(view.limit).toBe(0.5);
    expect(view.statistics).toMatchObject({ min: -0.5, max: 0.25, notFinite: 2 });
  });

  it('has a limit above 0 when all weights are 0, or there is none, or none is finite', () => {
    expect(kernelView(A, new Float32Array(4)).limit).toBe(1);
    expect(kernelView(maskOf('.'), new Float32Array(0)).limit).toBe(1);
    expect(kernelView(maskOf('X'), Float32Array.from([NaN])).limit).toBe(1);
  });

  it('takes a limit from outside', () => {
    expect(parsed(json(kernelView(A, weights, { limit: 5 }))).limit).toBe(5);
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMask(), fc.float({ noNaN: true, noDefaultInfinity: true }), (mask, scale) => {
        const values = Float32Array.from(mask.indices, (_, at) => Math.fround(scale * Math.cos(at)));
        const view = kernelView(mask, values, { title: 'T' });
        expect(parsed(json(view))).toEqual(view);
      }),
    );
  });

  it('keeps NaN and infinite weights', () => {
    const { cells } = parsed(json(kernelView(A, Float32Array.from([NaN, Infinity, -0, 1]))));
    expect(cells.kind === 'edges' && [...cells.values!]).toEqual([NaN, Infinity, -0, 1]);
  });

  it.each([
    ['dense 784 × 300', fullMask(784, 300)],
    ['2,000 × 2,000 at 5 %', sparseMask(2_000, 2_000, 100)],
  ])('of %s fits, as counts and strongest weights', (_, mask) => {
    const values = Float32Array.from(mask.indices, (j, at) => Math.sin(at));
    values[12_345] = -3;
    const text = JSON.stringify(encodeKernelView(kernelView(mask, values)));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    const { cells, limit } = parsed(JSON.parse(text));
    // The power of two above the largest size: it stays while weights train.
    expect(limit).toBe(4);
    expect(cells.kind === 'tiles' && cells.tiles.extremes!.includes(-3)).toBe(true);
  });

  it('of a dense 128 × 128 layer is exact', () => {
    const view = kernelView(fullMask(128, 128), Float32Array.from({ length: 128 ** 2 }, (_, at) => at));
    expect(json(view).connections).toEqual({ full: true });
    expect(parsed(json(view))).toEqual(view);
  });
});

describe('a kernel payload of anybody', () => {
  const good = json(kernelView(A, weights));
  it.each<[string, unknown, RegExp]>([
    ['no weights', { ...good, values: undefined }, /"values" is missing/],
    ['too few weights', { ...good, values: 'AAAAAA==' }, /"values" does not hold 4 weights/],
    ['a limit of 0', { ...good, limit: 0 }, /"limit" is 0/],
    ['a limit that is no number', { ...good, limit: null }, /"limit" is null/],
    ['a limit of infinity', { ...good, limit: Infinity }, /"limit" is Infinity/],
    ['no statistics', { ...good, statistics: undefined }, /"statistics" is missing/],
    ['statistics with NaN', { ...good, statistics: { min: NaN, max: 1, meanSize: 1, zeros: 0, notFinite: 0 } }, /"min" is NaN/],
    ['tiles without weights', { ...good, connections: { tiles: { down: 3, across: 2, counts: 'BA==' } } }, /tiles have no weights/],
    ['tiles with too few', { ...good, connections: { tiles: { down: 3, across: 1, counts: 'AgI=', extremes: 'AAAAAA==' } } }, /"extremes" does not hold/],
    ['a layer that is no text', { ...good, layer: 4 }, /"layer" is 4/],
  ])('%s: one sentence', (_, payload, message) => {
    const view = parseKernelView(payload);
    expect(isProblem(view) && view.problem).toMatch(message);
  });
});
