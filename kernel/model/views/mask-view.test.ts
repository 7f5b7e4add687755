import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, fullMask, maskOf, maskWhere, plain, sparseMask } from '../../../test/support/masks.js';
import { MAX_VIEW_CHARS } from './media-types.js';
import { encodeMaskView, maskView, parseMaskView, type MaskView } from './mask-view.js';
import { isProblem } from './problem.js';

const json = (view: MaskView): Record<string, unknown> => JSON.parse(JSON.stringify(encodeMaskView(view))) as Record<string, unknown>;

function parsed(payload: unknown): MaskView {
  const view = parseMaskView(payload);
  if (isProblem(view)) throw new Error(view.problem);
  return view;
}

const sentence = (payload: unknown): string => {
  const view = parseMaskView(payload);
  return isProblem(view) ? view.problem : 'no problem';
};

describe('a mask payload', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMask(), (mask) => {
        const { cells, degrees, nnz } = parsed(json(maskView(mask)));
        expect(cells.kind === 'edges' && plain(cells.mask)).toEqual(plain(mask));
        expect({ degrees, nnz }).toEqual({ degrees: maskView(mask).degrees, nnz: mask.indices.length });
      }),
    );
  });

  it('keeps title and names', () => {
    const names = { inputs: ['a', 'b'], outputs: ['<b>x</b>', 'y', 'z'] };
    const view = parsed(json(maskView(maskOf('X.X', '.X.'), { title: 'T', names })));
    expect(view).toMatchObject({ title: 'T', names });
  });

  it.each([
    ['every cell: nothing', fullMask(100, 100), { full: true }],
    ['half of the cells: bits', maskWhere(40, 40, (i, j) => (i + j) % 2 === 0), { bits: expect.any(String) }],
    ['few: their gaps', sparseMask(300, 300, 2), { gaps: expect.any(String) }],
  ])('takes the smallest form for %s', (_, mask, form) => {
    const payload = json(maskView(mask));
    expect(payload.connections).toEqual(form);
    const { cells } = parsed(payload);
    expect(cells.kind === 'edges' && plain(cells.mask)).toEqual(plain(mask));
  });

  it('of 10,000 × 10,000 at 0.1 % holds every connection', () => {
    const mask = sparseMask(10_000, 10_000, 10);
    const text = JSON.stringify(encodeMaskView(maskView(mask)));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    const { cells } = parsed(JSON.parse(text));
    expect(cells.kind === 'edges' && cells.mask.indices).toEqual(mask.indices);
  });

  it('of tiles says where lone connections are, which degrees there are, and who knows more', () => {
    const lone = [8_765, 4_321] as const;
    const block = sparseMask(2_000, 10_000, 100);
    const indices = new Uint32Array(block.indices.length + 1);
    indices.set(block.indices);
    indices[block.indices.length] = lone[1];
    const large = { inputs: 10_000, outputs: 10_000, indptr: Uint32Array.from({ length: 10_001 }, (_, i) => (i <= 2_000 ? (block.indptr[i] ?? 0) : block.indices.length + (i > lone[0] ? 1 : 0))), indices };
    const { cells } = parsed(json(maskView(large)));
    if (cells.kind !== 'tiles') throw new Error('expected tiles');
    const { lone: found, inDegree, outDegree, source } = cells.detail!;
    const at = found!.rows.indexOf(lone[0]);
    expect(found!.columns[at]).toBe(lone[1]);
    expect([outDegree![0], outDegree![lone[0]], outDegree![5_000]]).toEqual([100, 1, 0]);
    expect(inDegree!.reduce((sum, degree) => sum + degree, 0)).toBe(200_001);
    expect(source).toMatch(/^10000x10000-/);
  });

  it.each([
    ['10,000 × 10,000 at 1 %', sparseMask(10_000, 10_000, 100)],
    ['one million × 2', sparseMask(1_000_000, 2, 1)],
    ['3,000 × 3,000, full', fullMask(3_000, 3_000)],
  ])('of %s fits, as exact counts', (_, mask) => {
    const text = JSON.stringify(encodeMaskView(maskView(mask)));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    expect(text.length).toBeGreaterThan(MAX_VIEW_CHARS / 4);
    const { cells, degrees } = parsed(JSON.parse(text));
    expect(cells.kind === 'tiles' && cells.tiles.counts.reduce((sum, count) => sum + count, 0)).toBe(mask.indices.length);
    expect(degrees).toEqual(maskView(mask).degrees);
  });

  it('leaves names out when they alone would break the limit', () => {
    const names = { inputs: Array.from({ length: 9_000 }, (_, i) => `the rather long name of input ${i}`) };
    const payload = json(maskView(sparseMask(9_000, 50, 1), { names }));
    expect(JSON.stringify(payload).length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    expect(payload.inputNames).toBeUndefined();
    expect(parsed(payload).cells.kind).toBe('edges');
  });
});

