import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { MaskData } from '../mask-data.js';
import { csrFromDense } from './csr.js';
import { readMaskFile } from './read-mask-file.js';

const tools = { decodeText: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes), unzip: unzipSync };
const read = (file: string, content: string | Uint8Array) => readMaskFile(file, typeof content === 'string' ? new TextEncoder().encode(content) : content, tools);

const masks: fc.Arbitrary<MaskData> = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain(([n, m]) =>
  fc.array(fc.boolean(), { minLength: n * m, maxLength: n * m }).map((on) => csrFromDense(n, m, (i, j) => on[i * m + j] === true)),
);

const has = (mask: MaskData, i: number, j: number): boolean => mask.indices.subarray(mask.indptr[i], mask.indptr[i + 1]).includes(j);
const rowsOf = (mask: MaskData): number[][] => Array.from({ length: mask.inputs }, (_, i) => Array.from({ length: mask.outputs }, (_, j) => Number(has(mask, i, j))));
const edgesOf = (mask: MaskData): [number, number][] => rowsOf(mask).flatMap((row, i) => row.flatMap((on, j): [number, number][] => (on === 1 ? [[i, j]] : [])));

/** Writers as other programs have them; each gives what a reader must understand as the same mask. */
const coordinates = (mask: MaskData, order: readonly number[]): string => {
  const edges = edgesOf(mask);
  const lines = edges.map((_, k): [number, number] => edges[order[k] ?? k] ?? [0, 0]).map(([i, j]) => `${i + 1} ${j + 1}`);
  return ['%%MatrixMarket matrix coordinate pattern general', `${mask.inputs} ${mask.outputs} ${edges.length}`, ...lines].join('\n');
};
const array = (mask: MaskData): string => {
  const rows = rowsOf(mask);
  const columns = Array.from({ length: mask.outputs }, (_, j) => rows.map((row) => row[j]));
  return ['%%MatrixMarket matrix array integer general', `${mask.inputs} ${mask.outputs}`, ...columns.flat()].join('\n');
};
const table = (mask: MaskData, delimiter: string, names: boolean): string =>
  [...(names ? [Array.from({ length: mask.outputs }, (_, j) => `unit${j}`).join(delimiter)] : []), ...rowsOf(mask).map((row) => row.join(delimiter))].join('\n');
const npy = (mask: MaskData, fortran: boolean): Uint8Array => {
  const rows = rowsOf(mask);
  const values = fortran ? Array.from({ length: mask.outputs }, (_, j) => rows.map((row) => row[j] ?? 0)).flat() : rows.flat();
  const header = `{'descr': '|b1', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${mask.inputs}, ${mask.outputs}), }\n`;
  return Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0, ...new TextEncoder().encode(header), ...values]);
};

describe('a mask written by any of these comes back as it was', () => {
  const check = (file: string, write: (mask: MaskData, random: readonly number[]) => string | Uint8Array) =>
    fc.assert(
      fc.property(masks, fc.infiniteStream(fc.nat()), (mask, numbers) => {
        const edges = edgesOf(mask).length;
        const order = Array.from({ length: edges }, (_, k) => [numbers.next().value as number, k] as const).sort(([a], [b]) => a - b).map(([, k]) => k);
        expect(read(file, write(mask, order))).toEqual(mask);
      }),
      { numRuns: 200 },
    );

  it('Matrix Market, entries in any order', () => check('m.mtx', coordinates));
  it('Matrix Market, array', () => check('m.mtx', array));
  it.each([',', ';', '\t', ' '])('CSV with %j', (delimiter) => check('m.csv', (mask) => table(mask, delimiter, false)));
  it('CSV with names', () => check('m.csv', (mask) => table(mask, ',', true)));
  it.each([false, true])('npy, Fortran order %s', (fortran) => check('m.npy', (mask) => npy(mask, fortran)));
  it('JSON rows', () => check('m.json', (mask) => JSON.stringify(rowsOf(mask))));
  it('JSON edges in any order', () => check('m.json', (mask, order) => JSON.stringify({ shape: [mask.inputs, mask.outputs], edges: order.map((k) => edgesOf(mask)[k]) })));
  it('JSON as Mask.toJSON gives it', () => check('m.json', (mask) => JSON.stringify({ shape: [mask.inputs, mask.outputs], indptr: [...mask.indptr], indices: [...mask.indices] })));
  it('JSON CSC, as SciPy has it', () =>
    check('m.json', (mask) => {
      const byColumn = edgesOf(mask).sort(([a, b], [c, d]) => b - d || a - c);
      const indptr = Array.from({ length: mask.outputs + 1 }, (_, j) => byColumn.filter(([, column]) => column < j).length);
      return JSON.stringify({ shape: [mask.inputs, mask.outputs], format: 'csc', indptr, indices: byColumn.map(([i]) => i) });
    }));
});

it('a symmetric file is the mask and its mirror image', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }).chain((n) => fc.record({ n: fc.constant(n), on: fc.array(fc.boolean(), { minLength: n * n, maxLength: n * n }) })), ({ n, on }) => {
      const lower = Array.from({ length: n }, (_, i) => Array.from({ length: i + 1 }, (_, j) => [i, j] as const)).flat().filter(([i, j]) => on[i * n + j] === true);
      const text = ['%%MatrixMarket matrix coordinate pattern symmetric', `${n} ${n} ${lower.length}`, ...lower.map(([i, j]) => `${i + 1} ${j + 1}`)].join('\n');
      const mask = read('m.mtx', text);
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect([has(mask, i, j), has(mask, j, i)]).toEqual([on[i * n + j], on[i * n + j]]);
    }),
  );
});
