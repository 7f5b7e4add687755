/** The degrees along an axis as bars, aligned with the tiles of the matrix. */
import { unitsOfTile, visibleTiles, type Axis } from './axis.js';
import type { CountedWindow } from './cell-source.js';

export interface Bar {
  readonly tile: number;
  /** Mean number of connections of the tile's units. */
  readonly mean: number;
  /** Some unit of the tile has no connection. */
  readonly hasZero: boolean;
}

/** @param order the unit at each place; undefined for the natural one */
export function degreeBars(axis: Axis, degrees: Uint32Array, order: Uint32Array | undefined): Bar[] {
  const { first, end } = visibleTiles(axis);
  return Array.from({ length: Math.max(0, end - first) }, (_, k) => {
    const units = unitsOfTile(axis, first + k);
    let sum = 0;
    let hasZero = false;
    for (let place = units.first; place < units.end; place++) {
      const degree = degrees[order?.[place] ?? place] ?? 0;
      sum += degree;
      hasZero ||= degree === 0;
    }
    return { tile: first + k, mean: sum / Math.max(1, units.end - units.first), hasZero };
  });
}

/** From the counts of what is in view, where a payload has no degrees: bars of this part of the matrix. */
export function barsOfWindow(axis: Axis, { rows, columns, counts, top, left }: CountedWindow, side: 'in' | 'out'): Bar[] {
  const sums = new Float64Array(side === 'in' ? columns : rows);
  counts.forEach((count, tile) => {
    const at = side === 'in' ? tile % columns : Math.floor(tile / columns);
    sums[at] = (sums[at] ?? 0) + count;
  });
  const first = side === 'in' ? left : top;
  return Array.from(sums, (sum, k) => {
    const units = unitsOfTile(axis, first + k);
    return { tile: first + k, mean: sum / Math.max(1, units.end - units.first), hasZero: false };
  });
}
