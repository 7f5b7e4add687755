import { expect, it } from 'vitest';
import { maskOf, sparseMask } from '../../../test/support/masks.js';
import { connectionsKey, weightedKey } from './connections-key.js';

it('equal connections have one name, others another', () => {
  expect(connectionsKey(maskOf('X.', '.X'))).toBe(connectionsKey(maskOf('X.', '.X')));
  const names = [maskOf('X.', '.X'), maskOf('.X', 'X.'), maskOf('X', 'X'), maskOf('XX'), maskOf('XX', '..'), sparseMask(2, 2, 0)].map(connectionsKey);
  expect(new Set(names).size).toBe(names.length);
  expect(names[0]).toMatch(/^2x2-[\da-f]{8}$/);
});

it('weights are a part of the name of a kernel', () => {
  const mask = maskOf('XX');
  const name = (...weights: number[]): string => weightedKey(mask, Float32Array.from(weights));
  expect(name(1, 2)).toBe(name(1, 2));
  expect(new Set([name(1, 2), name(2, 1), name(0, 0), name(-0, 0)]).size).toBe(4);
});
