/** What is drawn on single cells: weights as text, and marks on weights that no colour tells apart. Positions are cells. */
import type { Rgb } from '../colour.js';
import { formatNumber } from '../format.js';
import { inkOn } from '../palette.js';
import type { CountedWindow } from './cell-source.js';
import type { TileColour } from './tile-raster.js';

export interface CellMark {
  /** A dot says "this live weight is 0", a cross "it is NaN or infinite", a text its value. */
  readonly kind: 'dot' | 'cross' | 'text';
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly ink: Rgb;
}

/** @param withValues where cells are large enough for text */
export function cellMarks({ top, left, columns, counts, extremes }: CountedWindow, colourOf: TileColour, withValues: boolean): CellMark[] {
  const marks: CellMark[] = [];
  counts.forEach((count, tile) => {
    const weight = extremes?.[tile];
    if (count === 0 || weight === undefined) return;
    const kind = weight === 0 ? 'dot' : Number.isFinite(weight) ? 'text' : 'cross';
    if (kind === 'text' && !withValues) return;
    marks.push({ kind, row: top + Math.floor(tile / columns), column: left + (tile % columns), text: kind === 'text' ? cellNumber(weight) : '', ink: inkOn(colourOf(tile, count)) });
  });
  return marks;
}

/** Two significant digits are what a cell has room for. */
const cellNumber = (weight: number): string => formatNumber(Number(weight.toPrecision(2)));
