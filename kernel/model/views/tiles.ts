/**
 * Exact counts of connections per tile, for a matrix with more cells than pixels or than a payload can hold.
 *
 * Counting instead of sampling: on a 10,000 × 10,000 mask shrunk to 512 × 512, nearest sampling would keep one
 * connection in 380. A tile holds `down` inputs by `across` outputs (the last row and column of tiles may hold fewer).
 */
import type { MaskData } from '../mask-data.js';
import { countWindow, wholeGrid } from './matrix/count-window.js';
import { stronger, type TileCounts, type TileWindow } from './tile-counts.js';

export interface Tiles extends TileCounts {
  /** Cells per tile: inputs, outputs. */
  readonly down: number;
  readonly across: number;
  /** Grid of tiles. */
  readonly rows: number;
  readonly columns: number;
}

/** The size of a grid: no arrays yet. */
export const tileGrid = (inputs: number, outputs: number, down: number, across: number): { rows: number; columns: number } => ({
  rows: Math.ceil(inputs / down),
  columns: Math.ceil(outputs / across),
});

/** @param values live weights in CSR order, or undefined for a mask. */
export function countTiles(mask: MaskData, down: number, across: number, values?: Float32Array): Tiles {
  return ofWindow(countWindow(mask, wholeGrid(mask, down, across), values));
}

const ofWindow = ({ down, across, rows, columns, counts, extremes }: TileWindow & TileCounts): Tiles => ({ down, across, rows, columns, counts, ...(extremes && { extremes }) });

/** Joins `downBy` × `acrossBy` tiles into one, exactly. */
export function mergeTiles(tiles: Tiles, downBy: number, acrossBy: number): Tiles {
  if (downBy === 1 && acrossBy === 1) return tiles;
  const grid = tileGrid(tiles.rows, tiles.columns, downBy, acrossBy);
  return ofWindow(mergeWindow(tiles, { down: tiles.down * downBy, across: tiles.across * acrossBy, top: 0, left: 0, ...grid }));
}

/** The same for a window. @param window tiles whose sides are multiples of those there are */
export function mergeWindow(tiles: Tiles, window: TileWindow): TileWindow & TileCounts {
  const { top, left, rows, columns } = window;
  const downBy = window.down / tiles.down;
  const acrossBy = window.across / tiles.across;
  const counts = new Uint32Array(rows * columns);
  const extremes = tiles.extremes && new Float32Array(rows * columns);
  for (let row = top * downBy; row < Math.min(tiles.rows, (top + rows) * downBy); row++) {
    for (let column = left * acrossBy; column < Math.min(tiles.columns, (left + columns) * acrossBy); column++) {
      const from = row * tiles.columns + column;
      const to = (Math.floor(row / downBy) - top) * columns + Math.floor(column / acrossBy) - left;
      counts[to] = (counts[to] ?? 0) + (tiles.counts[from] ?? 0);
      if (extremes) extremes[to] = stronger(extremes[to] ?? 0, tiles.extremes?.[from] ?? 0);
    }
  }
  return { ...window, counts, ...(extremes && { extremes }) };
}

/** Cells that a tile covers: fewer at the lower and right edge. */
export function cellsOfTile(tiles: Tiles, inputs: number, outputs: number, row: number, column: number): number {
  return Math.min(tiles.down, inputs - row * tiles.down) * Math.min(tiles.across, outputs - column * tiles.across);
}
