/** What a gesture will do, before it is done. */
import { hex } from '../../../kernel/model/views/colour.js';
import { startOfTile, tileOfUnit } from '../../../kernel/model/views/matrix/axis.js';
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import { around, type Gesture } from '../document/gesture.js';
import type { Area } from '../document/operations.js';
import type { Cell } from '../document/trace.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class PreviewPainter {
  /** Tiles of the stroke that are painted already. */
  #painted = 0;

  paint(context: CanvasRenderingContext2D, gesture: Gesture, camera: Camera, palette: Palette, origin: { readonly x: number; readonly y: number }): void {
    if (gesture.kind === 'stroke' && this.#painted > 0 && this.#painted <= gesture.tiles.length) return this.#paintTiles(context, gesture.tiles, gesture.on, camera, palette, origin);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    this.#painted = 0;
    if (gesture.kind === 'stroke') this.#paintTiles(context, gesture.tiles, gesture.on, camera, palette, origin);
    else if (gesture.kind !== 'idle') paintArea(context, around(gesture.anchor, gesture.head), camera, palette, origin);
  }

  /** The cells have moved: all is painted anew. */
  forget(): void {
    this.#painted = 0;
  }

  #paintTiles(context: CanvasRenderingContext2D, tiles: readonly Cell[], on: boolean, { rows, columns, scale }: Camera, palette: Palette, origin: { readonly x: number; readonly y: number }): void {
    const line = rows.size > 6 * scale ? Math.max(1, Math.floor(scale)) : 0;
    for (const { row, column } of tiles.slice(this.#painted)) {
      const box = { x: origin.x + startOfTile(columns, column), y: origin.y + startOfTile(rows, row), width: columns.size, height: rows.size };
      context.fillStyle = hex(on ? palette.connected : palette.absent);
      context.fillRect(box.x + line, box.y + line, box.width - line, box.height - line);
      if (line > 0) paintMark(context, box, palette, on);
    }
    this.#painted = tiles.length;
  }
}

/** Not by colour alone: a cell that changes has a mark in it. */
function paintMark(context: CanvasRenderingContext2D, { x, y, width, height }: Box, palette: Palette, on: boolean): void {
  context.fillStyle = hex(on ? palette.absent : palette.connected);
  const side = Math.max(2, Math.round(Math.min(width, height) * 0.2));
  context.fillRect(Math.round(x + (width - side) / 2), Math.round(y + (height - side) / 2), side, side);
}

function paintArea(context: CanvasRenderingContext2D, { top, left, bottom, right }: Area, { rows, columns, scale }: Camera, palette: Palette, origin: { readonly x: number; readonly y: number }): void {
  const x = origin.x + startOfTile(columns, tileOfUnit(columns, left));
  const y = origin.y + startOfTile(rows, tileOfUnit(rows, top));
  const width = origin.x + startOfTile(columns, tileOfUnit(columns, right)) + columns.size - x;
  const height = origin.y + startOfTile(rows, tileOfUnit(rows, bottom)) + rows.size - y;
  context.fillStyle = hex(palette.text);
  context.globalAlpha = 0.18;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  const line = Math.max(1, Math.round(scale));
  // A light and a dark line, dashed, are seen on every colour.
  context.lineWidth = 2 * line;
  context.strokeStyle = hex(palette.background);
  context.strokeRect(x, y, width, height);
  context.setLineDash([4 * line, 4 * line]);
  context.strokeStyle = hex(palette.text);
  context.strokeRect(x, y, width, height);
  context.setLineDash([]);
}
