/** Between units, of which views speak to each other, and places, at which they are drawn in some order. */
import type { Line } from './paint-cursor.js';
import type { Order } from '../../../kernel/model/views/matrix/orders.js';
import { later } from './load-later.js';

export interface Places {
  unitsAt(line: Line): Line;
  placesOf(line: Line): Line;
}

export function placesFor(order: Order | undefined): Places {
  const placesIn = later()?.placesIn;
  if (!order || !placesIn) return { unitsAt: (line) => line, placesOf: (line) => line };
  const [rows, columns] = [placesIn(order.rows), placesIn(order.columns)];
  const map = (line: Line, down: Uint32Array, across: Uint32Array): Line => ({
    ...(line.row !== undefined && { row: down[line.row] ?? line.row }),
    ...(line.column !== undefined && { column: across[line.column] ?? line.column }),
  });
  return { unitsAt: (line) => map(line, order.rows, order.columns), placesOf: (line) => map(line, rows, columns) };
}
