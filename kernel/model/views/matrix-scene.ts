/**
 * Everything that is drawn of a matrix, in pixels: one description for the canvas and for the static picture.
 *
 * Inputs are rows, counted downwards; outputs are columns.
 */
import { hex } from './colour.js';
import { formatNumber } from './format.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import { liveCells } from './matrix-cells.js';
import { fitMatrix, type AxisFit, type Box, type MatrixFit } from './matrix-fit.js';
import { cellColour, paintMatrix, type Raster } from './matrix-pixels.js';
import { inkOn, type Palette } from './palette.js';
import { clip } from './payload.js';
import { unitTicks } from './ticks.js';

export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Quarter turn against the clock, about (x, y). */
  readonly turned?: boolean;
  readonly size: number;
  readonly colour: string;
}

/** A dot says "this live weight is 0", a cross "it is NaN or infinite". */
export interface Mark {
  readonly kind: 'dot' | 'cross';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
}

export interface MatrixScene {
  readonly width: number;
  readonly height: number;
  readonly fit: MatrixFit;
  readonly x: number;
  readonly y: number;
  /** Drawn over `absent`, enlarged to the extents of the fit. */
  readonly raster: Raster;
  /** Hatch below the raster and lines above it. */
  readonly ruled: boolean;
  readonly labels: readonly Label[];
  readonly marks: readonly Mark[];
}

/** Width of a text in pixels at a font size of `size`. */
export type Measure = (text: string, size: number) => number;

const FONT = 11;
const GAP = 6;
const MAX_NAME = 18;

/** @param box room for the whole scene, labels included. */
export function matrixScene(view: MaskView | KernelView, palette: Palette, box: Box, measure: Measure): MatrixScene {
  const { scale, tile = 1 } = box;
  const font = FONT * scale;
  const gap = GAP * scale;
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, measure(text, font)), 0);
  // Names or indices are chosen with the cell size that the margins leave; indices are a safe first guess.
  const guess = fitMatrix(view, { width: box.width - 60 * scale, height: box.height - 50 * scale, scale, tile });
  const rowTicks = axisTicks(guess.rows, view.names.inputs, font * 1.25);
  const columnNames = view.names.outputs;
  const turned = columnNames !== undefined && widest(columnNames.map(shortName)) > guess.columns.size * 0.95;
  const columnGap = columnNames ? (turned ? font * 1.25 : 0) : measure(String(view.outputs), font) + 8 * scale;
  const columnTicks = axisTicks(guess.columns, columnNames, columnGap);
  const x = Math.ceil(font + 2 * gap + widest(rowTicks.map(({ text }) => text)));
  const y = Math.ceil(font + 2 * gap + (turned ? widest(columnTicks.map(({ text }) => text)) : font));
  const right = gap + (turned ? 0 : measure(String(view.outputs), font) / 2);
  const fit = fitMatrix(view, { width: box.width - x - right, height: box.height - y - 2 * scale, scale, tile });
  const place = (axis: AxisFit, unit: number): number => ((unit + axis.per / 2) / axis.per) * axis.size;
  const tick = { size: font, colour: hex(palette.muted) };
  const outputsTitle = view.outputs === 1 ? '1 output' : `${view.outputs} outputs →`;
  const inputsTitle = view.inputs === 1 ? '1 input' : `← ${view.inputs} inputs`;
  const extent = Math.max(fit.columns.extent, measure(outputsTitle, font));
  const labels: Label[] = [
    { text: outputsTitle, x, y: font, anchor: 'start', ...tick },
    { text: inputsTitle, x: font, y, anchor: 'end', turned: true, ...tick },
    ...rowTicks.map(({ unit, text }): Label => ({ text, x: x - gap, y: y + place(fit.rows, unit) + font * 0.36, anchor: 'end', ...tick })),
    ...columnTicks.map(({ unit, text }): Label => turned
      ? { text, x: x + place(fit.columns, unit) + font * 0.36, y: y - gap, anchor: 'start', turned: true, ...tick }
      : { text, x: x + place(fit.columns, unit), y: y - gap, anchor: 'middle', ...tick }),
    ...valueLabels(view, fit, palette, { x, y, scale }),
  ];
  return {
    width: Math.ceil(x + extent + right),
    height: Math.ceil(y + Math.max(fit.rows.extent, measure(inputsTitle, font)) + 2 * scale),
    fit,
    x,
    y,
    raster: paintMatrix(view, fit, palette),
    ruled: fit.detail === 'grid' || fit.detail === 'values',
    labels,
    marks: weightMarks(view, fit, palette, { x, y, scale }),
  };
}

interface Tick {
  readonly unit: number;
  readonly text: string;
}

function axisTicks(axis: AxisFit, names: readonly string[] | undefined, gap: number): Tick[] {
  const ticks = unitTicks(axis.units, axis.size / axis.per, gap);
  return ticks.map((unit) => ({ unit, text: names ? shortName(names[unit] ?? '') : String(unit) }));
}

const shortName = (name: string): string => clip(name, MAX_NAME);

interface Origin {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Weights in cells that are large enough; the text is as large as the longest of them allows. */
function valueLabels(view: MaskView | KernelView, { detail, rows, columns }: MatrixFit, palette: Palette, origin: Origin): Label[] {
  if (detail !== 'values' || view.view !== 'kernel') return [];
  const cells = [...liveCells(view)].filter(({ weight }) => weight !== 0 && Number.isFinite(weight));
  const texts = cells.map(({ weight }) => cellNumber(weight ?? 0));
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const size = Math.min(FONT * origin.scale, (columns.size - 4 * origin.scale) / (longest * 0.62));
  if (size < 7 * origin.scale) return [];
  return cells.map(({ row, column, weight }, at) => ({
    text: texts[at] ?? '',
    x: origin.x + (column + 0.5) * columns.size,
    y: origin.y + (row + 0.5) * rows.size + size * 0.36,
    anchor: 'middle',
    size,
    colour: hex(inkOn(cellColour(view, weight, palette))),
  }));
}

/** Two significant digits are what a cell has room for. */
const cellNumber = (weight: number): string => formatNumber(Number(weight.toPrecision(2)));

function weightMarks(view: MaskView | KernelView, fit: MatrixFit, palette: Palette, origin: Origin): Mark[] {
  if (view.view !== 'kernel' || (fit.detail !== 'grid' && fit.detail !== 'values')) return [];
  const radius = Math.max(1, Math.min(fit.rows.size, fit.columns.size) * 0.14);
  const marks: Mark[] = [];
  for (const { row, column, weight } of liveCells(view)) {
    if (weight !== 0 && Number.isFinite(weight)) continue;
    marks.push({
      kind: weight === 0 ? 'dot' : 'cross',
      x: origin.x + (column + 0.5) * fit.columns.size,
      y: origin.y + (row + 0.5) * fit.rows.size,
      radius,
      colour: hex(inkOn(cellColour(view, weight, palette))),
    });
  }
  return marks;
}
