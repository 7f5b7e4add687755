import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, maskOf, maskWhere } from '../../../../test/support/masks.js';
import { positionOf } from '../matrix-cells.js';
import { orderOf, permuted, placesIn } from './ordering.js';
import { ORDERS, type OrderName } from './orders.js';

const NAMES = Object.keys(ORDERS) as OrderName[];
const sorted = (values: Uint32Array): number[] => [...values].sort((a, b) => a - b);

describe('orders of rows and columns', () => {
  it('hold every unit once, and move connections and weights along', () => {
    fc.assert(
      fc.property(anyMask(), fc.constantFrom(...NAMES), (mask, name) => {
        const order = orderOf(mask, name);
        expect(sorted(order.rows)).toEqual([...order.rows.keys()]);
        expect(sorted(order.columns)).toEqual([...order.columns.keys()]);
        const weights = Float32Array.from(mask.indices, (_, k) => k + 1);
        const moved = permuted(mask, weights, order);
        for (let i = 0; i < mask.inputs; i++) {
          for (let j = 0; j < mask.outputs; j++) {
            const from = positionOf(mask, order.rows[i]!, order.columns[j]!);
            const to = positionOf(moved.mask, i, j);
            expect(to < 0 ? 0 : moved.weights![to]).toBe(from < 0 ? 0 : weights[from]);
          }
        }
      }),
    );
  });

  it('by degree: the fullest first', () => {
    const { rows, columns } = orderOf(maskOf('X..', 'XXX', 'XX.'), 'degree');
    expect([[...rows], [...columns]]).toEqual([[1, 2, 0], [0, 1, 2]]);
  });

  it('by adjacency: units with the same connections come together, those without any last', () => {
    expect([...orderOf(maskOf('.X', '..', 'X.', '.X'), 'adjacency').rows]).toEqual([2, 0, 3, 1]);
  });

  it('as blocks: what is shuffled becomes a band of blocks again', () => {
    const shuffle = (unit: number): number => (unit * 7) % 12;
    const hidden = maskWhere(12, 12, (i, j) => Math.floor(shuffle(i) / 3) === Math.floor(shuffle(j) / 3));
    const { mask } = permuted(hidden, undefined, orderOf(hidden, 'blocks'));
    for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) expect(positionOf(mask, i, j) >= 0).toBe(Math.floor(i / 3) === Math.floor(j / 3));
  });

  it('know where each unit stands', () => expect([...placesIn(Uint32Array.of(2, 0, 1))]).toEqual([1, 2, 0]));
});
