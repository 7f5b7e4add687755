import { expect, it } from 'vitest';
import { plainValue } from './plain-values.js';

it.each([
  [[[1, 0], [0, 1]], [[1, 0], [0, 1]]],
  [{ class_name: '__numpy__', config: { value: [[1, 0]], dtype: 'int64' } }, [[1, 0]]],
  [{ class_name: '__tensor__', config: { value: [1], dtype: 'float32' } }, [1]],
  [{ class_name: '__tuple__', items: [1, { class_name: '__tuple__', items: [2] }] }, [1, [2]]],
  [{ class_name: 'L2', config: { l2: 1 } }, { class_name: 'L2', config: { l2: 1 } }],
  [null, null],
])('%j is %j', (value, plain) => {
  expect(plainValue(value)).toEqual(plain);
});
