import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMask, fullMask, maskOf, maskWhere } from '../../../test/support/masks.js';
import { summariseDegrees } from './degree-summary.js';

it('counts connections by output and by input, and names units without any', () => {
  expect(summariseDegrees(maskOf('XX.', '...', 'X..', 'X..'))).toEqual({
    inDegree: { min: 0, median: 1, max: 3 },
    outDegree: { min: 0, median: 1, max: 2 },
    unusedInputs: { count: 1, first: [1] },
    unconnectedOutputs: { count: 1, first: [2] },
  });
  expect(summariseDegrees(fullMask(3, 2)).unusedInputs).toEqual({ count: 0, first: [] });
});

it('names no more than eight', () => {
  expect(summariseDegrees(maskWhere(50, 2, () => false)).unusedInputs).toEqual({ count: 50, first: [0, 1, 2, 3, 4, 5, 6, 7] });
});

it('has spreads in order that agree with the mask', () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      const { inDegree, outDegree, unusedInputs } = summariseDegrees(mask);
      for (const { min, median, max } of [inDegree, outDegree]) expect(min <= median && median <= max).toBe(true);
      expect(unusedInputs.count > 0).toBe(outDegree.min === 0);
      expect(inDegree.max).toBeLessThanOrEqual(mask.inputs);
    }),
  );
});
