import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tfjsNames } from './layer-names.js';

it('keeps the names that TensorFlow.js takes, and changes the others', () => {
  expect(tfjsNames(['dense_1', 'a/b.c-d', '0'])).toEqual(['dense_1', 'a/b.c-d', '0']);
  expect(tfjsNames(['schräg quer', '_x', 'ä', ''])).toEqual(['schr_g_quer', 'layer_x', 'layer_', 'layer']);
});

it('never makes two layers of one name', () => {
  expect(tfjsNames(['a b', 'a_b', 'a-b', 'a+b'])).toEqual(['a_b_1', 'a_b', 'a-b', 'a_b_2']);
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 3, unit: fc.constantFrom('a', '_', ' ', 'ä', '1') })), (names) => {
      const found = tfjsNames(names);
      expect(new Set(found).size).toBe(names.length);
      for (const name of found) expect(name).toMatch(/^[A-Za-z0-9][-A-Za-z0-9._/]*$/);
    }),
  );
});
