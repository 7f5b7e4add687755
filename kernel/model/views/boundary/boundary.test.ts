import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_VIEW_CHARS } from '../media-types.js';
import { paletteFor } from '../palette.js';
import { isProblem } from '../problem.js';
import { boundaryPicture } from '../svg/boundary-picture.js';
import { encodeBoundaryView, parseBoundaryView } from './boundary-payload.js';
import { classOfCells, margins, type BoundaryView, type UnitMap } from './boundary-view.js';
import { contour } from './contour.js';
import { MARKS, markPath } from './marks.js';
import { boundaryScene } from './scene.js';
import { boundarySentence, cellText } from './sentence.js';

const SIDE = 20;
const map = (layer: string, unit: number, value: (x: number, y: number) => number, side = SIDE, threshold = 0.5): UnitMap => ({
  layer,
  unit,
  side,
  threshold,
  values: Float32Array.from({ length: side * side }, (_, cell) => value((cell % side) / (side - 1), 1 - Math.floor(cell / side) / (side - 1))),
});

const view: BoundaryView = {
  view: 'boundary',
  version: 1,
  serves: 'view-1',
  x: { min: -1, max: 1 },
  y: { min: 0, max: 2 },
  axisNames: ['x', 'y'],
  maps: [map('out', 0, (x) => x), map('hidden', 0, (_, y) => y, SIDE, 0)],
  outputs: 1,
  unmapped: 0,
  classNames: ['0', '1'],
  points: { x: Float32Array.of(-0.5, 0.5), y: Float32Array.of(1, 1), classes: Uint32Array.of(0, 1), total: 2 },
  right: 2,
  connections: [{ layer: 'hidden', key: 'hidden', link: '2x2-0', row: 0, column: 1, weight: 0.5 }],
  moreConnections: 0,
};
const multi: BoundaryView = { ...view, maps: [map('out', 0, (x) => x), map('out', 1, (x) => 1 - x), map('out', 2, () => 0.1)], outputs: 3, classNames: ['a', 'b', 'c'] };
const json = (of: BoundaryView): Record<string, unknown> => JSON.parse(JSON.stringify(encodeBoundaryView(of))) as Record<string, unknown>;
const parsed = (of: BoundaryView): BoundaryView => {
  const back = parseBoundaryView(json(of));
  if (isProblem(back)) throw new Error(back.problem);
  return back;
};

describe('a contour', () => {
  it('of a plane is a straight line where the plane takes the value', () => {
    fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (a, b, level) => {
      const values = Float32Array.from({ length: SIDE * SIDE }, (_, cell) => a * (cell % SIDE) + b * Math.floor(cell / SIDE));
      for (const [x1, y1, x2, y2] of contour(values, SIDE, level)) {
        expect(a * x1 + b * y1).toBeCloseTo(level, 3);
        expect(a * x2 + b * y2).toBeCloseTo(level, 3);
      }
    }));
  });

  it('crosses every side of a square whose corners differ, and no other: inside of the grid lines go on', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 36, maxLength: 36 }), (list) => {
      const values = Float32Array.from(list);
      const level = 4.5;
      const ends = new Map<string, number>();
      for (const [x1, y1, x2, y2] of contour(values, 6, level)) for (const [x, y] of [[x1, y1], [x2, y2]] as const) ends.set(`${x.toFixed(5)},${y.toFixed(5)}`, (ends.get(`${x.toFixed(5)},${y.toFixed(5)}`) ?? 0) + 1);
      let expected = 0;
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 6; column++) {
          const here = values[row * 6 + column]! >= level;
          if (column < 5 && here !== values[row * 6 + column + 1]! >= level) expected += row === 0 || row === 5 ? 1 : 2;
          if (row < 5 && here !== values[(row + 1) * 6 + column]! >= level) expected += column === 0 || column === 5 ? 1 : 2;
        }
      }
      expect([...ends.values()].reduce((sum, count) => sum + count, 0)).toBe(expected);
    }));
  });

  it('is not where nothing changes sides, nor at NaN', () => {
    expect(contour(new Float32Array(9).fill(1), 3, 0.5)).toEqual([]);
    expect(contour(Float32Array.of(0, 1, 0, NaN, NaN, NaN, 0, 1, 0), 3, 0.5)).toEqual([]);
  });
});

describe('classes', () => {
  it('of one output are the sides of its threshold, of several the greatest', () => {
    expect(classOfCells([{ ...view.maps[0]!, values: Float32Array.of(0.4, 0.5, NaN) }])).toEqual(Int16Array.of(0, 1, -1));
    expect(classOfCells([[1, 0, 3], [0, 2, 3.5]].map((values, unit) => ({ ...view.maps[0]!, unit, values: Float32Array.from(values) })))).toEqual(Int16Array.of(0, 1, 1));
    expect([...margins(multi.maps)[0]!].map((margin) => margin > 0)).toEqual([...classOfCells(multi.maps)].map((index) => index === 0));
  });
});

