import { expect, it } from 'vitest';
import { lossView } from '../loss-view.js';
import { bestText, patienceOf } from './best.js';

const run = (patience: number) => lossView([{ name: 'a', history: { loss: [3, 1, 2] }, patience }]).runs[0]!;

it('says what was best, and when', () => {
  expect(bestText({ of: 'validation', value: 0.0812, epoch: 37 })).toBe('best val 0.0812 @ epoch 37');
  expect(bestText({ of: 'training', value: 1, epoch: 2 })).toBe('best loss 1 @ epoch 2');
});

it.each([
  [5, { min: 0, max: 10 }, { min: 2, max: 7 }],
  [5, { min: 0, max: 3 }, { min: 2, max: 3 }],
  [5, { min: 4, max: 9 }, { min: 4, max: 7 }],
  [1, { min: 5, max: 9 }, undefined],
  [0, { min: 0, max: 9 }, undefined],
])('patience of %d, of what is seen', (patience, seen, band) => expect(patienceOf(run(patience), seen)).toEqual(band));
