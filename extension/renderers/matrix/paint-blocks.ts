import { hex } from '../../../kernel/model/views/colour.js';
import type { Block } from '../../../kernel/model/views/kernel-view.js';
import { shownPixels, startOfTile, type Axis } from '../../../kernel/model/views/matrix/axis.js';
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Margins } from '../../../kernel/model/views/matrix/layout.js';
import type { Palette } from '../../../kernel/model/views/palette.js';

/** Lines between the pairs of maps of a convolution. */
export function paintBlocks(context: CanvasRenderingContext2D, block: Block, { rows, columns, scale }: Camera, { x, y }: Margins, palette: Palette): void {
  const between = (axis: Axis, step: number): number[] =>
    Array.from({ length: Math.max(0, Math.ceil(axis.units / step) - 1) }, (_, k) => startOfTile(axis, ((k + 1) * step) / axis.per)).filter((start) => start > 0 && start < shownPixels(axis));
  const line = Math.max(1, Math.round(1.5 * scale));
  context.fillStyle = hex(palette.border);
  for (const start of between(rows, block.rows)) context.fillRect(x, y + Math.round(start), shownPixels(columns), line);
  for (const start of between(columns, block.columns)) context.fillRect(x + Math.round(start), y, line, shownPixels(rows));
}
