/** Numbers of rows and columns along the edges of the matrix. */
import { hex } from '../../../kernel/model/views/colour.js';
import { startOfTile, tileOfUnit, unitsOfTile, visibleTiles, type Axis } from '../../../kernel/model/views/matrix/axis.js';
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import { unitTicksIn } from '../../../kernel/model/views/ticks.js';
import { RULER } from './ruler-size.js';

const GAP = { rows: 18, columns: 42 } as const;
const FONT = 11;

export function paintRulers(context: CanvasRenderingContext2D, { rows, columns, scale }: Camera, palette: Palette, font: string): void {
  const [left, top] = [RULER.left * scale, RULER.top * scale];
  context.fillStyle = hex(palette.muted);
  context.font = `${FONT * scale}px ${font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const { unit, middle } of ticks(rows, GAP.rows * scale)) context.fillText(String(unit), left - 6 * scale, top + middle);
  context.textAlign = 'center';
  for (const { unit, middle } of ticks(columns, GAP.columns * scale)) context.fillText(String(unit), left + middle, top - 10 * scale);
  context.textBaseline = 'alphabetic';
}

/** Round numbers, at least `gap` pixels apart. */
function ticks(axis: Axis, gap: number): { readonly unit: number; readonly middle: number }[] {
  const { first, end } = visibleTiles(axis);
  return unitTicksIn(unitsOfTile(axis, first).first, unitsOfTile(axis, end - 1).end, axis.size / axis.per, gap)
    .map((unit) => ({ unit, middle: startOfTile(axis, tileOfUnit(axis, unit)) + axis.size / 2 }))
    .filter(({ middle }) => middle >= 0 && middle <= axis.room);
}
