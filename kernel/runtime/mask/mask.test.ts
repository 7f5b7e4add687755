import { inspect } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MASK_MIME } from '../../model/views/media-types.js';
import { ready, tf } from '../tf/index.js';
import { Mask } from './mask.js';

beforeAll(() => ready);

const A = [[1, 0], [0, 1], [1, 1]];

describe('Mask.from', () => {
  const edges = [[0, 0], [1, 1], [2, 0], [2, 1]];
  const shape = [3, 2] as const;
  it.each([
    ['booleans', () => Mask.from(A.map((row) => row.map(Boolean)))],
    ['rows of typed arrays', () => Mask.from(A.map((row) => Uint8Array.from(row)))],
    ['a predicate', () => Mask.from((i, j) => i === 2 || i === j, { shape })],
    ['a typed array', () => Mask.from(Float32Array.from(A.flat()), { shape })],
    ['edges in any order', () => Mask.from({ shape, edges: [...edges].reverse() })],
    ['edges of an iterator', () => Mask.from({ shape, edges: Mask.from(A).edges() })],
    ['rows and cols', () => Mask.from({ shape, rows: edges.map(([i]) => i!), cols: Int32Array.from(edges.map(([, j]) => j!)) })],
    ['CSR, unsorted within a row', () => Mask.from({ shape, indptr: [0, 1, 2, 4], indices: [0, 1, 1, 0] })],
    ['CSC', () => Mask.from({ shape, indptr: [0, 2, 4], indices: [0, 2, 1, 2], format: 'csc' })],
    ['a drawing', () => Mask.from('X.\n.X\nXX')],
    ['an indented drawing in other characters', () => Mask.from(`
      1 0
      . #
      X X
    `)],
    ['lines', () => Mask.from(['X.', '.X', 'XX'])],
    ['a tensor', () => Mask.from(tf.tensor2d(A, [3, 2], 'int32'))],
    ['another mask', () => Mask.from(Mask.from(A))],
    ['JSON', () => Mask.fromJSON(JSON.stringify(Mask.from(A)))],
    ['merged duplicates', () => Mask.from({ shape, edges: [...edges, ...edges] }, { duplicates: 'merge' })],
  ] as const)('case 20: reads %s', (_name, make) => {
    expect(make().toArray()).toEqual(A);
  });

  it.each([
    [() => Mask.from([[1, 0], [0, 2]]), 'the entry in row 1, column 1 is 2, expected 0 or 1 (or false, true)'],
    [() => Mask.from([[1, NaN]]), 'the entry in row 0, column 1 is NaN'],
    [() => Mask.from([[1, 0], [1]]), 'row 1 has 1 entries, but row 0 has 2'],
    [() => Mask.from([1, 0] as never), 'row 0 is 1, expected an array of 0 and 1'],
    [() => Mask.from([]), 'expected at least one row'],
    [() => Mask.from([[], []]), 'the rows are empty'],
    [() => Mask.from('X.\n.?'), 'the character in line 1, column 1 of the drawing is "?"'],
    [() => Mask.from((i) => i === 0), 'shape is undefined, expected a pair [inputs, outputs]'],
    [() => Mask.from(() => 3, { shape: [1, 1] }), 'row 0, column 0 is 3'],
    [() => Mask.from(new Uint8Array(5), { shape: [3, 2] }), 'shape [3, 2] needs 6 entries, the array has 5'],
    [() => Mask.from({ shape: [3, 2], edges: [[0, 0], [3, 0]] }), 'the input of edge 1 is 3, expected a whole number from 0 to 2'],
    [() => Mask.from({ shape: [3, 2], edges: [[0, -1]] }), 'the output of edge 0 is -1'],
    [() => Mask.from({ shape: [3, 2], edges: [[0, 1], [1, 1], [0, 1]] }), "edge 2, [0, 1], is listed twice; {duplicates: 'merge'}"],
    [() => Mask.from({ shape: [3, 2], rows: [0], cols: [] }), 'rows has 1 entries, cols has 0'],
    [() => Mask.from({ shape: [3, 2], indptr: [0, 1], indices: [0] }), 'indptr has 2 entries, expected 4'],
    [() => Mask.from({ shape: [2, 2], indptr: [0, 2, 1], indices: [0] }), 'source.indptr[1] is 2'],
    [() => Mask.from({ shape: [2, 2], indptr: [0, 1, 1], indices: [5] }), 'source.indices[0] is 5, expected a whole number from 0 to 1'],
    [() => Mask.from({ shape: [0, 2], edges: [] }), 'source.shape[0] (inputs) is 0'],
    [() => Mask.from({ shape: [2, 2] } as never), '`edges`, `rows` and `cols`, or `indptr` and `indices`'],
    [() => Mask.from(tf.ones([2]) as never), 'expected a tensor of rank 2. Its shape is [2].'],
    [() => Mask.from(7 as never), 'source is 7, expected nested arrays'],
    [() => Mask.from([[1]], null as never), 'Mask.from: options is null, expected an object such as { shape: … }'],
    [() => Mask.from([[1]], { duplicate: 'merge' } as never), 'Mask.from: there is no option duplicate; there are shape, duplicates'],
    [() => Mask.from([[1, 0]], { shape: [2, 2] }), 'shape is [2, 2], but the source has shape [1, 2]'],
    [() => Mask.from(tf.ones([2, 2]), { shape: [4, 1] }), 'shape is [4, 1], but the source has shape [2, 2]'],
    [() => Mask.from(Mask.from(A), { shape: [2, 3] }), 'shape is [2, 3], but the source has shape [3, 2]'],
    [() => Mask.from([[1n]] as never), 'the entry in row 0, column 0 is 1n'],
    [() => Mask.fromJSON('{'), 'Mask.fromJSON: json is "{", expected what JSON.stringify(mask) gives'],
    [() => Mask.from(A).with(0, 1, 'no' as never), 'Mask.with: on is "no", expected true (connected) or false'],
    [() => Mask.from([[1]], { duplicates: 'ignore' as never }), `duplicates is "ignore", expected 'error' or 'merge'`],
  ])('cases 20 and 34: says what is wrong, and where (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it('case 23: copies what it is given', () => {
    const source = [[1, 0], [0, 1]];
    const mask = Mask.from(source);
    source[0]![1] = 1;
    expect(mask.nnz).toBe(2);
    mask.toCSR().indices.fill(0);
    expect(mask.toArray()).toEqual([[1, 0], [0, 1]]);
  });
});