describe('a payload of anybody', () => {
  const good = json(maskView(maskOf('X.X', '.X.')));
  const sparse = json(maskView(sparseMask(60, 60, 1)));
  const connections = (part: object): object => ({ ...good, connections: part });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /is missing, expected an object/],
    ['null', null, /is null, expected an object/],
    ['a list', [1, 2], /is a list of 2/],
    ['text', '<script>alert(1)</script>', /expected an object/],
    ['a number', 7, /expected an object/],
    ['no version', { ...good, version: undefined }, /version is missing/],
    ['a version of tomorrow', { ...good, version: 2 }, /its version is 2, this Patchbay draws version 1/],
    ['a version as text', { ...good, version: '1' }, /its version is "1"/],
    ['NaN units', { ...good, inputs: NaN }, /"inputs" is NaN/],
    ['no units', { ...good, inputs: null }, /"inputs" is null/],
    ['negative units', { ...good, outputs: -3 }, /"outputs" is -3/],
    ['half a unit', { ...good, outputs: 2.5 }, /"outputs" is 2.5/],
    ['10⁹ rows', { ...good, inputs: 1e9 }, /"inputs" is 1000000000, expected a whole number from 0 to 100000000/],
    ['10⁸ rows, announced only', { ...good, inputs: 1e8 }, /does not hold/],
    ['10⁸ rows, full', { ...good, inputs: 1e8, outputs: 1, nnz: 1e8, connections: { full: true } }, /full matrix/],
    ['10⁸ rows and no columns', { ...good, inputs: 1e8, outputs: 0, nnz: 0, connections: { bits: '' } }, /without outputs/],
    ['10⁸ rows and no columns, full', { ...good, inputs: 1e8, outputs: 0, nnz: 0, connections: { full: true } }, /full matrix/],
    ['another number of connections', { ...good, nnz: 4 }, /announces 4 connections and holds 3/],
    ['too few bits', connections({ bits: '' }), /"bits" does not hold 2 × 3 cells/],
    ['bits that are no base64', connections({ bits: '****' }), /"bits"/],
    ['bits as a list', connections({ bits: [1] }), /"bits" is a list of 1/],
    ['no connections', { ...good, connections: undefined }, /"connections" is missing/],
    ['degrees only', connections({ degrees: 'AQI=' }), /"columns" is missing/],
    ['degrees that sum to more', connections({ degrees: 'CQk=', columns: 'AAAA' }), /degrees sum to more/],
    ['degrees that sum to less', connections({ degrees: 'AQE=', columns: 'AAEC' }), /announces 3 connections and holds 2/],
    ['columns out of range', connections({ degrees: 'AQI=', columns: 'AAEJ' }), /input 1 is connected to output 9/],
    ['columns twice', connections({ degrees: 'AQI=', columns: 'AAEB' }), /out of order or range/],
    ['tiles without cells', connections({ tiles: { down: 0, across: 1, counts: '' } }), /a tile has no cells/],
    ['too few tiles', connections({ tiles: { down: 1, across: 1, counts: 'AQ==' } }), /does not hold 2 × 3 tiles/],
    ['lone connections that are not alone', { ...connections({ tiles: { down: 3, across: 3, counts: 'Aw==' } }), detail: { lone: { count: 1, rows: 'AA==', columns: 'AA==', isComplete: true } } }, /is not alone in a tile/],
    ['degrees of another sum', { ...connections({ tiles: { down: 2, across: 3, counts: 'Aw==' } }), detail: { inDegree: 'AQEC' } }, /"inDegree" sums to 4/],
    ['gaps that lead out of the matrix', connections({ gaps: '////' }), /"gaps" does not hold/],
    ['tiles of another sum', connections({ tiles: { down: 2, across: 3, counts: 'BA==' } }), /tiles hold 4/],
    ['no degrees', { ...good, degrees: 3 }, /"degrees" is 3/],
    ['degrees without spread', { ...good, degrees: {} }, /"inDegree" is missing/],
    ['a title that is no text', { ...good, title: { html: '<b>' } }, /"title" is an object, expected text/],
    ['too few names', { ...good, inputNames: ['a'] }, /"inputNames" is a list of 1, expected 2 names/],
    ['names that are no text', { ...good, inputNames: ['a', 5] }, /holds 5, expected names/],
    ['fields of its prototype', Object.create(good), /version is missing/],
  ])('%s: one sentence', (_, payload, message) => {
    expect(sentence(payload)).toMatch(message);
    expect(sentence(payload)).toMatch(/^This connection mask cannot be drawn: .*\.$/);
  });

  it('is quoted shortly', () => {
    expect(sentence({ ...good, inputs: 'x'.repeat(100_000) }).length).toBeLessThan(250);
  });

  it('changed anywhere throws nothing', () => {
    const payloads = [good, sparse];
    fc.assert(
      fc.property(fc.constantFrom(...payloads), fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (payload, key, value) => {
        expect(() => parseMaskView({ ...payload, [key]: value })).not.toThrow();
        expect(() => parseMaskView({ ...payload, connections: { [key]: value, bits: value, degrees: value, columns: value } })).not.toThrow();
      }),
    );
  });

  it('clips a title and names of any length', () => {
    const view = parsed({ ...good, title: 't'.repeat(10_000), inputNames: ['n'.repeat(9_999), ''] });
    expect(view.title).toHaveLength(400);
    expect(view.names.inputs![0]).toHaveLength(80);
  });
});
