/** What is drawn of a boundary: one description for the page and for the static picture. */
import { contrast, hex, mix, type Rgb } from '../colour.js';
import { formatNumber } from '../format.js';
import type { Raster } from '../matrix-pixels.js';
import { isHighContrast, weightColour, type Palette } from '../palette.js';
import { niceTicks } from '../ticks.js';
import { classOfCells, mapLimit, mapName, margins, type BoundaryView, type UnitMap } from './boundary-view.js';
import { contour } from './contour.js';
import { markPath, MARKS, type MarkShape } from './marks.js';

export interface PointMark {
  readonly path: string;
  readonly fill: string;
  readonly stroke: string;
  readonly shape: MarkShape;
}

export interface BoundaryScene {
  /** Pixels of the square that the map is drawn in. */
  readonly size: number;
  readonly raster: Raster;
  /** SVG path data of the boundary. */
  readonly line: string;
  readonly lineColour: string;
  readonly marks: readonly PointMark[];
  readonly xTicks: readonly { readonly at: number; readonly label: string }[];
  readonly yTicks: readonly { readonly at: number; readonly label: string }[];
  readonly legend: readonly BoundaryLegendItem[];
}

export type BoundaryLegendItem =
  | { readonly kind: 'ramp'; readonly colours: readonly string[]; readonly ticks: readonly string[]; readonly label: string }
  | { readonly kind: 'mark'; readonly shape: MarkShape; readonly fill: string; readonly label: string }
  | { readonly kind: 'line'; readonly label: string };

/** Share of the fill's colour over the background. */
const FILL = 0.6;

/** @param shown index of the map of one unit; undefined draws the net's own answer */
export function boundaryScene(view: BoundaryView, palette: Palette, size: number, shown?: number): BoundaryScene {
  const single = shown === undefined ? (view.outputs === 1 ? view.maps[0] : undefined) : view.maps[shown];
  const maps = single ? [single] : view.maps.slice(0, view.outputs);
  const side = maps[0]?.side ?? 0;
  const lines = single ? contour(single.values, side, single.threshold) : margins(maps).flatMap((margin) => contour(margin, side, 0));
  const place = (at: number): number => Math.round(((at + 0.5) / side) * size * 10) / 10;
  return {
    size,
    raster: single ? paintUnit(single, palette) : paintClasses(maps, palette),
    line: lines.map(([x1, y1, x2, y2]) => `M${place(x1)} ${place(y1)}L${place(x2)} ${place(y2)}`).join(''),
    lineColour: hex(palette.text),
    marks: pointMarks(view, palette, size),
    xTicks: niceTicks(view.x.min, view.x.max, 6).map((tick) => ({ at: ((tick - view.x.min) / (view.x.max - view.x.min)) * size, label: formatNumber(tick) })),
    yTicks: niceTicks(view.y.min, view.y.max, 6).map((tick) => ({ at: (1 - (tick - view.y.min) / (view.y.max - view.y.min)) * size, label: formatNumber(tick) })),
    legend: legend(view, palette, single),
  };
}

function paint(side: number, colourOf: (cell: number, row: number, column: number) => Rgb): Raster {
  const rgba = new Uint8ClampedArray(4 * side * side);
  for (let cell = 0; cell < side * side; cell++) rgba.set([...colourOf(cell, Math.floor(cell / side), cell % side), 255], 4 * cell);
  return { width: side, height: side, rgba };
}

/** Colours by distance from the threshold; in high contrast, the upper side is hatched and nothing else. */
function paintUnit(map: UnitMap, palette: Palette): Raster {
  const { side, values, threshold } = map;
  const limit = mapLimit(map);
  return paint(side, (cell, row, column) => {
    const value = values[cell] ?? NaN;
    if (!Number.isFinite(value)) return palette.background;
    if (isHighContrast(palette)) return value >= threshold && isInked(1, row, column, side) ? palette.hatch : palette.background;
    return mix(palette.background, weightColour(palette, value - threshold, limit), FILL);
  });
}

