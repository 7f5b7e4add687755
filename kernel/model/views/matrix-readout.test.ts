import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, maskOf, sparseMask } from '../../../test/support/masks.js';
import { kernelView } from './kernel-view.js';
import { maskView } from './mask-view.js';
import { positionOf } from './matrix-cells.js';
import { fitMatrix } from './matrix-fit.js';
import { matrixReader, placeAt } from './matrix-readout.js';

const box = { width: 500, height: 500, scale: 1 };

describe('the readout', () => {
  const A = maskOf('X.', '.X', 'XX');
  const kernel = kernelView(A, Float32Array.of(0.5, 0, -0.3819, NaN), { names: { inputs: ['x₁', 'x₂', ''] } });

  it.each([
    [0, 0, 'in 0 (x₁) → out 0 · w = 0.5'],
    [0, 1, 'in 0 (x₁) → out 1 · not connected'],
    [1, 1, 'in 1 (x₂) → out 1 · w = 0'],
    [2, 0, 'in 2 → out 0 · w = −0.382'],
    [2, 1, 'in 2 → out 1 · w = NaN'],
  ])('at row %i, column %i', (row, column, text) => expect(matrixReader(kernel, fitMatrix(kernel, box))({ row, column })).toBe(text));

  it('of a mask says connected or not', () => {
    const mask = maskView(A);
    const read = matrixReader(mask, fitMatrix(mask, box));
    expect([read({ row: 0, column: 0 }), read({ row: 0, column: 1 })]).toEqual(['in 0 → out 0 · connected', 'in 0 → out 1 · not connected']);
  });

  it('of tiles counts', () => {
    const mask = sparseMask(3001, 3001, 30);
    const view = maskView(mask);
    const fit = fitMatrix(view, box);
    expect(fit.rows.per).toBe(7);
    expect(matrixReader(view, fit)({ row: 1, column: 2 })).toMatch(/^inputs 7–13 × outputs 14–20: \d+ of 49 connected \(\d+\.\d %\)$/);
    expect(matrixReader(view, fit)({ row: 428, column: 428 })).toMatch(/^inputs 2996–3000 × outputs 2996–3000: \d+ of 25 connected/);
    const kernelTiles = kernelView(mask, new Float32Array(mask.indices.length).fill(-0.25));
    expect(matrixReader(kernelTiles, fit)({ row: 0, column: 0 })).toMatch(/, strongest w = −0.25$/);
  });
});

it('finds every connection, and nothing else', () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      const found: number[] = [];
      for (let i = 0; i < mask.inputs; i++) {
        for (let j = 0; j < mask.outputs; j++) {
          const at = positionOf(mask, i, j);
          if (at >= 0) found.push(at);
          expect(at >= 0).toBe(mask.indices.subarray(mask.indptr[i], mask.indptr[i + 1]).includes(j));
        }
      }
      expect(found).toEqual(Array.from(mask.indices, (_, at) => at));
    }),
  );
});

it('places a pixel in its cell, and none outside', () => {
  const view = maskView(maskOf('X.', '.X', 'XX'));
  const fit = fitMatrix(view, box);
  expect(fit.rows.size).toBe(40);
  expect(placeAt(fit, 0, 0)).toEqual({ row: 0, column: 0 });
  expect(placeAt(fit, 79.9, 119.9)).toEqual({ row: 2, column: 1 });
  for (const [x, y] of [[-1, 5], [5, -0.1], [80, 5], [5, 120]] as const) expect(placeAt(fit, x, y)).toBeUndefined();
});
