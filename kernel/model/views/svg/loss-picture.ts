/** The static picture of loss curves. */
import { hex } from '../colour.js';
import { decimate } from '../decimate.js';
import { formatNumber } from '../format.js';
import { lossSentence } from '../loss-sentence.js';
import { bestText, patienceOf } from '../loss/best.js';
import { spreadLabels } from '../loss/labels.js';
import { oddPoints, oddText } from '../loss/odd-points.js';
import { drawnRuns, epochRange, lossRange, lossSeries, type Series } from '../loss-series.js';
import { MAX_DRAWN, type LossView } from '../loss-view.js';
import { paletteFor, type Palette } from '../palette.js';
import { niceTicks } from '../ticks.js';
import { element, round, svgDocument } from './markup.js';
import { FONT, heading, inRows, MARGIN } from './picture-parts.js';
import { measureText, svgText, wrapText } from './text.js';

const WIDTH = 720;
const PLOT_HEIGHT = 270;
const LEGEND_ROW = 18;
const MAX_LABEL = 140;

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
  const lines = wrapText(view.title ? lossSentence({ version: view.version, view: view.view, runs: view.runs }) : sentence, FONT + 1, WIDTH - 2 * MARGIN).slice(0, 4);
  const head = 26 + lines.length * 16;
  const legend = inRows(legendItems(series), WIDTH - 2 * MARGIN, (item) => 34 + measureText(labelOf(item), FONT));
  const values = lossRange(view);
  const ticks = niceTicks(values.min, values.max, 7);
  const left = MARGIN + 18 + Math.max(...ticks.map((tick) => measureText(formatNumber(tick), FONT)));
  const frame = frameOf(view, left, MARGIN + head + 10);
  const below = frame.top + frame.height + 44;
  const notes = notesOf(view, series);
  // Without any run its place stays.
  const underLegend = below + Math.max(1, legend.length) * LEGEND_ROW;
  const height = underLegend + notes.length * LEGEND_ROW + MARGIN - 4;
  const label: LabelMaker = (text, x, y, anchor) => svgText({ text, x, y, anchor, size: FONT, colour: hex(palette.muted) });
  return svgDocument(WIDTH, height, hex(palette.background), sentence, [
    heading(view.title ?? 'Loss', lines, palette),
    axes(view, frame, ticks, palette, label),
    element('clipPath', { id: 'plot' }, element('rect', { x: frame.left, y: frame.top - 2, width: frame.width + 4, height: frame.height + 4 })),
    patienceBands(view, series, frame),
    element('g', { 'clip-path': 'url(#plot)' }, series.map((line) => curveMarkup(line, frame)).join('')),
    ...series.map((line) => oddMarks(line, frame)),
    bestMarks(view, series, frame, palette),
    endLabels(view, series, frame),
    ...legend.flatMap((row, at) => row.map(({ item, x }) => legendItem(item, MARGIN + x, below + at * LEGEND_ROW, palette))),
    ...notes.map((note, at) => label(note, MARGIN, underLegend + at * LEGEND_ROW + 4, 'start')),
  ].join(''));
}

