/** Where a key moves the cursor of a matrix. */
import { tileOfUnit, unitsOfTile, visibleTiles, type Axis } from './axis.js';
import type { Camera, Place } from './camera.js';
import type { CellSource, Direction } from './cell-source.js';

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/**
 * Arrows move by one (a tile, where tiles are drawn), with Ctrl to the next connected cell; Home and End to the ends of the row, with
 * Ctrl to the corners; Page Up and Page Down by a window. Undefined leaves the key to somebody else.
 */
export function moveCell({ key, ctrl }: Key, from: Place | undefined, camera: Camera, source: Pick<CellSource, 'next'>): Place | undefined {
  const { rows, columns } = camera;
  if (rows.units === 0 || columns.units === 0) return undefined;
  const direction = ARROWS[key];
  if (direction !== undefined) {
    // The first arrow only shows the cursor, in the corner that is in view.
    if (!from) return { row: unitsOfTile(rows, visibleTiles(rows).first).first, column: unitsOfTile(columns, visibleTiles(columns).first).first };
    return ctrl ? (source.next(from, direction) ?? from) : stepped(from, direction, camera);
  }
  const at = from ?? { row: 0, column: 0 };
  const lastColumn = columns.units - 1;
  switch (key) {
    case 'Home':
      return { row: ctrl ? 0 : at.row, column: 0 };
    case 'End':
      return { row: ctrl ? rows.units - 1 : at.row, column: lastColumn };
    case 'PageUp':
      return { ...at, row: moved(rows, at.row, -pageOf(rows)) };
    case 'PageDown':
      return { ...at, row: moved(rows, at.row, pageOf(rows)) };
    default:
      return undefined;
  }
}

function stepped(from: Place, direction: Direction, { rows, columns }: Camera): Place {
  const step = direction === 'down' || direction === 'right' ? 1 : -1;
  return direction === 'up' || direction === 'down' ? { ...from, row: moved(rows, from.row, step) } : { ...from, column: moved(columns, from.column, step) };
}

/** By tiles; past an end it stays at the last unit. */
function moved(axis: Axis, unit: number, tiles: number): number {
  if (axis.per === 1) return Math.min(axis.units - 1, Math.max(0, unit + tiles));
  const tile = Math.min(tileOfUnit(axis, axis.units - 1), Math.max(0, tileOfUnit(axis, unit) + tiles));
  return unitsOfTile(axis, tile).first;
}

const pageOf = (axis: Axis): number => {
  const { first, end } = visibleTiles(axis);
  return Math.max(1, end - first - 1);
};
