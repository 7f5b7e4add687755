import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csrFromDense, csrFromEdges, MAX_SIDE, shapeProblem } from './csr.js';

const u32 = (values: number[]) => Uint32Array.from(values);

describe('csrFromEdges', () => {
  it('sorts edges in any order into rows with ascending columns', () => {
    const result = csrFromEdges(3, 4, u32([2, 0, 2, 0]), u32([1, 3, 0, 2]));
    expect(result).toEqual({ mask: { inputs: 3, outputs: 4, indptr: u32([0, 2, 2, 4]), indices: u32([2, 3, 0, 1]) } });
  });

  it('names the first edge, in reading order, that repeats an earlier one', () => {
    expect(csrFromEdges(2, 2, u32([1, 0, 1, 0]), u32([1, 0, 1, 0]))).toEqual({ duplicate: 2 });
  });

  it('agrees with the dense way for any set of connections', () => {
    const masks = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([n, m]) =>
      fc.record({ n: fc.constant(n), m: fc.constant(m), places: fc.shuffledSubarray(Array.from({ length: n * m }, (_, k) => k)) }),
    );
    fc.assert(
      fc.property(masks, ({ n, m, places }) => {
        const edges = csrFromEdges(n, m, u32(places.map((k) => Math.floor(k / m))), u32(places.map((k) => k % m)));
        const on = new Set(places);
        expect(edges).toEqual({ mask: csrFromDense(n, m, (i, j) => on.has(i * m + j)) });
      }),
    );
  });
});

describe('shapeProblem', () => {
  it.each([
    [1, 1, undefined],
    [MAX_SIDE, 1, undefined],
    [0, 3, /rows \(inputs\) is 0/],
    [3, 0, /columns \(outputs\) is 0/],
    [2.5, 3, /is 2\.5/],
    [3, NaN, /is NaN/],
    [MAX_SIDE + 1, 1, /more than/],
  ])('%d × %d', (inputs, outputs, expected) => {
    const problem = shapeProblem(inputs, outputs);
    if (expected === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatch(expected);
  });
});