function paintClasses(maps: readonly UnitMap[], palette: Palette): Raster {
  const side = maps[0]?.side ?? 0;
  const classes = classOfCells(maps);
  return paint(side, (cell, row, column) => {
    const index = classes[cell] ?? -1;
    if (index < 0) return palette.background;
    if (isHighContrast(palette)) return isInked(index, row, column, side) ? palette.hatch : palette.background;
    return mix(palette.background, classColour(palette, index), 0.4);
  });
}

/** A pattern for each class: plain, slanted, lying, upright, dotted, slanted back. */
function isInked(index: number, row: number, column: number, side: number): boolean {
  const step = Math.max(4, Math.round(side / 14));
  switch (index % 6) {
    case 1: return (row + column) % step === 0;
    case 2: return row % step === 0;
    case 3: return column % step === 0;
    case 4: return row % step === 0 && column % step === 0;
    case 5: return (row - column + side * step) % step === 0;
    default: return false;
  }
}

const classColour = (palette: Palette, index: number): Rgb => palette.runs[index % palette.runs.length] ?? palette.text;

/** The classes of one output have the colours of its two sides; others have a hue each. */
function pointColour(view: BoundaryView, palette: Palette, index: number): Rgb {
  if (view.classNames.length !== 2 || view.outputs > 1) return classColour(palette, index);
  const side = weightColour(palette, index === 0 ? -0.8 : 0.8, 1);
  return contrast(side, palette.background) >= 3 ? side : weightColour(palette, index === 0 ? -1 : 1, 1);
}

/** In high contrast the first class is hollow. */
const markFill = (view: BoundaryView, palette: Palette, index: number): string =>
  hex(isHighContrast(palette) && index === 0 ? palette.background : pointColour(view, palette, index));

function pointMarks(view: BoundaryView, palette: Palette, size: number): PointMark[] {
  const { points, x, y } = view;
  const radius = points.x.length > 400 ? 2.6 : points.x.length > 120 ? 3.4 : 4.4;
  const marks: PointMark[] = [];
  points.x.forEach((value, at) => {
    const index = points.classes[at] ?? 0;
    const shape = shapeOf(index);
    const left = ((value - x.min) / (x.max - x.min)) * size;
    const top = (1 - ((points.y[at] ?? 0) - y.min) / (y.max - y.min)) * size;
    if (!(left >= 0 && left <= size && top >= 0 && top <= size)) return;
    marks.push({ path: markPath(shape, left, top, radius), shape, fill: markFill(view, palette, index), stroke: hex(isHighContrast(palette) ? palette.text : palette.background) });
  });
  return marks;
}

const shapeOf = (index: number): MarkShape => MARKS[index % MARKS.length] ?? 'circle';

function legend(view: BoundaryView, palette: Palette, single: UnitMap | undefined): BoundaryLegendItem[] {
  const classes = view.classNames.map((name, index): BoundaryLegendItem => ({ kind: 'mark', shape: shapeOf(index), fill: markFill(view, palette, index), label: name }));
  if (!single) return [...classes, { kind: 'line', label: 'boundary between classes' }];
  const limit = mapLimit(single);
  // A sigmoid's 3e−7 reads as 0.
  const ticks = [single.threshold - limit, single.threshold, single.threshold + limit].map((value) => formatNumber(Number((value / limit).toFixed(3)) * limit));
  const ramp: BoundaryLegendItem = { kind: 'ramp', colours: palette.diverging.map((colour) => hex(mix(palette.background, colour, FILL))), ticks, label: mapName(single) };
  const line: BoundaryLegendItem = { kind: 'line', label: isHighContrast(palette) ? `${mapName(single)} = ${formatNumber(single.threshold)}; hatched above` : `${mapName(single)} = ${formatNumber(single.threshold)}` };
  return [...(isHighContrast(palette) ? [] : [ramp]), line, ...classes];
}
