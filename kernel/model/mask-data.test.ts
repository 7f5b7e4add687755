import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byColumn, forEachEdge, inDegree, maskSentence, nnz, outDegree, type MaskData } from './mask-data.js';

const masks: fc.Arbitrary<{ rows: boolean[][]; mask: MaskData }> = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([n, m]) => fc.array(fc.array(fc.boolean(), { minLength: m, maxLength: m }), { minLength: n, maxLength: n }))
  .map((rows) => {
    const lists = rows.map((row) => row.flatMap((on, j) => (on ? [j] : [])));
    const indptr = Uint32Array.from([0, ...lists]).fill(0);
    lists.forEach((list, i) => (indptr[i + 1] = indptr[i]! + list.length));
    return { rows, mask: { inputs: rows.length, outputs: rows[0]!.length, indptr, indices: Uint32Array.from(lists.flat()) } };
  });

describe('MaskData', () => {
  it('by column: the same edges, and their places in CSR order', () => {
    fc.assert(fc.property(masks, ({ rows, mask }) => {
      const edges: [number, number][] = [];
      forEachEdge(mask, (i, j, k) => {
        expect(k).toBe(edges.length);
        edges.push([i, j]);
      });
      expect(edges).toEqual(rows.flatMap((row, i) => row.flatMap((on, j) => (on ? [[i, j]] : []))));
      const { indptr, indices, order } = byColumn(mask);
      for (let j = 0; j < mask.outputs; j++) {
        const inputs = [...indices.subarray(indptr[j], indptr[j + 1])];
        expect(inputs).toEqual(rows.flatMap((row, i) => (row[j] ? [i] : [])));
        expect([...order.subarray(indptr[j], indptr[j + 1])].map((k) => edges[k])).toEqual(inputs.map((i) => [i, j]));
      }
    }));
  });

  it('counts', () => {
    fc.assert(fc.property(masks, ({ rows, mask }) => {
      expect([...outDegree(mask)]).toEqual(rows.map((row) => row.filter(Boolean).length));
      expect([...inDegree(mask)]).toEqual(rows[0]!.map((_, j) => rows.filter((row) => row[j]).length));
      expect(nnz(mask)).toBe(rows.flat().filter(Boolean).length);
    }));
  });

  it('has a sentence', () => {
    const none = { inputs: 3, outputs: 2, indptr: new Uint32Array(4), indices: new Uint32Array(0) };
    expect(maskSentence(none)).toBe('3×2 mask: 0 of 6 connected (0.0 %)');
  });
});
