import { expect, it } from 'vitest';
import { weightsKey } from './weights-key.js';

it('is the same for a layer, and another for another layer of the same name', () => {
  const [a, b] = [{ name: 'hidden' }, { name: 'hidden' }];
  expect([weightsKey(a), weightsKey(b), weightsKey(a)]).toEqual(['hidden', 'hidden#2', 'hidden']);
});
