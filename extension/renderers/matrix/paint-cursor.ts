/** What moves with the pointer and the keys, on a canvas of its own: the crosshair, the cursor's cell, pinned lines and cells. */
import { hex } from '../../../kernel/model/views/colour.js';
import { shownPixels, startOfTile, tileOfUnit, type Axis } from '../../../kernel/model/views/matrix/axis.js';
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Palette } from '../../../kernel/model/views/palette.js';

/** A cell; a whole line when one of the two is missing. */
export interface Line {
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

export interface CursorPicture {
  readonly camera: Camera;
  readonly palette: Palette;
  /** The upper left corner of the window on the canvas. */
  readonly x: number;
  readonly y: number;
  /** Drawn dashed, with a crosshair. */
  readonly cursor?: Line | undefined;
  /** What another view points at. */
  readonly hover?: Line | undefined;
  /** Drawn solid. */
  readonly pins: readonly Line[];
}

export function paintCursor(context: CanvasRenderingContext2D, { camera, palette, x, y, cursor, hover, pins }: CursorPicture): void {
  const { rows, columns } = camera;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.save();
  context.beginPath();
  const margin = 2 * camera.scale;
  context.rect(x - margin, y - margin, shownPixels(columns) + 2 * margin, shownPixels(rows) + 2 * margin);
  context.clip();
  context.translate(x, y);
  for (const line of [cursor, hover]) if (line) paintBands(context, line, camera, palette);
  for (const pin of pins) paintFrame(context, pin, camera, palette, false);
  if (hover) paintFrame(context, hover, camera, palette, true);
  if (cursor) paintFrame(context, cursor, camera, palette, false);
  context.restore();
}

const along = (axis: Axis, unit: number | undefined): { start: number; length: number } =>
  unit === undefined ? { start: 0, length: shownPixels(axis) } : { start: startOfTile(axis, tileOfUnit(axis, unit)), length: axis.size };

/** Full-length crosshair, at least a CSS pixel wide. */
function paintBands(context: CanvasRenderingContext2D, { row, column }: Line, { rows, columns, scale }: Camera, palette: Palette): void {
  context.globalAlpha = 0.2;
  context.fillStyle = hex(palette.text);
  if (row !== undefined) {
    const { start, length } = along(rows, row);
    context.fillRect(0, start, shownPixels(columns), Math.max(scale, length));
  }
  if (column !== undefined) {
    const { start, length } = along(columns, column);
    context.fillRect(start, 0, Math.max(scale, length), shownPixels(rows));
  }
  context.globalAlpha = 1;
}

/** Two frames, one light and one dark, are seen on every colour. */
function paintFrame(context: CanvasRenderingContext2D, { row, column }: Line, { rows, columns, scale }: Camera, palette: Palette, isDashed: boolean): void {
  const line = Math.max(1, Math.round(scale));
  const down = along(rows, row);
  const across = along(columns, column);
  context.lineWidth = line;
  context.setLineDash(isDashed ? [3 * line, 3 * line] : []);
  for (const [colour, grow] of [[palette.background, 0.5], [palette.text, 1.5]] as const) {
    context.strokeStyle = hex(colour);
    const by = grow * line;
    context.strokeRect(across.start - by, down.start - by, across.length + 2 * by, down.length + 2 * by);
  }
  context.setLineDash([]);
}