describe('Mask', () => {
  const mask = Mask.from(A);

  it('tells its numbers, rows, columns and edges', () => {
    expect([mask.shape, mask.inputs, mask.outputs, mask.nnz, mask.density]).toEqual([[3, 2], 3, 2, 4, 4 / 6]);
    expect([mask.row(2), mask.column(0), mask.toEdges()]).toEqual([[0, 1], [0, 2], [[0, 0], [1, 1], [2, 0], [2, 1]]]);
    expect([[...mask.inDegree()], [...mask.outDegree()]]).toEqual([[2, 2], [1, 1, 2]]);
    expect([mask.has(0, 0), mask.has(0, 1)]).toEqual([true, false]);
    expect(() => mask.has(3, 0)).toThrow('i (input) is 3, expected a whole number from 0 to 2');
    expect(() => mask.column(2)).toThrow('Mask.column: j is 2');
  });

  it('shows itself as a sentence, and in a cell as a matrix', () => {
    expect(String(mask)).toBe('3×2 mask: 4 of 6 connected (66.7 %)');
    expect(inspect({ mask })).toBe('{ mask: 3×2 mask: 4 of 6 connected (66.7 %) }');
    const bundle = (mask as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')]!();
    expect(Object.keys(bundle).sort()).toEqual([MASK_MIME, 'text/plain'].sort());
  });

  it('exports what it imports', () => {
    expect([mask.toDrawing(), [...mask.toTensor().dataSync()]]).toEqual(['X.\n.X\nXX', [1, 0, 0, 1, 1, 1]]);
    for (const again of [mask.toCSR(), mask.toCSC(), mask.toJSON()]) expect(Mask.from(again).equals(mask)).toBe(true);
    expect(Mask.from(mask.toTensor()).equals(mask)).toBe(true);
  });

  it('case 1: refuses shapes that do not fit', () => {
    expect(() => mask.and(mask.transpose())).toThrow('this mask has shape [3, 2], the other [2, 3]; they must be equal');
    expect(() => mask.then(mask)).toThrow('its 3 inputs must be the 2 outputs of this one');
    expect(() => mask.or([[1]] as never)).toThrow('Mask.or: other is an array of 1, expected a Mask. Mask.from(…) makes one.');
  });

  it('case 18: holds a wide mask in memory of its connections', () => {
    const wide = Mask.from({ shape: [100_000, 100_000], rows: Uint32Array.from({ length: 400_000 }, (_, k) => k >> 2), cols: Uint32Array.from({ length: 400_000 }, (_, k) => (k * 7919) % 100_000) });
    expect(wide.nnz).toBe(400_000);
    expect(wide.transpose().transpose().equals(wide)).toBe(true);
    expect(() => wide.not()).toThrow(/the result would have 9999600000 connections/);
  });
});

/** A dense boolean matrix is the oracle of the algebra. */
const matrix = (n: number, m: number) => fc.array(fc.array(fc.boolean(), { minLength: m, maxLength: m }), { minLength: n, maxLength: n });
const sides = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));
const pair = sides.chain(([n, m]) => fc.tuple(matrix(n, m), matrix(n, m)));
const zip = (a: boolean[][], b: boolean[][], f: (x: boolean, y: boolean) => boolean) => a.map((row, i) => row.map((x, j) => Number(f(x, b[i]![j]!))));

