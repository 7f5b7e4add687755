/** A matrix scene on a canvas, in device pixels. */
import { hex } from '../../kernel/model/views/colour.js';
import { hatchStrokes } from '../../kernel/model/views/hatch.js';
import type { Raster } from '../../kernel/model/views/matrix-pixels.js';
import type { Label, Mark, MatrixScene } from '../../kernel/model/views/matrix-scene.js';
import type { Palette } from '../../kernel/model/views/palette.js';

const HATCH_GAP = 4.5;

export function drawScene(context: CanvasRenderingContext2D, scene: MatrixScene, palette: Palette, font: string, scale: number): void {
  const { x, y, fit, raster } = scene;
  const width = fit.columns.extent;
  const height = fit.rows.extent;
  context.clearRect(0, 0, scene.width, scene.height);
  context.fillStyle = hex(palette.absent);
  context.fillRect(x, y, width, height);
  if (scene.ruled) drawHatch(context, scene, palette, scale);
  if (raster.width > 0 && raster.height > 0) {
    context.imageSmoothingEnabled = false;
    context.drawImage(rasterCanvas(raster), x, y, width, height);
  }
  if (scene.ruled) drawRuling(context, scene, palette, scale);
  context.strokeStyle = hex(palette.border);
  context.lineWidth = Math.max(1, Math.round(scale));
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  for (const mark of scene.marks) drawMark(context, mark);
  for (const label of scene.labels) drawLabel(context, label, font);
}

function rasterCanvas({ width, height, rgba }: Raster): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

function drawHatch(context: CanvasRenderingContext2D, { x, y, fit }: MatrixScene, palette: Palette, scale: number): void {
  context.save();
  context.beginPath();
  context.rect(x, y, fit.columns.extent, fit.rows.extent);
  context.clip();
  context.beginPath();
  for (const [x1, y1, x2, y2] of hatchStrokes({ x, y, width: fit.columns.extent, height: fit.rows.extent }, HATCH_GAP * scale)) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.strokeStyle = hex(palette.hatch);
  context.lineWidth = 1.2 * scale;
  context.stroke();
  context.restore();
}

/** Lines of whole pixels, filled: a stroke between two pixels would be grey. */
function drawRuling(context: CanvasRenderingContext2D, { x, y, fit }: MatrixScene, palette: Palette, scale: number): void {
  const { rows, columns } = fit;
  const line = Math.max(1, Math.floor(scale));
  context.fillStyle = hex(palette.grid);
  for (let row = 1; row < rows.tiles; row++) context.fillRect(x, y + row * rows.size, columns.extent, line);
  for (let column = 1; column < columns.tiles; column++) context.fillRect(x + column * columns.size, y, line, rows.extent);
}

function drawMark(context: CanvasRenderingContext2D, { kind, x, y, radius, colour }: Mark): void {
  context.beginPath();
  if (kind === 'dot') {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    return;
  }
  const arm = radius * 1.6;
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1, radius * 0.6);
  context.stroke();
}

function drawLabel(context: CanvasRenderingContext2D, { text, x, y, anchor, turned, size, colour }: Label, font: string): void {
  context.save();
  context.font = `${size}px ${font}`;
  context.fillStyle = colour;
  context.textAlign = anchor === 'middle' ? 'center' : anchor;
  context.translate(x, y);
  if (turned) context.rotate(-Math.PI / 2);
  context.fillText(text, 0, 0);
  context.restore();
}
