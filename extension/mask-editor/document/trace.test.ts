import fc from 'fast-check';
import { expect, it } from 'vitest';
import { trace } from './trace.js';

const cells = fc.record({ row: fc.integer({ min: 0, max: 40 }), column: fc.integer({ min: 0, max: 40 }) });

it('leads from one cell to the other without a gap, by as few cells as there can be', () => {
  fc.assert(
    fc.property(cells, cells, (from, to) => {
      const path = trace(from, to);
      expect(path[0]).toEqual(from);
      expect(path.at(-1)).toEqual(to);
      expect(path).toHaveLength(Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column)) + 1);
      for (const [k, { row, column }] of path.slice(1).entries()) {
        const before = path[k];
        expect(Math.max(Math.abs(row - (before?.row ?? NaN)), Math.abs(column - (before?.column ?? NaN)))).toBe(1);
      }
    }),
  );
});
