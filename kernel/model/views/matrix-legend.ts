/** The legend of a matrix: a ramp, "no connection", and "weight = 0", each with its count. */
import { hex } from './colour.js';
import { formatCount, formatNumber, plural } from './format.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import { tilesFor } from './matrix-cells.js';
import type { Detail, MatrixFit } from './matrix-fit.js';
import type { Palette } from './palette.js';
import { highest } from './tile-counts.js';

/** A swatch's pattern; a square and a hollow one are the two signs of a weight in high contrast. */
export type Mark = 'none' | 'hatch' | 'dot' | 'cross' | 'square' | 'hollow';

export type LegendItem =
  | { readonly kind: 'ramp'; readonly colours: readonly string[]; readonly ticks: readonly LegendTick[]; readonly label: string }
  | { readonly kind: 'swatch'; readonly fill: string; readonly mark: Mark; readonly label: string };

export interface LegendTick {
  /** Place on the ramp, 0 to 1. */
  readonly at: number;
  readonly label: string;
}

/** What the legend of a drawn matrix speaks of. */
export interface LegendSubject {
  readonly detail: Detail;
  /** Cells per tile. */
  readonly down: number;
  readonly across: number;
  /** The largest count of a tile. */
  readonly most: number;
  readonly connections: number;
  readonly missing: number;
  /** Undefined where connections are drawn and no weights. */
  readonly weights?: { readonly quantity: string; readonly limit: number; readonly zeros: number; readonly notFinite: number };
  /** Weights are squares in place of colours. */
  readonly squares?: boolean;
}

export const matrixLegend = (view: MaskView | KernelView, fit: MatrixFit, palette: Palette): readonly LegendItem[] =>
  legendOf(
    {
      detail: fit.detail,
      down: fit.rows.per,
      across: fit.columns.per,
      most: fit.detail === 'tiles' && view.view === 'mask' ? highest(tilesFor(view, fit).counts) : 1,
      connections: view.nnz,
      missing: view.inputs * view.outputs - view.nnz,
      ...(view.view === 'kernel' && { weights: { quantity: 'weight', limit: view.limit, zeros: view.statistics.zeros, notFinite: view.statistics.notFinite } }),
    },
    palette,
  );

export function legendOf(subject: LegendSubject, palette: Palette): readonly LegendItem[] {
  const { detail, missing, weights, squares } = subject;
  const isMarked = detail === 'grid' || detail === 'values';
  return [
    ...(weights ? (squares && isMarked ? squareItems(weights.limit, palette) : [weightRamp(weights, palette)]) : [connectedItem(subject, palette)]),
    ...(missing > 0 ? [swatch(hex(palette.absent), isMarked ? 'hatch' : 'none', `no connection (${formatCount(missing)})`)] : []),
    ...(weights ? weightItems(weights, isMarked, palette) : []),
  ];
}

const swatch = (fill: string, mark: Mark, label: string): LegendItem => ({ kind: 'swatch', fill, mark, label });

const squareItems = (limit: number, palette: Palette): LegendItem[] => [
  swatch(hex(palette.background), 'square', `above 0; area is size, full at ${formatNumber(limit)}`),
  swatch(hex(palette.background), 'hollow', 'below 0'),
];

function weightItems({ zeros, notFinite }: NonNullable<LegendSubject['weights']>, isMarked: boolean, palette: Palette): LegendItem[] {
  const middle = palette.diverging[Math.floor(palette.diverging.length / 2)] ?? palette.background;
  return [
    ...(zeros > 0 || isMarked ? [swatch(hex(middle), isMarked ? 'dot' : 'none', `weight = 0 (${formatCount(zeros)})`)] : []),
    ...(notFinite > 0 ? [swatch(hex(palette.notFinite), isMarked ? 'cross' : 'none', `NaN or infinite (${formatCount(notFinite)})`)] : []),
  ];
}

function weightRamp({ limit, quantity }: NonNullable<LegendSubject['weights']>, palette: Palette): LegendItem {
  const ticks = [-limit, 0, limit].map((value, at) => ({ at: at / 2, label: formatNumber(value) }));
  return { kind: 'ramp', colours: palette.diverging.map(hex), ticks, label: quantity };
}

function connectedItem({ detail, most, connections, down, across }: LegendSubject, palette: Palette): LegendItem {
  if (detail !== 'tiles') return swatch(hex(palette.connected), 'none', `connected (${formatCount(connections)})`);
  // Ticks at 1, 10, 100, …: the ramp is logarithmic. One too near to the end would run into the end's label.
  const powers = Array.from({ length: 10 }, (_, power) => 10 ** power).filter((count) => count === 1 || count < most / 2.5);
  const ticks = most <= 1 ? [{ at: 1, label: '1' }] : [...powers, most].map((count) => ({ at: Math.log(count) / Math.log(most), label: formatCount(count) }));
  const size = down === 1 && across === 1 ? 'cell' : `tile of ${down} × ${across}`;
  return { kind: 'ramp', colours: palette.density.map(hex), ticks, label: `connections per ${size}` };
}

/** What one pixel stands for, when it isn't a cell; else nothing. */
export function detailCaption(view: MaskView | KernelView, { detail, rows, columns }: MatrixFit): string | undefined {
  if (detail !== 'tiles') return undefined;
  const what = view.view === 'kernel' ? 'colour is the strongest live weight of a tile' : 'colour is the number of connections in a tile';
  return `One tile is ${plural(rows.per, 'input')} × ${plural(columns.per, 'output')}; ${what}.`;
}
