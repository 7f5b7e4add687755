/** What stands on a loss chart beside its lines: the best epoch, how long early stopping waits, losses without a place, names of runs. */
import type { Chart, Plugin } from 'chart.js';
import { hex, mix } from '../../../kernel/model/views/colour.js';
import { bestText, patienceOf } from '../../../kernel/model/views/loss/best.js';
import { spreadLabels } from '../../../kernel/model/views/loss/labels.js';
import type { Look } from '../../../kernel/model/views/loss/look.js';
import { oddPoints } from '../../../kernel/model/views/loss/odd-points.js';
import { drawnRuns, type Series } from '../../../kernel/model/views/loss-series.js';
import type { LossRun, LossView } from '../../../kernel/model/views/loss-view.js';
import { clip } from '../../../kernel/model/views/payload.js';
import type { Theme } from '../theme.js';

export interface Marks {
  readonly view: LossView;
  readonly series: readonly Series[];
  readonly look: Look;
  readonly theme: Theme;
  /** The keyboard's cursor. */
  readonly cursor: { readonly epoch: number; readonly value: number } | undefined;
  /** The epoch whose weights are shown. */
  readonly weightsAt: number | undefined;
}

const SIZE = 11;
const MAX_NAME = 20;
/** Rough width of a character, for the room that names need. */
const CHARACTER = 6.4;

const nameOf = ({ name }: LossRun): string => clip(name, MAX_NAME);

/** Several runs are named where their lines end. */
export function rightMargin(view: LossView): number {
  const runs = drawnRuns(view);
  return runs.length > 1 ? 10 + CHARACTER * Math.max(...runs.map((run) => nameOf(run).length)) : 8;
}

/** @param marks what to draw now */
export const marksPlugin = (marks: () => Marks | undefined): Plugin<'line'> => ({
  id: 'patchbay-marks',
  beforeDatasetsDraw(chart) {
    const now = marks();
    if (now) inArea(chart, () => drawBehind(chart, now));
  },
  afterDatasetsDraw(chart) {
    const now = marks();
    if (!now) return;
    inArea(chart, () => drawInFront(chart, now));
    drawNames(chart, now);
  },
});

function inArea({ ctx, chartArea: { left, top, width, height } }: Chart<'line'>, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  // A ring or a marker at an edge is not cut in half.
  ctx.rect(left - 7, top - 7, width + 14, height + 14);
  ctx.clip();
  draw();
  ctx.restore();
}

const xOf = ({ scales }: Chart<'line'>, epoch: number): number => scales['x']?.getPixelForValue(epoch) ?? 0;
const yOf = ({ scales }: Chart<'line'>, loss: number): number => scales['y']?.getPixelForValue(loss) ?? 0;

function drawBehind(chart: Chart<'line'>, { view, theme: { palette }, series }: Marks): void {
  const { ctx, chartArea: { top, height, left, right } } = chart;
  const [run, ...more] = drawnRuns(view);
  const band = run && more.length === 0 ? patienceOf(run, { min: 0, max: Infinity }) : undefined;
  const line = series.find(({ kind }) => kind === 'training');
  if (!band || !line) return;
  const from = Math.max(left, xOf(chart, band.min));
  const to = Math.min(right, xOf(chart, band.max));
  ctx.fillStyle = hex(mix(palette.background, line.colour, 0.14));
  ctx.fillRect(from, top, Math.max(0, to - from), height);
  // Its end is a line: on black a tint is hardly seen.
  if (to < right) rule(ctx, to, top, top + height, hex(palette.muted), [1, 3]);
}

