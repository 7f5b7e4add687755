import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { analyze } from './index.js';

const A = Mask.from('X.\n.X\nXX');
const B = Mask.from('XX.\n...');

describe('analyze of masks', () => {
  const result = analyze([A, B]);

  it('counts every layer, beside a dense one', () => {
    const { inDegree, outDegree, ...first } = result.layers[0]!;
    expect(first).toEqual({ name: 'mask 0', inputs: 3, outputs: 2, nnz: 4, density: 4 / 6, params: 4, denseParams: 6, flops: 8, denseFlops: 12 });
    expect([[...inDegree], [...outDegree]]).toEqual([[2, 2], [1, 1, 2]]);
    expect(result.total).toEqual({ nnz: 6, params: 6, denseParams: 12, flops: 12, denseFlops: 24 });
    expect([result.inputs, result.outputs]).toEqual([3, 3]);
  });

  it('case 28: finds what is dead', () => {
    // Hidden unit 1 leads nowhere, and with it input 1; nothing leads to output 2.
    expect([result.deadInputs, result.deadUnits, result.unreachableOutputs]).toEqual([[1], [{ layer: 0, unit: 1 }], [2]]);
    // A unit that no input reaches makes those dead that only it feeds.
    const empty = analyze([Mask.from('X.\nX.'), Mask.from('X.\n.X'), Mask.from('X.\n.X')]);
    expect([empty.deadInputs, empty.deadUnits, empty.unreachableOutputs]).toEqual([[], [{ layer: 0, unit: 1 }, { layer: 1, unit: 1 }], [1]]);
    const whole = analyze([A, A.transpose()]);
    expect([whole.deadInputs, whole.deadUnits, whole.unreachableOutputs]).toEqual([[], [], []]);
  });

  it('follows ways through the net', () => {
    expect(result.reachability.toDrawing()).toBe('XX.\n...\nXX.');
    expect([result.receptiveField(0, 1), result.receptiveField(1, 0), result.receptiveField('mask 1', 2)]).toEqual([[1, 2], [0, 2], []]);
    expect(analyze([A, A.transpose()]).paths(2, 2)).toBe(2);
    expect(analyze(A).layers).toHaveLength(1);
  });

  it('says so in a table, in HTML, and as JSON', () => {
    expect(String(result)).toBe([
      'layer   inputs  outputs  connections  density  params  dense params  FLOPs  dense FLOPs',
      'mask 0       3        2            4   66.7 %       4             6      8           12',
      'mask 1       2        3            2   33.3 %       2             6      4           12',
      'all          3        3            6   50.0 %       6            12     12           24',
      'Inputs that reach no output: 1',
      'Hidden units that no input reaches, or that reach no output: mask 0: 1',
      'Outputs that no input reaches: 2',
    ].join('\n'));
    expect(inspect(result)).toBe(String(result));
    expect(String(analyze(A)).split('\n')).toEqual([expect.stringMatching(/^layer /), expect.stringMatching(/^mask 0 /), 'Every input reaches an output, every output is reached, and no unit is dead.']);
    expect(String(analyze([masks.empty(40, 2)]))).toContain('Inputs that reach no output: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11… (40 in all)');
    const bundle = (result as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]!();
    expect(bundle['text/plain']).toBe(String(result));
    expect(bundle['text/html']).toMatch(/^<table><thead>.*<th style="text-align:left">mask 0<\/th>.*<\/table><div>Inputs that reach no output: 1<\/div>/);
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      inputs: 3, outputs: 3, layers: [{ name: 'mask 0', inDegree: [2, 2], outDegree: [1, 1, 2] }, { nnz: 2 }], deadInputs: [1], deadUnits: [{ layer: 0, unit: 1 }], unreachableOutputs: [2],
    });
  });

  it.each([
    [() => analyze([A, A]), 'analyze: mask 0 has 2 outputs, but mask 1 has 3 inputs; each mask follows the one before'],
    [() => analyze([]), 'analyze: the list of masks is empty'],
    [() => analyze([[1, 0], [0, 1]] as never), 'analyze: entry 0 of the list of masks is [1, 0], expected a Mask. Mask.from(…) makes one.'],
    [() => analyze('X' as never), 'analyze: net is "X", expected a tfjs model, a Mask, or an array of Masks'],
    [() => result.paths(3, 0), 'analysis.paths: i (input) is 3, expected a whole number from 0 to 2'],
    [() => result.receptiveField(2, 0), 'analysis.receptiveField: layer is 2, expected a whole number from 0 to 1'],
    [() => result.receptiveField('dense', 0), 'layer is "dense", expected one of 0 mask 0, 1 mask 1'],
    [() => result.receptiveField(0, 2), 'analysis.receptiveField: unit is 2, expected a whole number from 0 to 1'],
  ])('says what is wrong (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

const side = fc.integer({ min: 1, max: 6 });
const chains = fc.array(side, { minLength: 2, maxLength: 5 }).chain((sizes) =>
  fc.tuple(...sizes.slice(1).map((m, layer) => fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: m, maxLength: m }), { minLength: sizes[layer]!, maxLength: sizes[layer]! }))));
type Matrix = number[][];
const times = (a: Matrix, b: Matrix): Matrix => a.map((row) => b[0]!.map((_, k) => row.reduce((sum, x, j) => sum + x * b[j]![k]!, 0)));

it('cases 27 and 28: paths, reachability, receptive fields and what is dead are those of the matrix products', () => {
  fc.assert(fc.property(chains, (matrices) => {
    const result = analyze(matrices.map((rows) => Mask.from(rows)));
    const upTo = matrices.map((_, layer) => matrices.slice(1, layer + 1).reduce(times, matrices[0]!));
    const all = upTo.at(-1)!;
    expect(all.map((row, i) => row.map((_, k) => result.paths(i, k)))).toEqual(all);
    expect(result.reachability.toArray()).toEqual(all.map((row) => row.map((paths) => Number(paths > 0))));
    expect(result.deadInputs).toEqual(all.flatMap((row, i) => (row.some((paths) => paths > 0) ? [] : [i])));
    expect(result.unreachableOutputs).toEqual(all[0]!.flatMap((_, k) => (all.some((row) => row[k]! > 0) ? [] : [k])));
    const dead = upTo.slice(0, -1).flatMap((to, layer) => {
      const from = matrices.slice(layer + 2).reduce(times, matrices[layer + 1]!);
      return to[0]!.flatMap((_, unit) => (to.some((row) => row[unit]! > 0) && from[unit]!.some((paths) => paths > 0) ? [] : [{ layer, unit }]));
    });
    expect(result.deadUnits).toEqual(dead);
    upTo.forEach((to, layer) => to[0]!.forEach((_, unit) => expect(result.receptiveField(layer, unit)).toEqual(to.flatMap((row, i) => (row[unit]! > 0 ? [i] : [])))));
  }));
});

it('case 18: takes memory of the connections: 100,000 × 100,000 with fan-in 4, twice', () => {
  const wide = masks.fixedFanIn(100_000, 100_000, { fanIn: 4, seed: 1 });
  const result = analyze([wide, wide]);
  expect(result.total).toMatchObject({ nnz: 800_000, denseParams: 2e10 });
  expect(String(result)).toContain('\nmask 0  100,000  100,000      400,000  0.004 %  400,000');
  expect(result.receptiveField(1, 5).length).toBeLessThanOrEqual(16);
  // e^-4 of the inputs are drawn by no output.
  expect(Math.abs(result.deadInputs.length / 100_000 - Math.exp(-4))).toBeLessThan(0.01);
  expect(result.reachability.nnz).toBeGreaterThan(1_590_000);
});
