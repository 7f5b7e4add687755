/** The static picture of a decision boundary. */
import { hex } from '../colour.js';
import { boundaryScene, type BoundaryLegendItem, type BoundaryScene } from '../boundary/scene.js';
import { boundarySentence } from '../boundary/sentence.js';
import type { BoundaryView } from '../boundary/boundary-view.js';
import { markPath } from '../boundary/marks.js';
import { paletteFor, type Palette } from '../palette.js';
import { element, round, svgDocument } from './markup.js';
import type { EncodeImage } from './matrix-picture.js';
import { FONT, heading, inRows, MARGIN } from './picture-parts.js';
import { measureText, svgText, wrapText } from './text.js';

const WIDTH = 560;
const SIZE = 360;
const LEGEND_ROW = 34;

export function boundaryPicture(view: BoundaryView, encodeImage: EncodeImage): string {
  const palette = paletteFor('light');
  const scene = boundaryScene(view, palette, SIZE);
  const sentence = boundarySentence(view);
  const lines = wrapText(boundarySentence({ ...view, title: '' }), FONT + 1, WIDTH - 2 * MARGIN).slice(0, 5);
  const top = MARGIN + 28 + lines.length * 16 + 8;
  const left = MARGIN + 24 + Math.max(...scene.yTicks.map(({ label }) => measureText(label, FONT)));
  const legend = inRows(scene.legend, WIDTH - 2 * MARGIN, widthOf);
  const below = top + SIZE + 46;
  const label = (text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', turned = false): string =>
    svgText({ text, x, y, anchor, turned, size: FONT, colour: hex(palette.muted) });
  return svgDocument(WIDTH, below + legend.length * LEGEND_ROW + 2, hex(palette.background), sentence, [
    heading(view.title ?? 'Decision boundary', lines, palette),
    element('g', { transform: `translate(${round(left)} ${round(top)})` }, boundaryMarkup(scene, palette, encodeImage)),
    ...scene.xTicks.map(({ at, label: text }) => label(text, left + at, top + SIZE + 16, 'middle')),
    label(view.axisNames[0], left + SIZE, top + SIZE + 32, 'end'),
    ...scene.yTicks.map(({ at, label: text }) => label(text, left - 7, top + at + 4, 'end')),
    label(view.axisNames[1], MARGIN + 10, top, 'end', true),
    ...legend.flatMap((row, at) => row.map(({ item, x }) => legendMarkup(item, MARGIN + x, below + at * LEGEND_ROW, palette))),
  ].join(''));
}

/** The plane alone. */
export const boundaryMarkup = ({ size, raster, line, lineColour, marks }: BoundaryScene, palette: Palette, encodeImage: EncodeImage): string =>
  [
    raster.width > 0 ? element('image', { x: 0, y: 0, width: size, height: size, href: encodeImage(raster) }) : '',
    element('rect', { x: 0, y: 0, width: size, height: size, fill: 'none', stroke: hex(palette.border) }),
    line ? element('path', { d: line, fill: 'none', stroke: lineColour, 'stroke-width': 2, 'stroke-linecap': 'round' }) : '',
    ...marks.map(({ path, fill, stroke }) => element('path', { d: path, fill, stroke, 'stroke-width': 0.9 })),
  ].join('');

const RAMP = 130;

function widthOf(item: BoundaryLegendItem): number {
  const text = measureText(item.label, FONT);
  return item.kind === 'ramp' ? RAMP + 28 + text : (item.kind === 'line' ? 34 : 18) + text;
}

function legendMarkup(item: BoundaryLegendItem, x: number, y: number, palette: Palette): string {
  const text = (words: string, left: number, top: number, anchor: 'start' | 'middle' = 'start'): string => svgText({ text: words, x: left, y: top, anchor, size: FONT, colour: hex(palette.text) });
  if (item.kind === 'line') return element('path', { d: `M${x} ${y + 6}h28`, stroke: hex(palette.text), 'stroke-width': 2 }) + text(item.label, x + 34, y + 10);
  if (item.kind === 'mark') return element('path', { d: markPath(item.shape, x + 6, y + 6, 5), fill: item.fill, stroke: hex(palette.border), 'stroke-width': 0.8 }) + text(item.label, x + 18, y + 10);
  const left = x + 12;
  const steps = item.colours.length;
  return [
    ...item.colours.map((fill, at) => element('rect', { x: left + (at * RAMP) / steps, y, width: RAMP / steps, height: 11, fill, 'shape-rendering': 'crispEdges' })),
    element('rect', { x: left, y, width: RAMP, height: 11, fill: 'none', stroke: hex(palette.border) }),
    text(item.label, left + RAMP + 8, y + 10),
    ...item.ticks.map((tick, at) => text(tick, left + (at / (item.ticks.length - 1)) * RAMP, y + 24, 'middle')),
  ].join('');
}
