/** Loss curves as Chart.js wants them. */
import type { ChartDataset, ChartOptions } from 'chart.js';
import { hex, mix } from '../../../kernel/model/views/colour.js';
import { decimate } from '../../../kernel/model/views/decimate.js';
import { formatNumber } from '../../../kernel/model/views/format.js';
import { PLAIN_LOOK, type Look } from '../../../kernel/model/views/loss/look.js';
import { oddityOf } from '../../../kernel/model/views/loss/odd-points.js';
import { epochRange, lossRange, type Range } from '../../../kernel/model/views/loss/ranges.js';
import type { Series } from '../../../kernel/model/views/loss-series.js';
import type { LossView } from '../../../kernel/model/views/loss-view.js';
import type { Theme } from '../theme.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Dataset = ChartDataset<'line', Point[]>;

/** What is seen: epochs, losses. */
export interface Seen {
  readonly x: Range;
  readonly y: Range;
}

export const seenOf = (view: LossView, look: Look): Seen => ({ x: look.epochs ?? epochRange(view, look.logX), y: lossRange(view, look) });

/** @param pixels width of the chart: a curve gets at most a few points for each of them, of the window that is seen */
export function lossDatasets(series: readonly Series[], { x }: Seen, pixels: number, look: Look = PLAIN_LOOK): Dataset[] {
  // Chart.js draws the first dataset last, on top.
  return series.map((line) => dataset(line, x, pixels, look)).reverse();
}

/** A chart needs no more columns than this: twice as many lines as there are pixels are one grey band. */
const columnsOf = (pixels: number): number => Math.max(50, Math.floor(pixels));

function dataset({ kind, raw, label, colour, curve }: Series, { min, max }: Range, pixels: number, { logX, logY }: Look): Dataset {
  const { x, y } = decimate(curve, columnsOf(pixels), { from: min, to: max, log: logX });
  const value = (at: number): number => (oddityOf(y[at] ?? NaN, logY) ? NaN : (y[at] ?? NaN));
  // Markers tell a dashed line from another without its colour: of many points, about twenty.
  const every = kind === 'validation' && !raw ? Math.ceil(x.length / 20) : 0;
  return {
    label,
    data: Array.from(x, (epoch, at) => ({ x: epoch, y: value(at) })),
    borderColor: hex(colour),
    backgroundColor: hex(colour),
    borderWidth: kind === 'steps' || raw ? 1 : 2,
    borderDash: kind === 'validation' ? [6, 4] : [],
    pointRadius: x.length === 1 ? 2.5 : every === 0 ? 0 : ({ dataIndex }) => (dataIndex % every === 0 || dataIndex === x.length - 1 ? 2.5 : 0),
    pointHoverRadius: kind === 'steps' || raw ? 0 : 4,
    // A point at the edge is not cut in half.
    clip: 6,
    // The pale trace answers no pointer: its curve does.
    pointHitRadius: kind === 'steps' || raw ? 0 : 4,
  };
}

const ROUND = new Set([1, 2, 3, 5]);

/** No animation, no parsing, no decimation of Chart.js's own: it loses appended points (chartjs/Chart.js#11929). */
export function lossOptions({ x, y }: Seen, { palette, font }: Theme, look: Look = PLAIN_LOOK, rightMargin = 0): ChartOptions<'line'> {
  const line = hex(mix(palette.background, palette.text, palette.kind.startsWith('high-contrast') ? 0.45 : 0.14));
  const text = hex(palette.muted);
  const ticks = { color: text, font: { family: font, size: 11 } };
  const label = (value: string | number): string => formatNumber(Number(value));
  // A logarithmic axis of Chart.js has its ends as ticks, whatever numbers they are.
  const roundLabel = (value: string | number): string => (ROUND.has(Number(Number(value).toExponential(6).split('e')[0])) ? label(value) : '');
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    layout: { padding: { right: rightMargin } },
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: {
        type: look.logX ? 'logarithmic' : 'linear',
        min: x.min,
        max: x.max,
        grid: { display: false },
        border: { color: hex(palette.border) },
        title: { display: true, text: look.logX ? 'epoch (log)' : 'epoch', color: text, align: 'end', font: ticks.font },
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12, ...(look.logX ? { callback: roundLabel } : {}) },
      },
      y: {
        type: look.logY ? 'logarithmic' : 'linear',
        min: y.min,
        max: y.max,
        grid: { color: line },
        border: { display: false },
        title: { display: look.logY, text: 'loss (log)', color: text, align: 'end', font: ticks.font },
        ticks: { ...ticks, callback: look.logY ? roundLabel : label, ...(look.logY ? { autoSkipPadding: 10 } : {}) },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: hex(palette.background),
        titleColor: hex(palette.text),
        bodyColor: hex(palette.text),
        borderColor: hex(palette.border),
        borderWidth: 1,
        titleFont: ticks.font,
        bodyFont: ticks.font,
        filter: ({ dataset: { pointHitRadius } }) => pointHitRadius !== 0,
        callbacks: {
          title: ([item]) => `epoch ${formatNumber(item?.parsed.x ?? 0)}`,
          label: ({ dataset: { label: name = '' }, parsed }) => `${name}: ${formatNumber(parsed.y ?? NaN)}`,
        },
      },
    },
  };
}
