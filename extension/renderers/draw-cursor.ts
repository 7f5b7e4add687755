import { hex } from '../../kernel/model/views/colour.js';
import type { Place } from '../../kernel/model/views/matrix-readout.js';
import type { MatrixScene } from '../../kernel/model/views/matrix-scene.js';
import type { Palette } from '../../kernel/model/views/palette.js';

/** A frame around the place and lines to the edges of its row and column, on a canvas above the matrix. */
export function drawCursor(context: CanvasRenderingContext2D, { x, y, width, height, fit }: MatrixScene, place: Place | undefined, palette: Palette, scale: number): void {
  context.clearRect(0, 0, width, height);
  if (!place) return;
  const { rows, columns } = fit;
  const left = x + place.column * columns.size;
  const top = y + place.row * rows.size;
  const line = Math.max(1, Math.round(scale));
  context.fillStyle = hex(palette.text);
  context.globalAlpha = 0.16;
  context.fillRect(x, top, columns.extent, rows.size);
  context.fillRect(left, y, columns.size, rows.extent);
  context.globalAlpha = 1;
  // Two frames, one light and one dark, are seen on every colour.
  context.lineWidth = line;
  context.strokeStyle = hex(palette.background);
  context.strokeRect(left - line * 1.5, top - line * 1.5, columns.size + 3 * line, rows.size + 3 * line);
  context.strokeStyle = hex(palette.text);
  context.strokeRect(left - line / 2, top - line / 2, columns.size + line, rows.size + line);
}
