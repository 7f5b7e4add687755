import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber, formatPercent, plural } from './format.js';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [-0.382, '−0.382'],
    [0.5, '0.5'],
    [1, '1'],
    [2.3149, '2.31'],
    [12.34, '12.3'],
    [100, '100'],
    [123.6, '124'],
    [99_999, '99999'],
    [123_456, '1.23e5'],
    [0.00012, '1.2e−4'],
    [-1.2e-7, '−1.2e−7'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('formatPercent', () => {
  it.each([
    [0, 10, '0.0 %'],
    [10, 10, '100.0 %'],
    [160, 640, '25.0 %'],
    [1, 3, '33.3 %'],
    [0, 0, '0 %'],
    [1, 100_000, '0.001 %'],
    [99_999, 100_000, '99.999 %'],
    [1, 4_000_000, '0.000025 %'],
  ])('%i of %i is %s', (part, whole, text) => expect(formatPercent(part, whole)).toBe(text));
});

it('counts have separators, nouns their number', () => {
  expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([plural(1, 'input'), plural(0, 'input'), plural(2000, 'output')]).toEqual(['1 input', '0 inputs', '2,000 outputs']);
});
