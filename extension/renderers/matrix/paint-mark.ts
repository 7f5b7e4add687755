import { hex } from '../../../kernel/model/views/colour.js';
import type { Area } from '../../../kernel/model/views/hatch.js';
import type { CellMark } from '../../../kernel/model/views/matrix/cell-marks.js';

const FONT = 11;
const SMALLEST_FONT = 7;

/** A dot, a cross or a number in the middle of a cell. */
export function paintMark(context: CanvasRenderingContext2D, { kind, text, ink }: CellMark, cell: Area, scale: number, font: string): void {
  const x = cell.x + cell.width / 2;
  const y = cell.y + cell.height / 2;
  const radius = Math.max(1, Math.min(cell.width, cell.height) * 0.14);
  const colour = hex(ink);
  if (kind === 'text') {
    const size = Math.min(FONT * scale, (cell.width - 4 * scale) / (text.length * 0.62));
    if (size < SMALLEST_FONT * scale) return;
    context.font = `${size}px ${font}`;
    context.textAlign = 'center';
    context.fillStyle = colour;
    context.fillText(text, x, y + size * 0.36);
    return;
  }
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
