/** Exact counts of connections for the tiles in a window: nothing outside of it is looked at but the ends of its rows. */
import type { MaskData } from '../../mask-data.js';
import { lowerBound } from '../lower-bound.js';
import { stronger, type TileCounts, type TileWindow } from '../tile-counts.js';

/** @param values live weights in CSR order, or undefined for a mask */
export function countWindow(mask: MaskData, window: TileWindow, values?: Float32Array): TileWindow & TileCounts {
  const { down, across, top, left, rows, columns } = window;
  const { indptr, indices } = mask;
  const counts = new Uint32Array(rows * columns);
  const extremes = values && new Float32Array(rows * columns);
  const firstColumn = left * across;
  const endColumn = Math.min(mask.outputs, (left + columns) * across);
  const isWhole = firstColumn === 0 && endColumn === mask.outputs;
  const endRow = Math.min(mask.inputs, (top + rows) * down);
  for (let i = top * down; i < endRow; i++) {
    const tiles = (Math.floor(i / down) - top) * columns - left;
    let at = indptr[i] ?? 0;
    let end = indptr[i + 1] ?? 0;
    if (!isWhole) {
      at = lowerBound(indices, firstColumn, at, end);
      end = lowerBound(indices, endColumn, at, end);
    }
    for (; at < end; at++) {
      const tile = tiles + Math.floor((indices[at] ?? 0) / across);
      counts[tile] = (counts[tile] ?? 0) + 1;
      if (extremes && values) extremes[tile] = stronger(extremes[tile] ?? 0, values[at] ?? 0);
    }
  }
  return { ...window, counts, ...(extremes && { extremes }) };
}

/** All tiles of a matrix. */
export const wholeGrid = ({ inputs, outputs }: { readonly inputs: number; readonly outputs: number }, down: number, across: number): TileWindow => ({
  down,
  across,
  top: 0,
  left: 0,
  rows: Math.ceil(inputs / down),
  columns: Math.ceil(outputs / across),
});
