/**
 * Exact counts of connections per tile, for a matrix with more cells than pixels or than a payload can hold.
 *
 * Counting instead of sampling: on a 10,000 × 10,000 mask shrunk to 512 × 512, nearest sampling would keep one
 * connection in 380. A tile holds `down` inputs by `across` outputs (the last row and column of tiles may hold fewer).
 */
import type { MaskData } from '../mask-data.js';

export interface Tiles {
  /** Cells per tile: inputs, outputs. */
  readonly down: number;
  readonly across: number;
  /** Grid of tiles. */
  readonly rows: number;
  readonly columns: number;
  /** Connections per tile, row by row. */
  readonly counts: Uint32Array;
  /** The live weight of largest size in each tile, 0 where there is none; for kernels. A NaN wins over all. */
  readonly extremes?: Float32Array;
}

/** The size of a grid: no arrays yet. */
export const tileGrid = (inputs: number, outputs: number, down: number, across: number): { rows: number; columns: number } => ({
  rows: Math.ceil(inputs / down),
  columns: Math.ceil(outputs / across),
});

/** @param values live weights in CSR order, or undefined for a mask. */
export function countTiles(mask: MaskData, down: number, across: number, values?: Float32Array): Tiles {
  const { rows, columns } = tileGrid(mask.inputs, mask.outputs, down, across);
  const counts = new Uint32Array(rows * columns);
  const extremes = values && new Float32Array(rows * columns);
  for (let i = 0; i < mask.inputs; i++) {
    const row = Math.floor(i / down) * columns;
    const end = mask.indptr[i + 1] ?? 0;
    for (let at = mask.indptr[i] ?? 0; at < end; at++) {
      const tile = row + Math.floor((mask.indices[at] ?? 0) / across);
      counts[tile] = (counts[tile] ?? 0) + 1;
      if (extremes && values) extremes[tile] = stronger(extremes[tile] ?? 0, values[at] ?? 0);
    }
  }
  return { down, across, rows, columns, counts, ...(extremes && { extremes }) };
}

/** Joins `downBy` × `acrossBy` tiles into one, exactly. */
export function mergeTiles(tiles: Tiles, downBy: number, acrossBy: number): Tiles {
  if (downBy === 1 && acrossBy === 1) return tiles;
  const { rows, columns } = tileGrid(tiles.rows, tiles.columns, downBy, acrossBy);
  const counts = new Uint32Array(rows * columns);
  const extremes = tiles.extremes && new Float32Array(rows * columns);
  for (let row = 0; row < tiles.rows; row++) {
    for (let column = 0; column < tiles.columns; column++) {
      const from = row * tiles.columns + column;
      const to = Math.floor(row / downBy) * columns + Math.floor(column / acrossBy);
      counts[to] = (counts[to] ?? 0) + (tiles.counts[from] ?? 0);
      if (extremes && tiles.extremes) extremes[to] = stronger(extremes[to] ?? 0, tiles.extremes[from] ?? 0);
    }
  }
  return { down: tiles.down * downBy, across: tiles.across * acrossBy, rows, columns, counts, ...(extremes && { extremes }) };
}

/** Cells that a tile covers: fewer at the lower and right edge. */
export function cellsOfTile(tiles: Tiles, inputs: number, outputs: number, row: number, column: number): number {
  return Math.min(tiles.down, inputs - row * tiles.down) * Math.min(tiles.across, outputs - column * tiles.across);
}

export const stronger = (a: number, b: number): number => (Number.isNaN(a) || Math.abs(a) >= Math.abs(b) ? a : b);

/** The largest count: the upper end of the density ramp. */
export const highest = (counts: Uint32Array): number => counts.reduce((most, count) => Math.max(most, count), 0);
