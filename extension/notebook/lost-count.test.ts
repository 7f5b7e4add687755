import { describe, expect, it } from 'vitest';
import { lostCount } from './lost-count.js';

describe('lostCount', () => {
  it.each([
    ['an ended cell without its number', { execution_count: null }, { executionOrder: 3, success: true }, 3],
    ['a failed one', {}, { executionOrder: 3, success: false }, 3],
    ['one that has its number', { execution_count: 3 }, { executionOrder: 3, success: true }, undefined],
    ['one whose number is on its way', { execution_count: 2 }, { executionOrder: 3, success: true }, undefined],
    ['one that runs', { execution_count: null }, { executionOrder: 3, success: undefined }, undefined],
    ['one whose outputs the user cleared', { execution_count: null }, {}, undefined],
    ['one that never ran', { execution_count: null }, undefined, undefined],
  ])('%s', (_name, metadata, executionSummary, expected) => {
    expect(lostCount({ metadata, executionSummary })).toBe(expected);
  });
});
