import { shownPixels, tileAt, unitsOfTile } from '../../../kernel/model/views/matrix/axis.js';
import { placeAt, type Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Line } from './paint-cursor.js';

/** What a click pins: a cell; above the cells a column, beside them a row. Pixels of the window. */
export function linePicked(camera: Camera, x: number, y: number): Line | undefined {
  const place = placeAt(camera, x, y);
  if (place) return place;
  const { rows, columns } = camera;
  const column = y < 0 ? tileAt(columns, x) : undefined;
  if (column !== undefined) return { column: unitsOfTile(columns, column).first };
  const row = x < 0 || x >= shownPixels(columns) ? tileAt(rows, y) : undefined;
  return row === undefined ? undefined : { row: unitsOfTile(rows, row).first };
}
