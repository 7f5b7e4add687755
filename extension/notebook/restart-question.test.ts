import { expect, it } from 'vitest';
import { restartQuestion } from './restart-question.js';

it('asks with the reason of the kernel, or with the price', () => {
  expect(restartQuestion('a.ipynb', undefined)).toBe('The cell of a.ipynb has not stopped. Restart the kernel? Its variables will be lost.');
  expect(restartQuestion('a.ipynb', 'The cell has not stopped: it is inside native code.')).toBe('a.ipynb: The cell has not stopped: it is inside native code.');
});
