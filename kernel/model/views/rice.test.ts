import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, fullMask, maskWhere, plain, sparseMask } from '../../../test/support/masks.js';
import type { MaskData } from '../mask-data.js';
import { decodeRice, encodeRice, riceLength } from './rice.js';

const shape = ({ inputs, outputs, indices }: MaskData) => ({ inputs, outputs, nnz: indices.length });

describe('connections as Rice-coded gaps', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(anyMask(14), (mask) => {
        const bytes = encodeRice(mask);
        expect(bytes).toHaveLength(riceLength(mask));
        expect(plain(decodeRice(bytes, shape(mask))!)).toEqual(plain(mask));
      }),
    );
  });

  it.each<[string, MaskData]>([
    ['one far from the corner', maskWhere(3000, 3000, (i, j) => i === 2999 && j === 2998)],
    ['a block and one far away', maskWhere(2000, 500, (i, j) => (i < 40 && j < 40) || (i === 1999 && j === 499))],
    ['all', fullMask(30, 50)],
    ['none', sparseMask(4, 4, 0)],
  ])('%s', (_, mask) => expect(plain(decodeRice(encodeRice(mask), shape(mask))!)).toEqual(plain(mask)));

  it('of one in a thousand cells take about 11.5 bits', () => {
    const mask = sparseMask(5000, 5000, 5);
    expect((8 * riceLength(mask)) / mask.indices.length).toBeLessThan(13);
  });

  it('that end early, or lie outside, are none', () => {
    const mask = sparseMask(50, 50, 3);
    const bytes = encodeRice(mask);
    expect(decodeRice(bytes.slice(0, 20), shape(mask))).toBeUndefined();
    expect(decodeRice(new Uint8Array(0), { inputs: 1e8, outputs: 1e8, nnz: 1e8 })).toBeUndefined();
    expect(decodeRice(bytes.fill(255), shape(mask))).toBeUndefined();
  });
});
