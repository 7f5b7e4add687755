/** A Hinton diagram: what a ramp says by colour, said by size, for high contrast. */
import { hex } from '../../../kernel/model/views/colour.js';
import { squareSide } from '../../../kernel/model/views/matrix/square-side.js';
import type { CellsPicture } from './cells-picture.js';

/** Filled above 0, hollow below it; a weight of 0 and one that is no number have their marks alone. */
export function paintSquares(context: CanvasRenderingContext2D, { camera, counted, palette }: CellsPicture, limit: number, left: number, top: number): void {
  const { rows, columns, scale } = camera;
  const cell = Math.min(rows.size, columns.size) - 2 * scale;
  const line = Math.max(1, Math.round(1.5 * scale));
  counted.counts.forEach((count, tile) => {
    if (count === 0) return;
    const x = left + (tile % counted.columns) * columns.size;
    const y = top + Math.floor(tile / counted.columns) * rows.size;
    // Over the hatch: a live cell has a ground of its own.
    context.fillStyle = hex(palette.background);
    context.fillRect(x, y, columns.size, rows.size);
    const weight = counted.extremes?.[tile] ?? 0;
    const side = Math.max(2 * line, Math.round(squareSide(weight, limit) * cell));
    if (weight === 0 || !Number.isFinite(weight)) return;
    const from = { x: x + Math.round((columns.size - side) / 2), y: y + Math.round((rows.size - side) / 2) };
    context.fillStyle = hex(palette.text);
    context.fillRect(from.x, from.y, side, side);
    if (weight > 0) return;
    context.fillStyle = hex(palette.background);
    context.fillRect(from.x + line, from.y + line, side - 2 * line, side - 2 * line);
  });
}
