/** The window of a matrix on a canvas, in whole device pixels: ground, hatch, cells without smoothing, lines, marks. */
import { hex } from '../../../kernel/model/views/colour.js';
import { hatchStrokes, type Area } from '../../../kernel/model/views/hatch.js';
import { shownPixels, startOfTile, type Axis } from '../../../kernel/model/views/matrix/axis.js';
import { detailOf, type Camera } from '../../../kernel/model/views/matrix/camera.js';
import { cellMarks } from '../../../kernel/model/views/matrix/cell-marks.js';
import type { CountedWindow } from '../../../kernel/model/views/matrix/cell-source.js';
import { tileRaster } from '../../../kernel/model/views/matrix/tile-raster.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import type { CellsPicture } from './cells-picture.js';
import { paintMark } from './paint-mark.js';
import { paintSquares } from './paint-squares.js';
import { RasterCache } from './raster-cache.js';

const HATCH_GAP = 6;

export class CellsPainter {
  readonly #rasters = new RasterCache();

  paint(context: CanvasRenderingContext2D, picture: CellsPicture): void {
    const { camera, counted, colourOf, palette, x, y, squares } = picture;
    const { rows, columns } = camera;
    const area = { x, y, width: shownPixels(columns), height: shownPixels(rows) };
    const detail = detailOf(camera);
    const isRuled = detail === 'grid' || detail === 'values';
    const left = x + startOfTile(columns, counted.left);
    const top = y + startOfTile(rows, counted.top);
    context.save();
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    context.fillStyle = hex(palette.absent);
    context.fillRect(area.x, area.y, area.width, area.height);
    if (isRuled) paintHatch(context, { x: left, y: top, width: counted.columns * columns.size, height: counted.rows * rows.size }, palette, camera.scale);
    if (isRuled && squares) paintSquares(context, picture, squares.limit, left, top);
    else if (counted.rows > 0 && counted.columns > 0) {
      context.imageSmoothingEnabled = false;
      context.drawImage(this.#rasters.canvas(counted, colourOf, () => tileRaster(counted, colourOf)), left, top, counted.columns * columns.size, counted.rows * rows.size);
    }
    if (isRuled) {
      paintRuling(context, area, camera, counted, palette);
      for (const mark of cellMarks(counted, colourOf, detail === 'values' && !squares)) {
        paintMark(context, mark, { x: x + startOfTile(columns, mark.column), y: y + startOfTile(rows, mark.row), width: columns.size, height: rows.size }, camera.scale, picture.font);
      }
    }
    if (counted.changed) paintChanged(context, counted, counted.changed, camera, palette, left, top);
    context.restore();
    context.strokeStyle = hex(palette.border);
    context.lineWidth = 1;
    context.strokeRect(area.x - 0.5, area.y - 0.5, area.width + 1, area.height + 1);
  }
}

/** The hatch moves with the cells. */
function paintHatch(context: CanvasRenderingContext2D, area: Area, palette: Palette, scale: number): void {
  context.beginPath();
  for (const [x1, y1, x2, y2] of hatchStrokes(area, HATCH_GAP * scale)) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.strokeStyle = hex(palette.hatch);
  context.lineWidth = scale;
  context.stroke();
}

/** Lines of whole pixels, filled: a stroke between two pixels would be grey. */
function paintRuling(context: CanvasRenderingContext2D, area: Area, { rows, columns, scale }: Camera, { top, left, rows: down, columns: across }: CountedWindow, palette: Palette): void {
  const line = Math.max(1, Math.floor(scale));
  const inner = (axis: Axis, from: number, tiles: number): number[] => Array.from({ length: tiles }, (_, k) => startOfTile(axis, from + k)).filter((start) => start > 0);
  context.fillStyle = hex(palette.grid);
  for (const start of inner(rows, top, down)) context.fillRect(area.x, area.y + start, area.width, line);
  for (const start of inner(columns, left, across)) context.fillRect(area.x + start, area.y, line, area.height);
}

/** A corner of each tile in which an edit lies. */
function paintChanged(context: CanvasRenderingContext2D, { columns: across }: CountedWindow, changed: Uint8Array, { rows, columns, scale }: Camera, palette: Palette, left: number, top: number): void {
  const side = Math.max(1, Math.round(Math.min(rows.size, columns.size, 14 * scale) * 0.4));
  context.fillStyle = hex(palette.changed);
  changed.forEach((is, tile) => {
    if (is) context.fillRect(left + ((tile % across) + 1) * columns.size - side, top + Math.floor(tile / across) * rows.size, side, side);
  });
}