function drawInFront(chart: Chart<'line'>, marks: Marks): void {
  const { ctx, chartArea: { top, bottom } } = chart;
  const { view, series, look, theme: { palette }, cursor, weightsAt } = marks;
  for (const line of series) if (line.kind !== 'steps' && !line.raw) drawOdd(chart, line, look);
  const runs = drawnRuns(view);
  for (const run of runs) drawBest(chart, run, marks, runs.length === 1);
  if (weightsAt !== undefined) rule(ctx, xOf(chart, weightsAt), top, bottom, hex(palette.text), []);
  if (!cursor) return;
  rule(ctx, xOf(chart, cursor.epoch), top, bottom, hex(palette.muted), [2, 2]);
  ring(ctx, xOf(chart, cursor.epoch), yOf(chart, cursor.value), 6, hex(palette.text), hex(palette.background));
}

/** A triangle a pixel column, at the upper edge for NaN and infinity, at the lower for what has no logarithm. */
function drawOdd(chart: Chart<'line'>, { curve, colour }: Series, { logY }: Look): void {
  const { ctx, chartArea: { top, bottom, left, right } } = chart;
  const drawn = new Set<string>();
  ctx.fillStyle = hex(colour);
  for (const { x: epoch, oddity } of oddPoints(curve, logY)) {
    const x = Math.round(xOf(chart, epoch));
    const key = `${x} ${oddity === 'low' ? 'low' : 'high'}`;
    if (x < left - 5 || x > right + 5 || drawn.has(key)) continue;
    drawn.add(key);
    const [tip, base] = oddity === 'low' ? [bottom, bottom - 8] : [top, top + 8];
    ctx.beginPath();
    ctx.moveTo(x - 5, base);
    ctx.lineTo(x + 5, base);
    ctx.lineTo(x, tip);
    ctx.fill();
  }
}

/** Of a run alone with a line and in words; of several, a ring each. */
function drawBest(chart: Chart<'line'>, run: LossRun, { series, theme: { palette, font } }: Marks, alone: boolean): void {
  const { ctx, chartArea: { top, bottom, right } } = chart;
  const line = series.find((candidate) => candidate.run === run && candidate.kind === run.best?.of && !candidate.raw);
  if (!run.best || !line || run.epochs < 2) return;
  const x = xOf(chart, run.best.epoch);
  if (alone) {
    rule(ctx, x, top, bottom, hex(palette.muted), [2, 3]);
    const text = bestText(run.best);
    ctx.font = `${SIZE}px ${font}`;
    const isRight = x + 8 + ctx.measureText(text).width > right;
    ctx.fillStyle = hex(palette.muted);
    ctx.textAlign = isRight ? 'right' : 'left';
    ctx.fillText(text, x + (isRight ? -6 : 6), top + SIZE);
  }
  ring(ctx, x, yOf(chart, run.best.value), 5, hex(line.colour), hex(palette.background));
}

function drawNames(chart: Chart<'line'>, { view, series, theme: { font } }: Marks): void {
  const runs = drawnRuns(view);
  if (runs.length < 2) return;
  const { ctx, chartArea: { top, height, right } } = chart;
  const ends = runs.flatMap((run) => {
    const line = series.find((candidate) => candidate.run === run && candidate.kind === 'training' && !candidate.raw);
    const last = line?.curve.y.findLast((y) => Number.isFinite(y));
    return line && last !== undefined ? [{ text: nameOf(run), y: yOf(chart, last) - top, colour: hex(line.colour) }] : [];
  });
  ctx.save();
  ctx.font = `600 ${SIZE}px ${font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { text, at, colour } of spreadLabels(ends, SIZE + 2, height)) {
    ctx.fillStyle = colour;
    ctx.fillText(text, right + 8, top + at);
  }
  ctx.restore();
}

function rule(ctx: CanvasRenderingContext2D, x: number, top: number, bottom: number, colour: string, dash: number[]): void {
  ctx.save();
  ctx.setLineDash(dash);
  ctx.lineWidth = 1;
  ctx.strokeStyle = colour;
  ctx.beginPath();
  ctx.moveTo(Math.round(x) + 0.5, top);
  ctx.lineTo(Math.round(x) + 0.5, bottom);
  ctx.stroke();
  ctx.restore();
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string, fill: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colour;
  ctx.stroke();
}
