import { describe, expect, it } from 'vitest';
import { maskOf, sparseMask } from '../../../../test/support/masks.js';
import { kernelView } from '../kernel-view.js';
import { countTiles } from '../tiles.js';
import { fitCamera } from './camera.js';
import { barsOfWindow, degreeBars } from './degree-strip.js';
import { axisLabels, marginsFor } from './layout.js';
import { MaskSource } from './mask-source.js';
import { modesOf } from './modes.js';
import type { orderOf } from './ordering.js';
import { readout } from './readout.js';
import { degreeTables, edgeTable, matrixCsv } from './table-data.js';
import { countVisible } from './tile-raster.js';
import { TiledSource } from './tiled-source.js';

const WINDOW = { width: 640, height: 560, scale: 1 };
const ONE = { down: 1, across: 1 };
const A = maskOf('X.', '.X', 'XX');
const source = new MaskSource(A, Float32Array.of(0.5, 0, -0.382, NaN));
const camera = fitCamera(source, ONE, WINDOW);
const large = new MaskSource(sparseMask(1000, 1000, 7));

describe('the readout', () => {
  const at = { source, names: { inputs: ['x₀', 'x₁', 'x₂'] }, camera, quantity: 'w' };
  it.each([
    [2, 0, 'in 2 (x₂) → out 0 · w = −0.382'],
    [0, 1, 'in 0 (x₀) → out 1 · not connected'],
    [1, 1, 'in 1 (x₁) → out 1 · w = 0'],
    [2, 1, 'in 2 (x₂) → out 1 · w = NaN'],
  ])('of row %i, column %i', (row, column, text) => expect(readout(at, { row, column })).toBe(text));

  it('of a mask says whether; of a convolution which maps; of an order which units', () => {
    expect(readout({ ...at, quantity: undefined, names: {} }, { row: 0, column: 0 })).toBe('in 0 → out 0 · connected');
    expect(readout({ ...at, block: { rows: 3, columns: 1 } }, { row: 2, column: 1 })).toBe('map 0 → map 1, tap (2, 0) · w = NaN');
    const order = { rows: Uint32Array.of(2, 0, 1), columns: Uint32Array.of(1, 0) };
    expect(readout({ ...at, names: {}, order }, { row: 0, column: 1 })).toMatch(/^in 2 → out 0 · /);
  });

  it('of a tile counts', () => {
    const overview = fitCamera(large, ONE, WINDOW);
    expect(readout({ source: large, names: {}, camera: overview }, { row: 5, column: 5 })).toMatch(/^inputs 4–5 × outputs 4–5: \d of 4 connected \(\d+\.\d %\)$/);
  });
});

describe('degree strips', () => {
  it('have a bar for each tile, and know units without connections', () => {
    expect(degreeBars(camera.rows, Uint32Array.of(2, 0, 1), undefined)).toEqual([{ tile: 0, mean: 2, hasZero: false }, { tile: 1, mean: 0, hasZero: true }, { tile: 2, mean: 1, hasZero: false }]);
    expect(degreeBars(camera.rows, Uint32Array.of(2, 0, 1), Uint32Array.of(1, 2, 0)).map(({ mean }) => mean)).toEqual([0, 1, 2]);
  });

  it('of a window agree with those of all', () => {
    const counted = countVisible(large, fitCamera(large, ONE, WINDOW));
    const { rows, columns } = fitCamera(large, ONE, WINDOW);
    expect(barsOfWindow(rows, counted, 'out').map(({ mean }) => mean)).toEqual(degreeBars(rows, large.outDegree, undefined).map(({ mean }) => mean));
    expect(barsOfWindow(columns, counted, 'in').map(({ mean }) => mean)).toEqual(degreeBars(columns, large.inDegree, undefined).map(({ mean }) => mean));
  });
});

describe('labels', () => {
  const measure = (text: string, size: number): number => 0.6 * size * text.length;
  const labels = (names: { outputs?: string[] }, order?: ReturnType<typeof orderOf>) => {
    const subject = { inputs: 3, outputs: 2, names };
    return axisLabels(subject, camera, marginsFor(subject, 1, camera.columns.size, measure), order, '#000', measure);
  };
  it('name units in view, turned where they are long, in the order that is drawn', () => {
    expect(labels({}).map(({ text }) => text)).toEqual(['2 outputs →', '← 3 inputs', '0', '1', '2', '0', '1']);
    expect(labels({ outputs: ['a very long name indeed', 'b'] }).filter(({ turned }) => turned).map(({ text }) => text)).toEqual(['← 3 inputs', 'a very long name …', 'b']);
    expect(labels({}, { rows: Uint32Array.of(2, 1, 0), columns: Uint32Array.of(1, 0) }).slice(2).map(({ text }) => text)).toEqual(['2', '1', '0', '1', '0']);
  });
});

describe('tables', () => {
  it('list connections with weights, and degrees', () => {
    expect(edgeTable(source, { inputs: ['a', 'b', 'c'] }, 'w')).toEqual({ caption: 'Connections', head: ['input', 'output', 'w'], rows: [['0 (a)', '0', '0.5'], ['1 (b)', '1', '0'], ['2 (c)', '0', '−0.382'], ['2 (c)', '1', 'NaN']] });
    expect(degreeTables(source, {}).map(({ rows }) => rows)).toEqual([[['0', '1'], ['1', '1'], ['2', '2']], [['0', '2'], ['1', '2']]]);
  });

  it('end after 200 rows and say so', () => {
    expect(edgeTable(large, {}, undefined)).toMatchObject({ more: 'the first 200 of 7,000', rows: { length: 200 } });
    expect(degreeTables(large, {})[0]).toMatchObject({ more: 'the first 200 of 1,000' });
  });

  it('are CSV with every connection, or with counts where no more is known', () => {
    expect(matrixCsv(source, { outputs: ['say "x"', 'y,z'] }, 'w').split('\r\n').slice(0, 3)).toEqual(['input,output,input name,output name,w', '0,0,,"say ""x""",0.5', '1,1,,"y,z",0']);
    expect(matrixCsv(large, {}, undefined).split('\r\n')).toHaveLength(7_002);
    const tiles = new TiledSource(3, 2, countTiles(A, 2, 2));
    expect(matrixCsv(tiles, {}, undefined)).toBe('first input,last input,first output,last output,connections\r\n0,1,0,1,2\r\n2,2,0,1,2\r\n');
    expect(edgeTable(tiles, {}, undefined).more).toMatch(/only counts per tile/);
  });
});

describe('modes of a kernel', () => {
  const view = kernelView(A, Float32Array.of(1, 2, 3, 3), { layers: [{ name: 'gradient', quantity: '∂L/∂w', values: Float32Array.of(0, 0.3, 0, 0), everywhere: false }] });
  it('are weights, connections and what came along, each with a scale of its own', () => {
    expect(modesOf(view).map(({ name, limit }) => [name, limit])).toEqual([['weights', 4], ['connections', 1], ['gradient', 0.5]]);
  });

  it('follow the epoch that is looked at, and show the change since', () => {
    const modes = modesOf(view, { label: 'epoch 3', weights: Float32Array.of(1, 1, 1, 1), limit: 5 });
    expect(modes.map(({ title, limit }) => [title, limit])).toEqual([['weights, epoch 3', 8], ['connections (M)', 1], ['change since epoch 3', 2], ['gradient', 0.5]]);
    expect([...modes[2]!.values!]).toEqual([0, 1, 2, 2]);
  });
});
