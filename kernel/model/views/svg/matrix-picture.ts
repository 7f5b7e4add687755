/** The static picture of a mask or a kernel. */
import { hex } from '../colour.js';
import type { KernelView } from '../kernel-view.js';
import type { MaskView } from '../mask-view.js';
import { detailCaption, matrixLegend } from '../matrix-legend.js';
import type { Raster } from '../matrix-pixels.js';
import { matrixScene, type Mark, type MatrixScene } from '../matrix-scene.js';
import { connected, matrixSentence, matrixTitle, orphanSentences } from '../matrix-sentence.js';
import { paletteFor, type Palette } from '../palette.js';
import { legendPicture } from './legend-picture.js';
import { hatch } from './hatch.js';
import { element, round, svgDocument } from './markup.js';
import { measureText, svgText, wrapText } from './text.js';

/** An image as a `data:image/png` address. The encoder is handed in: this folder has no deflate. */
export type EncodeImage = (raster: Raster) => string;

/** CSS pixels; notebooks show about this much. */
export const PICTURE_WIDTH = 720;
const MAX_MATRIX_HEIGHT = 560;
/** Tiles of 2 × 2: noise at the finest level would make a file of megabytes. */
const TILE = 2;
const MARGIN = 16;
const MIN_WIDTH = 420;

export function matrixPicture(view: MaskView | KernelView, encodeImage: EncodeImage): string {
  const palette = paletteFor('light');
  const room = PICTURE_WIDTH - 2 * MARGIN;
  const scene = matrixScene(view, palette, { width: room, height: MAX_MATRIX_HEIGHT, scale: 1, tile: TILE }, measureText);
  const width = Math.max(MIN_WIDTH, Math.min(PICTURE_WIDTH, scene.width + 2 * MARGIN));
  const head = heading(view, palette, width - 2 * MARGIN);
  const legend = legendPicture(matrixLegend(view, scene.fit, palette), palette, width - 2 * MARGIN);
  const caption = note(view, scene, palette, width - 2 * MARGIN);
  const top = MARGIN + head.height;
  const below = top + scene.height + 14;
  const height = Math.ceil(below + legend.height + caption.height + MARGIN);
  return svgDocument(
    width,
    height,
    hex(palette.background),
    matrixSentence(view),
    at(MARGIN, MARGIN, head.markup) +
      at(MARGIN, top, sceneMarkup(scene, palette, encodeImage)) +
      at(MARGIN, below, legend.markup) +
      at(MARGIN, below + legend.height, caption.markup),
  );
}

interface Block {
  readonly markup: string;
  readonly height: number;
}

const at = (x: number, y: number, markup: string): string => (markup ? element('g', { transform: `translate(${round(x)} ${round(y)})` }, markup) : '');

function heading(view: MaskView | KernelView, palette: Palette, width: number): Block {
  const titles = wrapText(matrixTitle(view), 16, width).slice(0, 2);
  const lines = wrapText(connected(view), 12, width);
  return {
    markup: paragraph(titles, 16, hex(palette.text), 0) + paragraph(lines, 12, hex(palette.muted), titles.length * 21),
    height: titles.length * 21 + lines.length * 16 + 12,
  };
}

/** What one tile is, and which units have no connection at all. */
function note(view: MaskView | KernelView, { fit }: MatrixScene, palette: Palette, width: number): Block {
  const text = [detailCaption(view, fit), ...orphanSentences(view)].filter((part) => part !== undefined).join(' ');
  if (!text) return { markup: '', height: 0 };
  const lines = wrapText(text, 11, width);
  return { markup: paragraph(lines, 11, hex(palette.muted), 8), height: 8 + lines.length * 15 };
}

const paragraph = (lines: readonly string[], size: number, colour: string, top: number): string =>
  lines.map((text, line) => svgText({ text, x: 0, y: top + line * size * 1.3 + size, anchor: 'start', size, colour })).join('');

function sceneMarkup(scene: MatrixScene, palette: Palette, encodeImage: EncodeImage): string {
  const { x, y, fit, raster } = scene;
  const area = { x, y, width: fit.columns.extent, height: fit.rows.extent };
  const isEmpty = raster.width === 0 || raster.height === 0;
  const image = (): string => element('image', { ...area, href: encodeImage(raster), preserveAspectRatio: 'none', 'image-rendering': 'optimizeSpeed' });
  return [
    element('rect', { ...area, fill: hex(palette.absent) }),
    scene.ruled ? hatch(area, 5, hex(palette.hatch)) + cellsMarkup(scene) + ruling(scene, palette) : isEmpty ? '' : image(),
    element('rect', { ...area, fill: 'none', stroke: hex(palette.border), 'stroke-width': 1 }),
    scene.marks.map(markMarkup).join(''),
    scene.labels.map(svgText).join(''),
  ].join('');
}

/** One path for all cells of a colour. */
function cellsMarkup({ x, y, fit, raster }: MatrixScene): string {
  const byColour = new Map<string, string[]>();
  for (let at = 0; at < raster.width * raster.height; at++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = raster.rgba.subarray(4 * at, 4 * at + 4);
    if (alpha === 0) continue;
    const colour = hex([red, green, blue]);
    const cells = byColour.get(colour) ?? [];
    byColour.set(colour, cells);
    const left = x + (at % raster.width) * fit.columns.size;
    const top = y + Math.floor(at / raster.width) * fit.rows.size;
    cells.push(`M${left} ${top}h${fit.columns.size}v${fit.rows.size}h${-fit.columns.size}z`);
  }
  return [...byColour].map(([fill, cells]) => element('path', { d: cells.join(''), fill, 'shape-rendering': 'crispEdges' })).join('');
}

function ruling({ x, y, fit }: MatrixScene, palette: Palette): string {
  const { rows, columns } = fit;
  const across = Array.from({ length: Math.max(0, rows.tiles - 1) }, (_, k) => `M${x} ${y + (k + 1) * rows.size}h${columns.extent}`);
  const down = Array.from({ length: Math.max(0, columns.tiles - 1) }, (_, k) => `M${x + (k + 1) * columns.size} ${y}v${rows.extent}`);
  return element('path', { d: [...across, ...down].join(''), stroke: hex(palette.grid), 'stroke-width': 1, fill: 'none' });
}

function markMarkup({ kind, x, y, radius, colour }: Mark): string {
  if (kind === 'dot') return element('circle', { cx: x, cy: y, r: radius, fill: colour });
  const arm = radius * 1.6;
  const d = `M${round(x - arm)} ${round(y - arm)}L${round(x + arm)} ${round(y + arm)}M${round(x + arm)} ${round(y - arm)}L${round(x - arm)} ${round(y + arm)}`;
  return element('path', { d, stroke: colour, 'stroke-width': Math.max(1, radius * 0.6), fill: 'none' });
}
