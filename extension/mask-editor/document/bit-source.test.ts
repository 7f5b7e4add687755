import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWindow } from '../../../kernel/model/views/matrix/count-window.js';
import { MaskSource } from '../../../kernel/model/views/matrix/mask-source.js';
import { csrFromDense } from '../../../kernel/model/files/csr.js';
import { badgeParts } from './badge.js';
import { BitMatrix } from './bit-matrix.js';
import { BitSource } from './bit-source.js';
import { deltaOf } from './operations.js';

const windows = fc
  .record({ n: fc.integer({ min: 1, max: 20 }), m: fc.integer({ min: 1, max: 100 }), down: fc.integer({ min: 1, max: 7 }), across: fc.integer({ min: 1, max: 40 }) })
  .chain(({ n, m, down, across }) => {
    const [tilesDown, tilesAcross] = [Math.ceil(n / down), Math.ceil(m / across)];
    return fc.record({ top: fc.nat(tilesDown - 1), left: fc.nat(tilesAcross - 1), density: fc.double({ min: 0, max: 1, noNaN: true }), draws: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })) }).chain((rest) =>
      fc.record({ rows: fc.integer({ min: 1, max: tilesDown - rest.top }), columns: fc.integer({ min: 1, max: tilesAcross - rest.left }) }).map((size) => ({ n, m, down, across, ...rest, ...size })),
    );
  });

it('counts, moves and reads as the source of a mask in memory does, also after a stroke', () => {
  fc.assert(
    fc.property(windows, fc.nat(), fc.nat(), ({ n, m, density, draws, ...window }, a, b) => {
      const mask = csrFromDense(n, m, () => (draws.next().value as number) < density);
      const source = new BitSource(BitMatrix.ofMask(mask));
      expect(source.count(window).counts).toEqual(countWindow(mask, window).counts);
      const place = { row: a % n, column: b % m };
      const operation = { kind: 'paint', on: !(source.cell(place).kind === 'connected'), rows: Uint32Array.of(place.row), columns: Uint32Array.of(place.column) } as const;
      const matrix = BitMatrix.ofMask(mask);
      const delta = deltaOf(matrix, operation);
      if (delta === undefined) throw new Error('the cell changes');
      const before = source.count(window);
      source.update(delta);
      const after = csrFromDense(n, m, (i, j) => matrix.has(i, j) !== (i === place.row && j === place.column));
      const model = new MaskSource(after);
      expect(source.count(window)).not.toBe(before);
      expect(source.count(window).counts).toEqual(countWindow(after, window).counts);
      expect(source.most(window.down, window.across)).toBe(model.most(window.down, window.across));
      expect(source.nnz).toBe(model.nnz);
      expect([source.inDegree, source.outDegree]).toEqual([model.inDegree, model.outDegree]);
      expect(source.outputsOf(place.row)).toEqual([...model.outputsOf(place.row)]);
      for (const direction of ['up', 'down', 'left', 'right'] as const) expect(source.next(place, direction)).toEqual(model.next(place, direction));
      const area = { top: Math.min(place.row, a % 3), left: 0, bottom: place.row, right: place.column };
      let inside = 0;
      for (let i = area.top; i <= area.bottom; i++) for (const j of model.outputsOf(i)) if (j <= area.right) inside++;
      expect(source.countIn(area)).toBe(inside);
    }),
    { numRuns: 500 },
  );
});

it('says what a mask is in numbers', () => {
  const counts = (rows: number[], columns: number[]) => ({ connections: rows.reduce((a, b) => a + b, 0), rows: Uint32Array.from(rows), columns: Uint32Array.from(columns) });
  expect(badgeParts(counts([1, 0, 2], [3, 0]), 5)).toEqual(['3 of 6 connected', 'density 50 %', 'isolated: 1 input, 1 output', '−2 parameters since saved']);
  expect(badgeParts(counts([1000, 2000], new Array<number>(2000).fill(1)), undefined)).toEqual(['3,000 of 4,000 connected', 'density 75 %', 'no isolated units', 'in no file yet']);
});
