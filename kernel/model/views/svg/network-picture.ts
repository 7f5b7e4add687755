/** The static picture of a net. */
import { hex } from '../colour.js';
import { egoCaption, networkLegend, type NetworkLegendItem } from '../network/legend.js';
import { chosenPins, type NetworkView } from '../network/network-view.js';
import { networkScene, type NetworkScene } from '../network/scene.js';
import { networkSentence } from '../network/sentence.js';
import { paletteFor, type Palette } from '../palette.js';
import { element, round, svgDocument } from './markup.js';
import { FONT, heading, inRows, MARGIN } from './picture-parts.js';
import { measureText, svgText, wrapText } from './text.js';

const WIDTH = 720;
const MIN_WIDTH = 420;
const LEGEND_ROW = 20;

export function networkPicture(view: NetworkView): string {
  const palette = paletteFor('light');
  const scene = networkScene(view, palette, WIDTH - 2 * MARGIN, measureText, chosenPins(view));
  const width = Math.max(MIN_WIDTH, scene.width + 2 * MARGIN);
  const sentence = networkSentence(view);
  const facts = wrapText([networkSentence({ ...view, title: '' }).replace(/^Network: /, ''), ...(egoCaption(scene) ? [egoCaption(scene)] : [])].join(' '), FONT + 1, width - 2 * MARGIN).slice(0, 6);
  const top = MARGIN + 26 + facts.length * 16 + 8;
  const legend = inRows(networkLegend(view, scene, palette), width - 2 * MARGIN, ({ label }) => 34 + measureText(label, FONT));
  const below = top + scene.height + 12;
  const height = Math.ceil(below + legend.length * LEGEND_ROW + MARGIN - 4);
  const left = (width - scene.width) / 2;
  return svgDocument(width, height, hex(palette.background), sentence, [
    heading(view.title ?? 'Network', facts, palette),
    element('g', { transform: `translate(${round(left)} ${round(top)})` }, sceneMarkup(scene)),
    ...legend.flatMap((row, at) => row.map(({ item, x }) => legendMarkup(item, MARGIN + x, below + at * LEGEND_ROW + 6, palette))),
  ].join(''));
}

/** The scene alone, for a file that the reader saves too. */
export const sceneMarkup = ({ edges, nodes, labels }: NetworkScene): string =>
  [
    ...edges.map(({ path, colour, width, dash }) => element('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash, 'stroke-opacity': 0.9 })),
    ...nodes.map(({ x, y, radius, fill, stroke, isCutOff }) => element('circle', { cx: x, cy: y, r: radius, fill, stroke, 'stroke-width': isCutOff ? 2 : 1.4, 'stroke-dasharray': isCutOff ? '3 2' : undefined })),
    ...labels.map(svgText),
  ].join('');

function legendMarkup(item: NetworkLegendItem, x: number, y: number, palette: Palette): string {
  const text = svgText({ text: item.label, x: x + 34, y: y + 4, anchor: 'start', size: FONT, colour: hex(palette.text) });
  if (item.kind === 'unit') return element('circle', { cx: x + 14, cy: y, r: 6, fill: 'none', stroke: item.stroke, 'stroke-width': 2, 'stroke-dasharray': item.dashed ? '3 2' : undefined }) + text;
  const { colour, width, dash } = item.style;
  return element('path', { d: `M${x} ${y}h28`, fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash }) + text;
}