describe('mask algebra, against dense matrices', () => {
  it.each([
    ['and', (x: boolean, y: boolean) => x && y],
    ['or', (x: boolean, y: boolean) => x || y],
    ['xor', (x: boolean, y: boolean) => x !== y],
    ['minus', (x: boolean, y: boolean) => x && !y],
  ] as const)('%s', (name, f) => {
    fc.assert(fc.property(pair, ([a, b]) => {
      expect(Mask.from(a)[name](Mask.from(b)).toArray()).toEqual(zip(a, b, f));
    }));
  });

  it('not, transpose, equals', () => {
    fc.assert(fc.property(pair, ([a, b]) => {
      const mask = Mask.from(a);
      expect(mask.not().toArray()).toEqual(zip(a, a, (x) => !x));
      expect(mask.transpose().toArray()).toEqual(a[0]!.map((_, j) => a.map((row) => Number(row[j]!))));
      expect(mask.equals(Mask.from(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(mask.not().not().equals(mask)).toBe(true);
    }));
  });

  it('is itself when it is awaited, and still has its product', async () => {
    const mask = Mask.from([[1, 0], [0, 1], [1, 1]]);
    const load = async () => mask;
    expect(await mask).toBe(mask);
    expect(await load()).toBe(mask);
    expect((await Promise.all([mask, load()]))[1]).toBe(mask);
    expect(mask.then(Mask.from([[1], [1]])).toArray()).toEqual([[1], [1], [1]]);
    expect(Object.keys(mask)).not.toContain('then');
  });

  it('then', () => {
    fc.assert(fc.property(sides.chain(([n, m, o]) => fc.tuple(matrix(n, m), matrix(m, o))), ([a, b]) => {
      const want = a.map((row) => b[0]!.map((_, k) => Number(row.some((on, j) => on && b[j]![k]!))));
      expect(Mask.from(a).then(Mask.from(b)).toArray()).toEqual(want);
    }));
  });

  it('with, has, row, column, degrees', () => {
    fc.assert(fc.property(sides.chain(([n, m]) => fc.tuple(matrix(n, m), fc.nat(n - 1), fc.nat(m - 1), fc.boolean())), ([a, i, j, on]) => {
      const before = Mask.from(a);
      const mask = before.with(i, j, on);
      const want = a.map((row, r) => row.map((x, c) => (r === i && c === j ? on : x)));
      expect(mask.toArray()).toEqual(want.map((row) => row.map(Number)));
      expect(before.toArray()).toEqual(a.map((row) => row.map(Number)));
      expect(mask.has(i, j)).toBe(on);
      want.forEach((row, r) => expect(mask.row(r)).toEqual(row.flatMap((x, c) => (x ? [c] : []))));
      want[0]!.forEach((_, c) => expect(mask.column(c)).toEqual(want.flatMap((row, r) => (row[c] ? [r] : []))));
      expect([...mask.inDegree()]).toEqual(want[0]!.map((_, c) => want.filter((row) => row[c]).length));
      expect(mask.nnz).toBe(want.flat().filter(Boolean).length);
    }));
  });
});