describe('a boundary view', () => {
  it('goes through JSON and back, as exactly as is seen', () => {
    const back = parsed(view);
    expect({ ...back, maps: [] }).toEqual({ ...view, maps: [] });
    back.maps[0]!.values.forEach((value, cell) => expect(value).toBeCloseTo(view.maps[0]!.values[cell]!, 4));
    back.maps[1]!.values.forEach((value, cell) => expect(value).toBeCloseTo(view.maps[1]!.values[cell]!, 2));
    expect(parsed({ ...view, maps: [map('out', 0, () => NaN)] }).maps[0]!.values.every(Number.isNaN)).toBe(true);
  });

  it('keeps outputs, and as many hidden units as there is room for', () => {
    const many = { ...view, maps: [map('out', 0, (x) => x, 100), ...Array.from({ length: 63 }, (_, unit) => map('hidden', unit, (x, y) => x * y * unit, 100))] };
    const text = JSON.stringify(encodeBoundaryView(many));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    const back = parsed(many);
    expect([back.maps[0]!.side, back.maps[1]!.side]).toEqual([100, 50]);
    expect(back.maps.length + back.unmapped).toBe(64);
    expect(parsed({ ...view, outputs: 16, maps: Array.from({ length: 16 }, (_, unit) => map('out', unit, (x) => x * unit, 100)), classNames: Array.from({ length: 16 }, (_, at) => String(at)) }).outputs).toBe(16);
  });

  it.each<[string, object, RegExp]>([
    ['another version', { version: 0 }, /its version is 0/],
    ['no map of an output', { outputs: 0 }, /no map of an output/],
    ['an interval without extent', { x: { min: 1, max: 1 } }, /"x" goes from 1 to 1/],
    ['a point of no class', { classNames: [] }, /point 0 is of class 0, and there are 0/],
    ['a map of 10⁹ cells', { maps: [{ layer: 'a', unit: 0, side: 1e9, threshold: 0, min: 0, max: 1, steps: 255, levels: '' }] }, /"side" is 1000000000/],
    ['too few cells', { maps: [{ layer: 'a', unit: 0, side: 9, threshold: 0, min: 0, max: 1, steps: 255, levels: 'AAAA' }] }, /does not hold 9 × 9 numbers/],
    ['a connection that is none', { connections: [7] }, /"index" is missing/],
    ['a connection of no layer', { connections: [[3, 0, 0, 1]] }, /"index" is 3/],
  ])('with %s is a sentence', (_, change, message) => expect(parseBoundaryView({ ...json(view), ...change })).toEqual({ problem: expect.stringMatching(message) }));

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseBoundaryView(value)));
    fc.assert(fc.property(fc.constantFrom(...Object.keys(json(view))), fc.jsonValue(), (name, value) => void parseBoundaryView({ ...json(view), [name]: value })));
  });

  it('says what it is, and what a place answers', () => {
    expect(boundarySentence(view)).toBe('Decision boundary, x from −1 to 1, y from 0 to 2: out 0 is 0.5 or more on 50.0 % of the plane. 2 of 2 points are on the right side (100.0 %).');
    expect(boundarySentence({ ...multi, cut: { layer: 'hidden', key: 'hidden', row: 0, column: 1 } })).toMatch(/^Decision boundary without the connection hidden: 0 → 1, .*: a on 50\.0 %, b on 50\.0 %, c on 0\.0 %\./);
    expect(cellText(view, undefined, 19, 0)).toBe('(0.95, 1.95): out 0 = 1');
    expect(cellText(multi, undefined, 0, 19)).toBe('(−0.95, 0.05): b (0, 1, 0.1)');
    expect(cellText(view, 1, 0, 0)).toBe('(−0.95, 1.95): hidden 0 = 1');
  });
});

describe('the drawing of a boundary', () => {
  it('has the line where the net changes sides, and points by shape and colour', () => {
    const scene = boundaryScene(view, paletteFor('light'), 200);
    const xs = [...scene.line.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x));
    for (const x of xs) expect(x).toBeCloseTo(100, 0);
    expect(scene.marks.map(({ shape }) => shape)).toEqual(['circle', 'square']);
    expect(new Set(scene.marks.map(({ fill }) => fill)).size).toBe(2);
    expect(boundaryScene(view, paletteFor('light'), 200, 1).line).toBe('');
  });

  it('is hatched on one side in high contrast, and no ramp', () => {
    const { raster, legend } = boundaryScene(view, paletteFor('high-contrast-dark'), 200);
    const colours = new Set(Array.from({ length: raster.width * raster.height }, (_, cell) => raster.rgba.slice(4 * cell, 4 * cell + 3).join()));
    expect(colours.size).toBe(2);
    expect(legend.some(({ kind }) => kind === 'ramp')).toBe(false);
  });

  it('is a picture of whatever a view may hold', () => {
    const encode = (): string => 'data:image/png;base64,AAAA';
    for (const each of [view, multi, { ...view, title: '<script>', maps: [map('out', 0, () => NaN)] }, { ...view, points: { x: new Float32Array(0), y: new Float32Array(0), classes: new Uint32Array(0), total: 0 } }]) {
      expect(boundaryPicture(each, encode)).toMatch(/^<svg .*<\/svg>$/s);
      expect(boundaryPicture(each, encode)).not.toContain('<script');
    }
  });

  it('has a shape for each class', () => {
    expect(new Set(MARKS.map((shape) => markPath(shape, 5, 5, 3))).size).toBe(MARKS.length);
  });
});
