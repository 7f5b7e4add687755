/** The static picture of loss curves. */
import { hex } from '../colour.js';
import { formatNumber } from '../format.js';
import { lossSentence } from '../loss-sentence.js';
import { epochRange, lossRange, lossSeries, type Series } from '../loss-series.js';
import type { LossView } from '../loss-view.js';
import { paletteFor, type Palette } from '../palette.js';
import { niceTicks } from '../ticks.js';
import { element, round, svgDocument } from './markup.js';
import { measureText, svgText, wrapText } from './text.js';

const WIDTH = 720;
const MARGIN = 16;
const PLOT_HEIGHT = 270;
const FONT = 11;
const LEGEND_ROW = 18;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  x(epoch: number): number;
  y(loss: number): number;
}

export function lossPicture(view: LossView): string {
  const palette = paletteFor('light');
  const series = lossSeries(view, palette);
  const sentence = lossSentence(view);
  const title = view.title ?? 'Loss';
  const lines = wrapText(view.title ? lossSentence({ version: view.version, view: view.view, runs: view.runs }) : sentence, FONT + 1, WIDTH - 2 * MARGIN).slice(0, 4);
  const head = 26 + lines.length * 16;
  const legend = legendRows(series, WIDTH - 2 * MARGIN);
  const values = lossRange(view);
  const ticks = niceTicks(values.min, values.max, 7);
  const left = MARGIN + 18 + Math.max(...ticks.map((tick) => measureText(formatNumber(tick), FONT)));
  const frame = frameOf(view, left, MARGIN + head + 10);
  const below = frame.top + frame.height + 44;
  const height = below + legend.length * LEGEND_ROW + MARGIN - 4;
  const label = (text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', size = FONT, colour = palette.muted): string =>
    svgText({ text, x, y, anchor, size, colour: hex(colour) });
  return svgDocument(WIDTH, height, hex(palette.background), sentence, [
    label(title, MARGIN, MARGIN + 15, 'start', 16, palette.text),
    ...lines.map((text, at) => label(text, MARGIN, MARGIN + 36 + 16 * at, 'start', FONT + 1)),
    axes(view, frame, ticks, palette, label),
    element('clipPath', { id: 'plot' }, element('rect', { x: frame.left, y: frame.top - 2, width: frame.width + 4, height: frame.height + 4 })),
    element('g', { 'clip-path': 'url(#plot)' }, series.map((line) => curveMarkup(line, frame)).join('')),
    bestMarks(view, series, frame, palette),
    ...legend.flatMap((row, at) => row.map(({ item, x }) => legendItem(item, MARGIN + x, below + at * LEGEND_ROW, palette))),
  ].join(''));
}

function frameOf(view: LossView, left: number, top: number): Frame {
  const epochs = epochRange(view);
  const values = lossRange(view);
  const width = WIDTH - MARGIN - left - 8;
  return {
    left,
    top,
    width,
    height: PLOT_HEIGHT,
    x: (epoch) => left + (width * (epoch - epochs.min)) / (epochs.max - epochs.min),
    y: (loss) => top + PLOT_HEIGHT * (1 - (loss - values.min) / (values.max - values.min)),
  };
}

type LabelMaker = (text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end') => string;

function axes(view: LossView, frame: Frame, ticks: readonly number[], palette: Palette, label: LabelMaker): string {
  const { left, top, width, height } = frame;
  const epochs = niceTicks(0, epochRange(view).max, 9).filter(Number.isInteger);
  const lines = ticks.map((tick) => `M${left} ${round(frame.y(tick))}h${width}`).join('');
  const marks = epochs.map((epoch) => `M${round(frame.x(epoch))} ${top + height}v4`).join('');
  return [
    element('path', { d: lines, stroke: '#e3e6ea', 'stroke-width': 1 }),
    element('path', { d: `M${left} ${top + height}h${width}${marks}`, stroke: hex(palette.border), 'stroke-width': 1 }),
    ...ticks.map((tick) => label(formatNumber(tick), left - 7, frame.y(tick) + 4, 'end')),
    ...epochs.map((epoch) => label(String(epoch), frame.x(epoch), top + height + 17, 'middle')),
    label('epoch', left + width, top + height + 31, 'end'),
  ].join('');
}

function curveMarkup({ kind, colour, curve }: Series, frame: Frame): string {
  const points = Array.from(curve.x, (x, at) => `${round(frame.x(x))} ${round(frame.y(curve.y[at] ?? 0))}`);
  const stroke = hex(colour);
  const [only] = points;
  const few = curve.x.length <= 40 && kind === 'validation';
  const dots = few || (points.length === 1 && only) ? points.map((point) => dot(point, stroke)).join('') : '';
  return (
    element('polyline', {
      points: points.join(' '),
      fill: 'none',
      stroke,
      'stroke-width': kind === 'steps' ? 1 : 2,
      'stroke-dasharray': kind === 'validation' ? '6 4' : undefined,
      'stroke-linejoin': 'round',
    }) + dots
  );
}

function dot(point: string, fill: string): string {
  const [cx, cy] = point.split(' ');
  return element('circle', { cx, cy, r: 2.5, fill });
}

/** A ring around the best validation loss of each run. */
function bestMarks({ runs }: LossView, series: readonly Series[], frame: Frame, palette: Palette): string {
  return runs
    .map((run) => {
      const line = series.find((candidate) => candidate.run === run && candidate.kind === 'validation');
      if (!run.best || run.best.of !== 'validation' || !line) return '';
      const at = { cx: frame.x(run.best.epoch), cy: frame.y(run.best.value) };
      return element('circle', { ...at, r: 5, fill: hex(palette.background), stroke: hex(line.colour), 'stroke-width': 2 });
    })
    .join('');
}

interface Placed {
  readonly item: Series | 'best';
  readonly x: number;
}

function legendRows(series: readonly Series[], width: number): Placed[][] {
  const rows: Placed[][] = [[]];
  let x = 0;
  const items: (Series | 'best')[] = [...series];
  if (series.some(({ kind, run }) => kind === 'validation' && run.best)) items.push('best');
  for (const item of items) {
    const needed = 34 + measureText(labelOf(item), FONT) + 20;
    if (x > 0 && x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ item, x });
    x += needed;
  }
  return rows;
}

const labelOf = (item: Series | 'best'): string => (item === 'best' ? 'best validation' : item.label);

function legendItem(item: Series | 'best', x: number, y: number, palette: Palette): string {
  const text = svgText({ text: labelOf(item), x: x + 34, y: y + 4, anchor: 'start', size: FONT, colour: hex(palette.text) });
  if (item === 'best') return element('circle', { cx: x + 14, cy: y, r: 5, fill: 'none', stroke: hex(palette.muted), 'stroke-width': 2 }) + text;
  const line = element('path', {
    d: `M${x} ${y}h28`,
    stroke: hex(item.colour),
    'stroke-width': item.kind === 'steps' ? 1 : 2,
    'stroke-dasharray': item.kind === 'validation' ? '6 4' : undefined,
  });
  return line + text;
}
