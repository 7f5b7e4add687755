/** All of a drawn matrix but what moves with the pointer: cells, degree strips, labels. */
import { hex } from '../../../kernel/model/views/colour.js';
import { shownPixels } from '../../../kernel/model/views/matrix/axis.js';
import { detailOf, type Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { CountedWindow } from '../../../kernel/model/views/matrix/cell-source.js';
import { barsOfWindow, degreeBars } from '../../../kernel/model/views/matrix/degree-strip.js';
import { axisLabels, type Margins } from '../../../kernel/model/views/matrix/layout.js';
import { kernelColours, maskColours, type TileColour } from '../../../kernel/model/views/matrix/tile-raster.js';
import type { Measure } from '../../../kernel/model/views/matrix-scene.js';
import type { Theme } from '../theme.js';
import type { CellsPainter } from './paint-cells.js';
import { paintBlocks } from './paint-blocks.js';
import { paintLabel } from './paint-label.js';
import { paintStrips } from './paint-strips.js';
import type { Subject, View } from './drawn.js';

export interface Frame {
  readonly view: View;
  readonly subject: Subject;
  readonly camera: Camera;
  readonly margins: Margins;
  readonly counted: CountedWindow;
  readonly colourOf: TileColour;
  readonly theme: Theme;
}

/** The size of the canvas. */
export const frameSize = ({ camera, margins }: Pick<Frame, 'camera' | 'margins'>, least: number): { width: number; height: number } => ({
  width: Math.ceil(margins.x + Math.max(least, shownPixels(camera.columns)) + margins.right),
  height: margins.y + camera.rows.room + margins.bottom,
});

export function coloursOf({ mode }: Subject, counted: CountedWindow, most: number, { palette }: Theme): TileColour {
  const isExact = counted.down === 1 && counted.across === 1;
  if (mode.quantity !== undefined && counted.extremes) return kernelColours(counted, palette, mode.limit);
  const plain = maskColours(counted, palette, most);
  if (!counted.coarse) return plain;
  // What is not known exactly yet is paler than any exact colour.
  const soft = palette.coarse;
  return (tile, count) => (counted.coarse?.[tile] ? soft : isExact ? palette.connected : plain(tile, count));
}

/** CSS pixels from which on a hollow square can be told from a filled one. */
const SQUARES_FROM = 12;

/** In high contrast size says what a ramp says elsewhere. */
export const hasSquares = ({ subject, camera, theme }: Pick<Frame, 'subject' | 'camera' | 'theme'>): boolean =>
  theme.isHighContrast && subject.mode.quantity !== undefined && detailOf(camera) !== 'tiles' && Math.min(camera.rows.size, camera.columns.size) >= SQUARES_FROM * camera.scale;

export function paintFrame(context: CanvasRenderingContext2D, cells: CellsPainter, frame: Frame, measure: Measure): void {
  const { view, subject, camera, margins, counted, colourOf, theme } = frame;
  const { palette, font } = theme;
  const { source, order, mode } = subject;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const squares = hasSquares(frame) ? { limit: mode.limit } : undefined;
  cells.paint(context, { camera, counted, colourOf, palette, font, x: margins.x, y: margins.y, ...(squares && { squares }) });
  if (view.view === 'kernel' && view.block && !order) paintBlocks(context, view.block, camera, margins, palette);
  const { inDegree, outDegree } = view.degrees;
  const into = source.inDegree ? degreeBars(camera.columns, source.inDegree, undefined) : barsOfWindow(camera.columns, counted, 'in');
  const out = source.outDegree ? degreeBars(camera.rows, source.outDegree, undefined) : barsOfWindow(camera.rows, counted, 'out');
  paintStrips(context, { into, out, inDegree, outDegree }, camera, margins, palette);
  for (const label of axisLabels(view, camera, margins, order, hex(palette.muted), measure)) paintLabel(context, label, font);
}
