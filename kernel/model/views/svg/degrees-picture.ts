/** The static picture of degree histograms. */
import { hex } from '../colour.js';
import { barColours, degreesScene, gridColour, type DegreesScene } from '../degrees/scene.js';
import type { DegreesView } from '../degrees/degrees-view.js';
import { degreesSentence, zeroSentences } from '../degrees/sentence.js';
import { paletteFor, type Palette } from '../palette.js';
import { element, round, svgDocument } from './markup.js';
import { hatch } from './hatch.js';
import { FONT, heading, MARGIN } from './picture-parts.js';
import { measureText, svgText, wrapText } from './text.js';

const WIDTH = 720;

export function degreesPicture(view: DegreesView): string {
  const palette = paletteFor('light');
  const room = WIDTH - 2 * MARGIN;
  const scene = degreesScene(view, palette, room, measureText);
  const sentence = degreesSentence(view);
  const lines = wrapText(degreesSentence({ ...view, title: '' }).replace(/^Degrees: /, ''), FONT + 1, room);
  const top = MARGIN + 28 + lines.length * 16 + 6;
  const below = top + scene.height + 14;
  return svgDocument(WIDTH, below + 26, hex(palette.background), sentence, [
    heading(view.title ?? 'Degrees', lines, palette),
    element('g', { transform: `translate(${MARGIN} ${round(top)})` }, degreesMarkup(scene, palette)),
    ...degreesLegend(view, scene, palette).map(({ markup, x }) => element('g', { transform: `translate(${round(MARGIN + x)} ${round(below)})` }, markup)),
  ].join(''));
}

/** The plots alone. */
export const degreesMarkup = (scene: DegreesScene, palette: Palette): string =>
  [
    element('path', { d: scene.grid, stroke: gridColour(palette), 'stroke-width': 1, fill: 'none' }),
    ...scene.bars.map(({ x, y, width, height, fill, isWarning }) =>
      element('rect', { x, y, width, height, fill }) + (isWarning && height > 3 ? hatch({ x, y, width, height }, 4, hex(palette.background)) : ''),
    ),
    element('path', { d: scene.axes, stroke: hex(palette.border), 'stroke-width': 1, fill: 'none' }),
    ...scene.curves.map((d) => element('path', { d, stroke: hex(palette.background), 'stroke-width': 4, fill: 'none' })),
    ...scene.curves.map((d) => element('path', { d, stroke: scene.curveColour, 'stroke-width': 1.6, 'stroke-dasharray': '5 3', fill: 'none' })),
    ...scene.labels.map(svgText),
  ].join('');

function degreesLegend(view: DegreesView, scene: DegreesScene, palette: Palette): { readonly markup: string; readonly x: number }[] {
  const { bar, warning } = barColours(palette);
  const zeros = zeroSentences(view).length > 0;
  const box = { x: 0, y: 0, width: 14, height: 14 };
  const items = [
    { sample: element('rect', { ...box, fill: bar }), label: 'units', width: 14 },
    ...(zeros ? [{ sample: element('rect', { ...box, fill: warning }) + hatch(box, 4, hex(palette.background)), label: 'units without a connection', width: 14 }] : []),
    ...(scene.curves.length > 0 ? [{ sample: element('path', { d: 'M0 7h28', stroke: scene.curveColour, 'stroke-width': 1.6, 'stroke-dasharray': '5 3' }), label: 'expected if wired at random (binomial)', width: 28 }] : []),
  ];
  let x = 0;
  return items.map(({ sample, label, width }) => {
    const placed = { markup: sample + svgText({ text: label, x: width + 6, y: 11, anchor: 'start', size: FONT, colour: hex(palette.text) }), x };
    x += width + 6 + measureText(label, FONT) + 22;
    return placed;
  });
}
