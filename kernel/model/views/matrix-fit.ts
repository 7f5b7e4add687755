/** How many pixels each cell of a matrix gets: whole pixels only, or whole numbers of cells per pixel. */
import type { MatrixView } from './matrix-view.js';

/** A matrix, and how many units its finest known tile holds: 1 × 1 when its edges are known. */
export interface Fittable {
  readonly inputs: number;
  readonly outputs: number;
  readonly down: number;
  readonly across: number;
}

export interface Scale {
  /** Units per tile; 1 when each cell is drawn for itself. */
  readonly per: number;
  /** Pixels per tile. */
  readonly size: number;
}

export interface AxisFit extends Scale {
  /** Units along this axis. */
  readonly units: number;
  readonly tiles: number;
  readonly extent: number;
}

/**
 * What is drawn depends on the pixels per cell: `tiles` counts connections, `flat` fills cells, `grid` adds lines, hatch and
 * dots, `values` prints weights.
 */
export type Detail = 'tiles' | 'flat' | 'grid' | 'values';

export interface MatrixFit {
  readonly rows: AxisFit;
  readonly columns: AxisFit;
  readonly detail: Detail;
}

export interface Box {
  /** Pixels at most. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel; the limits of the levels of detail are CSS pixels. */
  readonly scale: number;
  /** Pixels that a tile has at least; default 1. More keeps a picture file small. */
  readonly tile?: number;
}

/** CSS pixels of a cell at most. */
export const MAX_CELL = 40;
const MIN_EXTENT = 96;
/** An axis that needs no more than this gets a pixel for each cell, even where square cells would be smaller. */
const WHOLE_UP_TO = 256;
export const GRID_FROM = 7;
export const VALUES_FROM = 28;

export const fitMatrix = ({ inputs, outputs, cells }: MatrixView, box: Box): MatrixFit =>
  fitShape({ inputs, outputs, down: cells.kind === 'tiles' ? cells.tiles.down : 1, across: cells.kind === 'tiles' ? cells.tiles.across : 1 }, box);

export function fitShape({ inputs, outputs, down, across }: Fittable, { width, height, scale, tile = 1 }: Box): MatrixFit {
  const rowCount = Math.ceil(inputs / down);
  const columnCount = Math.ceil(outputs / across);
  const square = Math.min(width / Math.max(1, columnCount), height / Math.max(1, rowCount), MAX_CELL * scale);
  const rows = fitAxis(inputs, down, height, square, scale, tile);
  const columns = fitAxis(outputs, across, width, square, scale, tile);
  return { rows, columns, detail: detailOf(rows, columns, scale) };
}

/** Square cells, but no axis becomes a sliver while there is room for it. */
function fitAxis(units: number, per: number, room: number, square: number, scale: number, tile: number): AxisFit {
  const count = Math.ceil(units / per);
  if (count === 0) return { units, per, tiles: 0, size: 1, extent: 0 };
  const whole = Math.min(1, (WHOLE_UP_TO * scale) / count);
  const wanted = Math.max(square, whole, (MIN_EXTENT * scale) / count);
  const size = Math.min(wanted, MAX_CELL * scale, room / count);
  if (size >= 1) return axis(units, per, Math.floor(size));
  const merge = evenMerge(count, Math.ceil(count / Math.max(1, Math.floor((size * count) / tile))));
  return axis(units, per * merge, Math.max(1, Math.floor((size * count) / Math.ceil(count / merge))));
}

/** Of `least` and up to a quarter more, the number that leaves the last tile fullest: a nearly empty one would look like a gap. */
function evenMerge(count: number, least: number): number {
  let best = least;
  const unused = (merge: number): number => Math.ceil(count / merge) - count / merge;
  for (let merge = least; merge <= least * 1.25; merge++) if (unused(merge) < unused(best)) best = merge;
  return best;
}

function axis(units: number, per: number, size: number): AxisFit {
  const tiles = Math.ceil(units / per);
  return { units, per, tiles, size, extent: tiles * size };
}

/** @param scale device pixels per CSS pixel */
export function detailOf(rows: Scale, columns: Scale, scale: number): Detail {
  if (rows.per > 1 || columns.per > 1) return 'tiles';
  const cell = Math.min(rows.size, columns.size) / scale;
  return cell >= VALUES_FROM ? 'values' : cell >= GRID_FROM ? 'grid' : 'flat';
}
