/** What is at a place of a matrix, in words. */
import { formatCount, formatNumber, formatPercent } from './format.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import { positionOf, tilesFor } from './matrix-cells.js';
import type { AxisFit, MatrixFit } from './matrix-fit.js';
import { cellsOfTile, type Tiles } from './tiles.js';

/** A cell, or a tile, of the drawn grid. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The place under a pixel, counted from the corner of the matrix; undefined outside of it. */
export function placeAt({ rows, columns }: MatrixFit, x: number, y: number): Place | undefined {
  const row = Math.floor(y / rows.size);
  const column = Math.floor(x / columns.size);
  return row >= 0 && row < rows.tiles && column >= 0 && column < columns.tiles ? { row, column } : undefined;
}

export type Reader = (place: Place) => string;

/** Tiles are counted once, not at each move of the pointer. */
export function matrixReader(view: MaskView | KernelView, fit: MatrixFit): Reader {
  if (fit.detail === 'tiles') {
    let tiles: Tiles | undefined;
    return (place) => tileText(view, fit, (tiles ??= tilesFor(view, fit)), place);
  }
  return (place) => cellText(view, place);
}

/** `in 17 (x₂) → out 4 · w = −0.382`, or `… · not connected`. */
function cellText(view: MaskView | KernelView, { row, column }: Place): string {
  const { cells, names } = view;
  const where = `in ${unit(row, names.inputs)} → out ${unit(column, names.outputs)}`;
  if (cells.kind !== 'edges') return where;
  const at = positionOf(cells.mask, row, column);
  if (at < 0) return `${where} · not connected`;
  return view.view === 'kernel' ? `${where} · w = ${formatNumber(cells.values?.[at] ?? 0)}` : `${where} · connected`;
}

const unit = (index: number, names: readonly string[] | undefined): string => (names?.[index] ? `${index} (${names[index]})` : String(index));

/** `inputs 40–59 × outputs 0–19: 37 of 400 connected (9.3 %)` */
function tileText(view: MaskView | KernelView, { rows, columns }: MatrixFit, tiles: Tiles, { row, column }: Place): string {
  const at = row * tiles.columns + column;
  const count = tiles.counts[at] ?? 0;
  const cells = cellsOfTile(tiles, view.inputs, view.outputs, row, column);
  const where = `inputs ${span(rows, row)} × outputs ${span(columns, column)}`;
  const strongest = view.view === 'kernel' && count > 0 ? `, strongest w = ${formatNumber(tiles.extremes?.[at] ?? 0)}` : '';
  return `${where}: ${formatCount(count)} of ${formatCount(cells)} connected (${formatPercent(count, cells)})${strongest}`;
}

function span({ per, units }: AxisFit, tile: number): string {
  const first = tile * per;
  const last = Math.min(units, first + per) - 1;
  return first === last ? String(first) : `${first}–${last}`;
}
