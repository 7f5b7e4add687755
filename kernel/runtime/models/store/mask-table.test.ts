import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from '../../mask/mask.js';
import { random } from '../../masks/random.js';
import { putMasksBack, takeMasksOut } from './mask-table.js';
import { packMask, unpackMask } from './packed-mask.js';

const anyMask = fc
  .record({ inputs: fc.integer({ min: 1, max: 12 }), outputs: fc.integer({ min: 1, max: 300 }), density: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.nat() })
  .map(({ inputs, outputs, density, seed }) => random(inputs, outputs, { density, seed }));

describe('a packed mask', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { indptr, indices } = mask.toJSON();
        const packed = packMask({ indptr, indices });
        expect(packed?.connections).toBe(mask.nnz);
        expect(unpackMask(packed!)).toEqual({ indptr, indices });
      }),
    );
  });

  it('takes about what its entropy is: less than a byte a connection at 10 %, 1.2 at 1 %, and next to nothing when regular', () => {
    const size = (mask: Mask) => packMask(mask.toJSON())!.gaps.length / mask.nnz;
    expect(size(random(500, 500, { density: 0.1, seed: 1 }))).toBeLessThan(0.95);
    expect(size(random(1000, 1000, { density: 0.01, seed: 1 }))).toBeLessThan(1.7);
    expect(size(Mask.from((i: number, j: number) => Math.abs(i - j) < 5, { shape: [500, 500] }))).toBeLessThan(0.05);
  });

  it('is left alone when its rows are not in order, and refused when damaged', () => {
    expect(packMask({ indptr: [0, 2], indices: [3, 1] })).toBeUndefined();
    expect(packMask({ indptr: [0, 2, 1], indices: [1] })).toBeUndefined();
    expect(packMask({ indptr: [0, 2], indices: [1, 1] })).toBeUndefined();
    const packed = packMask({ indptr: [0, 2], indices: [1, 5] })!;
    expect(() => unpackMask({ ...packed, connections: 3 })).toThrow('a mask of 3 connections in 1 rows is damaged');
    expect(() => unpackMask({ ...packed, columns: 2 })).toThrow('is damaged');
  });
});

describe('the masks of a topology', () => {
  const A = { shape: [1, 6], indptr: [0, 2], indices: [1, 5] };
  const B = { shape: [2, 3], indptr: [0, 1, 1], indices: [2] };
  const topology = { layers: [{ config: { connections: A, units: 6 } }, { config: { connections: { ...A } } }, { config: { deep: { connections: B } } }], odd: { indptr: 'x' } };

  it('are stored once each, however often they are used', () => {
    const taken = takeMasksOut(topology);
    expect(taken.masks.map(({ connections }) => connections)).toEqual([2, 1]);
    expect(taken.topology).toMatchObject({ layers: [{ config: { connections: { shape: [1, 6], packedMask: 0 }, units: 6 } }, { config: { connections: { packedMask: 0 } } }, {}] });
    expect(JSON.stringify(taken.topology)).not.toContain('indices');
    expect(putMasksBack(taken.topology, taken.masks)).toEqual(topology);
  });

  it('must be there', () => {
    const taken = takeMasksOut(topology);
    expect(() => putMasksBack(taken.topology, taken.masks.slice(1))).toThrow('a layer refers to mask 1, which is not there (1 are)');
  });
});
