/** The legend of a matrix: a ramp, "no connection", and "weight = 0", each with its count. */
import { hex } from './colour.js';
import { formatCount, formatNumber, plural } from './format.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import { tilesFor } from './matrix-cells.js';
import type { MatrixFit } from './matrix-fit.js';
import { highest } from './matrix-pixels.js';
import type { Palette } from './palette.js';

export type LegendItem =
  | { readonly kind: 'ramp'; readonly colours: readonly string[]; readonly ticks: readonly LegendTick[]; readonly label: string }
  | { readonly kind: 'swatch'; readonly fill: string; readonly mark: 'none' | 'hatch' | 'dot' | 'cross'; readonly label: string };

export interface LegendTick {
  /** Place on the ramp, 0 to 1. */
  readonly at: number;
  readonly label: string;
}

export function matrixLegend(view: MaskView | KernelView, fit: MatrixFit, palette: Palette): readonly LegendItem[] {
  const missing = view.inputs * view.outputs - view.nnz;
  const items = view.view === 'kernel' ? [weightRamp(view, palette)] : [maskItem(view, fit, palette)];
  return [
    ...items,
    ...(missing > 0 ? [swatch(hex(palette.absent), hasMarks(fit) ? 'hatch' : 'none', `no connection (${formatCount(missing)})`)] : []),
    ...(view.view === 'kernel' ? weightItems(view, fit, palette) : []),
  ];
}

const hasMarks = ({ detail }: MatrixFit): boolean => detail === 'grid' || detail === 'values';

const swatch = (fill: string, mark: 'none' | 'hatch' | 'dot' | 'cross', label: string): LegendItem => ({ kind: 'swatch', fill, mark, label });

function weightItems({ statistics }: KernelView, fit: MatrixFit, palette: Palette): LegendItem[] {
  const { zeros, notFinite } = statistics;
  const marked = hasMarks(fit);
  const middle = palette.diverging[Math.floor(palette.diverging.length / 2)] ?? palette.background;
  return [
    ...(zeros > 0 || marked ? [swatch(hex(middle), marked ? 'dot' : 'none', `weight = 0 (${formatCount(zeros)})`)] : []),
    ...(notFinite > 0 ? [swatch(hex(palette.notFinite), marked ? 'cross' : 'none', `NaN or infinite (${formatCount(notFinite)})`)] : []),
  ];
}

function weightRamp({ limit }: KernelView, palette: Palette): LegendItem {
  const ticks = [-limit, 0, limit].map((value, at) => ({ at: at / 2, label: formatNumber(value) }));
  return { kind: 'ramp', colours: palette.diverging.map(hex), ticks, label: 'weight' };
}

function maskItem(view: MaskView, fit: MatrixFit, palette: Palette): LegendItem {
  if (fit.detail !== 'tiles') return swatch(hex(palette.connected), 'none', `connected (${formatCount(view.nnz)})`);
  const most = highest(tilesFor(view, fit).counts);
  // Ticks at 1, 10, 100, …: the ramp is logarithmic. One too near to the end would run into the end's label.
  const powers = Array.from({ length: 10 }, (_, power) => 10 ** power).filter((count) => count === 1 || count < most / 2.5);
  const ticks = most <= 1 ? [{ at: 1, label: '1' }] : [...powers, most].map((count) => ({ at: Math.log(count) / Math.log(most), label: formatCount(count) }));
  const size = fit.rows.per === 1 && fit.columns.per === 1 ? 'cell' : `tile of ${fit.rows.per} × ${fit.columns.per}`;
  return { kind: 'ramp', colours: palette.density.map(hex), ticks, label: `connections per ${size}` };
}

/** What one pixel stands for, when it isn't a cell; else nothing. */
export function detailCaption(view: MaskView | KernelView, { detail, rows, columns }: MatrixFit): string | undefined {
  if (detail !== 'tiles') return undefined;
  const what = view.view === 'kernel' ? 'colour is the strongest live weight of a tile' : 'colour is the number of connections in a tile';
  return `One tile is ${plural(rows.per, 'input')} × ${plural(columns.per, 'output')}; ${what}.`;
}
