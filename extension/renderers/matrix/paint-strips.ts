/** Degree strips: connections per output above the cells, per input beside them, bar for column and bar for row. */
import { hex } from '../../../kernel/model/views/colour.js';
import type { Spread } from '../../../kernel/model/views/degree-summary.js';
import { shownPixels, startOfTile } from '../../../kernel/model/views/matrix/axis.js';
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Bar } from '../../../kernel/model/views/matrix/degree-strip.js';
import type { Margins } from '../../../kernel/model/views/matrix/layout.js';
import type { Palette } from '../../../kernel/model/views/palette.js';

export interface Strips {
  readonly into: readonly Bar[];
  readonly out: readonly Bar[];
  readonly inDegree: Spread;
  readonly outDegree: Spread;
}

const GAP = 6;

export function paintStrips(context: CanvasRenderingContext2D, strips: Strips, camera: Camera, { x, y, strip }: Margins, palette: Palette): void {
  if (strip === 0) return;
  const { rows, columns, scale } = camera;
  const gap = GAP * scale;
  const right = x + shownPixels(columns) + gap;
  const base = y - gap;
  const height = (degree: number, { max }: Spread): number => Math.round((strip * degree) / Math.max(1, max));
  context.save();
  context.beginPath();
  context.rect(x, y - gap - strip, shownPixels(columns), strip + gap);
  context.rect(right - gap, y, strip + gap, shownPixels(rows));
  context.clip();
  for (const { tile, mean, hasZero } of strips.into) {
    const start = x + startOfTile(columns, tile);
    const tall = mean > 0 ? Math.max(scale, height(mean, strips.inDegree)) : 0;
    context.fillStyle = hex(palette.strip);
    context.fillRect(start, base - tall, slim(columns.size), tall);
    if (hasZero) paintZero(context, palette, start, base, columns.size, Math.round(5 * scale), false);
  }
  for (const { tile, mean, hasZero } of strips.out) {
    const start = y + startOfTile(rows, tile);
    const long = mean > 0 ? Math.max(scale, height(mean, strips.outDegree)) : 0;
    context.fillStyle = hex(palette.strip);
    context.fillRect(right, start, long, slim(rows.size));
    if (hasZero) paintZero(context, palette, start, right - gap, rows.size, Math.round(5 * scale), true);
  }
  paintLevels(context, strips, { x, base, right, y, strip }, camera, palette);
  context.restore();
}

/** Bars of cells large enough have a pixel between them. */
const slim = (size: number): number => (size > 3 ? size - 1 : size);

/** A red tick between bar and cells: some unit here has no connection. */
function paintZero(context: CanvasRenderingContext2D, palette: Palette, start: number, at: number, size: number, length: number, isRow: boolean): void {
  context.fillStyle = hex(palette.warning);
  const thick = Math.max(2, slim(size));
  if (isRow) context.fillRect(at, start, length, thick);
  else context.fillRect(start, at, thick, length);
}

/** Thin lines at the least, the median and the largest degree. */
function paintLevels(context: CanvasRenderingContext2D, { inDegree, outDegree }: Strips, { x, base, right, y, strip }: Readonly<Record<'x' | 'base' | 'right' | 'y' | 'strip', number>>, { rows, columns, scale }: Camera, palette: Palette): void {
  context.strokeStyle = hex(palette.muted);
  context.lineWidth = Math.max(1, Math.floor(scale));
  for (const [degree, dash] of [['min', 1], ['median', 4], ['max', 0]] as const) {
    context.setLineDash(dash ? [dash * scale, 2 * scale] : []);
    const up = base - Math.round((strip * inDegree[degree]) / Math.max(1, inDegree.max)) + 0.5;
    const along = right + Math.round((strip * outDegree[degree]) / Math.max(1, outDegree.max)) - 0.5;
    context.beginPath();
    context.moveTo(x, up);
    context.lineTo(x + shownPixels(columns), up);
    context.moveTo(along, y);
    context.lineTo(along, y + shownPixels(rows));
    context.stroke();
  }
  context.setLineDash([]);
}
