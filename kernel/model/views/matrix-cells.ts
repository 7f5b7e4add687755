/** What is at a place of a drawn matrix. */
import type { MaskData } from '../mask-data.js';
import { lowerBound } from './lower-bound.js';
import type { MatrixFit } from './matrix-fit.js';
import type { MatrixView } from './matrix-view.js';
import { countTiles, mergeTiles, type Tiles } from './tiles.js';

/** Position of connection (i, j) in CSR order, or −1 when there is none. */
export function positionOf(mask: MaskData, i: number, j: number): number {
  const end = mask.indptr[i + 1] ?? 0;
  const at = lowerBound(mask.indices, j, mask.indptr[i] ?? 0, end);
  return at < end && mask.indices[at] === j ? at : -1;
}

/** The tiles that are drawn at this fit: exact sums of what the view holds. */
export function tilesFor(view: MatrixView, { rows, columns }: MatrixFit): Tiles {
  const { cells } = view;
  if (cells.kind === 'edges') return countTiles(cells.mask, rows.per, columns.per, cells.values);
  return mergeTiles(cells.tiles, rows.per / cells.tiles.down, columns.per / cells.tiles.across);
}

export interface LiveCell {
  readonly row: number;
  readonly column: number;
  /** Undefined in a mask. */
  readonly weight: number | undefined;
}

/** Every connection of a view that holds edges. */
export function* liveCells({ cells }: MatrixView): Generator<LiveCell> {
  if (cells.kind !== 'edges') return;
  const { mask, values } = cells;
  for (let row = 0; row < mask.inputs; row++) {
    const end = mask.indptr[row + 1] ?? 0;
    for (let at = mask.indptr[row] ?? 0; at < end; at++) yield { row, column: mask.indices[at] ?? 0, weight: values?.[at] };
  }
}