function frameOf(view: LossView, left: number, top: number): Frame {
  const epochs = epochRange(view);
  const values = lossRange(view);
  // Several runs are named where their lines end.
  const labels = view.runs.length > 1 ? Math.min(MAX_LABEL, 8 + Math.max(...drawnRuns(view).map(({ name }) => measureText(name, FONT)))) : 0;
  const width = WIDTH - MARGIN - left - 8 - labels;
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

function curveMarkup({ kind, colour, curve: whole }: Series, frame: Frame): string {
  const stroke = hex(colour);
  // More would be drawn on top of each other, and a picture is waited for.
  const curve = decimate(whole, Math.floor(frame.width / 2));
  // A loss that is no number breaks the line.
  const parts: string[][] = [[]];
  curve.x.forEach((x, at) => {
    const y = curve.y[at] ?? NaN;
    if (Number.isFinite(Math.fround(y))) parts.at(-1)?.push(`${round(frame.x(x))} ${round(frame.y(y))}`);
    else parts.push([]);
  });
  const lines = parts.map((points) =>
    points.length < 2
      ? ''
      : element('polyline', {
          points: points.join(' '),
          fill: 'none',
          stroke,
          'stroke-width': kind === 'steps' ? 1 : 2,
          'stroke-dasharray': kind === 'validation' ? '6 4' : undefined,
          'stroke-linejoin': 'round',
        }),
  );
  const all = parts.flat();
  const shown = kind === 'validation' ? everyFew(all) : kind === 'training' && all.length === 1 ? all : [];
  return lines.join('') + shown.map((point) => dot(point, stroke)).join('');
}

/** Markers that tell a dashed line from another without its colour: of many points, about twenty. */
const everyFew = (points: readonly string[]): readonly string[] => points.filter((_, at) => at % Math.ceil(points.length / 20) === 0 || at === points.length - 1);

function dot(point: string, fill: string): string {
  const [cx, cy] = point.split(' ');
  return element('circle', { cx, cy, r: 2.5, fill });
}

/** A triangle at the upper edge for NaN and infinity, at the lower for minus infinity. */
function oddMarks({ curve, colour, kind }: Series, frame: Frame): string {
  if (kind === 'steps') return '';
  const columns = new Map(oddPoints(curve, false).map(({ x, oddity }) => [`${Math.round(frame.x(x))} ${oddity === 'low' ? 'low' : 'high'}`, oddity]));
  return [...columns].map(([key, oddity]) => {
    const x = Number(key.split(' ')[0]);
    const [tip, base] = oddity === 'low' ? [frame.top + frame.height, frame.top + frame.height - 7] : [frame.top, frame.top + 7];
    return element('path', { d: `M${x - 5} ${base}L${x + 5} ${base}L${x} ${tip}Z`, fill: hex(colour) });
  }).join('');
}

/** A line, a ring and a word where the loss was best, of a run alone; of several, rings. */
function bestMarks(view: LossView, series: readonly Series[], frame: Frame, palette: Palette): string {
  const runs = drawnRuns(view);
  return runs
    .map((run) => {
      const line = series.find((candidate) => candidate.run === run && candidate.kind === run.best?.of);
      if (!run.best || !line || run.epochs < 2) return '';
      const [cx, cy] = [frame.x(run.best.epoch), frame.y(run.best.value)];
      const ring = element('circle', { cx, cy, r: 5, fill: hex(palette.background), stroke: hex(line.colour), 'stroke-width': 2 });
      if (runs.length > 1) return ring;
      const text = bestText(run.best);
      const isRight = cx + 8 + measureText(text, FONT) > frame.left + frame.width;
      const rule = element('path', { d: `M${round(cx)} ${frame.top}v${frame.height}`, stroke: hex(palette.muted), 'stroke-width': 1, 'stroke-dasharray': '2 3' });
      return rule + ring + svgText({ text, x: cx + (isRight ? -6 : 6), y: frame.top + 11, anchor: isRight ? 'end' : 'start', size: FONT, colour: hex(palette.muted) });
    })
    .join('');
}

/** From the best epoch, as long as early stopping waits. */
function patienceBands(view: LossView, series: readonly Series[], frame: Frame): string {
  const [run, ...more] = drawnRuns(view);
  const band = run && more.length === 0 ? patienceOf(run, epochRange(view)) : undefined;
  const line = series.find(({ kind }) => kind === 'training');
  if (!band || !line) return '';
  return element('rect', { x: frame.x(band.min), y: frame.top, width: frame.x(band.max) - frame.x(band.min), height: frame.height, fill: hex(line.colour), 'fill-opacity': 0.1 });
}

/** The names of several runs, where their lines end. */
function endLabels(view: LossView, series: readonly Series[], frame: Frame): string {
  const runs = drawnRuns(view);
  if (runs.length < 2) return '';
  const ends = runs.flatMap((run) => {
    const line = series.find((candidate) => candidate.run === run && candidate.kind === 'training');
    const last = line?.curve.y.findLast((y) => Number.isFinite(Math.fround(y)));
    return line && last !== undefined ? [{ text: run.name, y: frame.y(last) - frame.top, colour: hex(line.colour) }] : [];
  });
  return spreadLabels(ends, FONT + 2, frame.height)
    .map(({ text, at, colour }) => svgText({ text: clipText(text), x: frame.left + frame.width + 6, y: frame.top + at + 4, anchor: 'start', size: FONT, colour }))
    .join('');
}

const clipText = (text: string): string => {
  let shown = text;
  while (shown.length > 1 && measureText(`${shown}…`, FONT) > MAX_LABEL - 8) shown = shown.slice(0, -1);
  return shown === text ? text : `${shown}…`;
};

function notesOf(view: LossView, series: readonly Series[]): string[] {
  const odd = oddText(series.filter(({ kind }) => kind !== 'steps').flatMap(({ curve }) => oddPoints(curve, false)), false);
  const left = view.runs.length - MAX_DRAWN;
  return [...(odd ? [odd] : []), ...(left > 0 ? [`The first ${MAX_DRAWN} of ${view.runs.length} runs are drawn.`] : [])];
}

const legendItems = (series: readonly Series[]): readonly (Series | 'best')[] =>
  series.some(({ kind, run }) => kind === run.best?.of && run.epochs > 1) ? [...series, 'best'] : series;

const labelOf = (item: Series | 'best'): string => (item === 'best' ? 'best epoch' : item.label);

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
