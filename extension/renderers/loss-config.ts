/** Loss curves as Chart.js wants them. */
import type { ChartDataset, ChartOptions } from 'chart.js';
import { hex, mix } from '../../kernel/model/views/colour.js';
import { decimate } from '../../kernel/model/views/decimate.js';
import { formatNumber } from '../../kernel/model/views/format.js';
import { epochRange, lossRange, lossSeries, type Series } from '../../kernel/model/views/loss-series.js';
import type { LossRun, LossView } from '../../kernel/model/views/loss-view.js';
import type { Palette } from '../../kernel/model/views/palette.js';
import type { Theme } from './theme.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Dataset = ChartDataset<'line', Point[]>;

/** @param pixels width of the chart: a curve gets at most four points for each two of them */
export function lossDatasets(view: LossView, palette: Palette, pixels: number): Dataset[] {
  const series = lossSeries(view, palette);
  const best = view.runs.flatMap((run) => bestPoint(run, series, palette));
  // Chart.js draws the first dataset last, on top.
  return [...best, ...series.map((line) => dataset(line, pixels)).reverse()];
}

function dataset({ kind, label, colour, curve }: Series, pixels: number): Dataset {
  const { x, y } = decimate(curve, Math.max(50, Math.floor(pixels / 2)));
  const few = x.length <= 40 && kind !== 'steps';
  return {
    label,
    data: Array.from(x, (epoch, at) => ({ x: epoch, y: y[at] ?? 0 })),
    borderColor: hex(colour),
    backgroundColor: hex(colour),
    borderWidth: kind === 'steps' ? 1 : 2,
    borderDash: kind === 'validation' ? [6, 4] : [],
    pointRadius: x.length === 1 || (few && kind === 'validation') ? 2.5 : 0,
    pointHoverRadius: kind === 'steps' ? 0 : 4,
    // A point at the edge is not cut in half.
    clip: 6,
    // The pale trace answers no pointer: its curve does.
    pointHitRadius: kind === 'steps' ? 0 : 4,
  };
}

function bestPoint(run: LossRun, series: readonly Series[], palette: Palette): Dataset[] {
  const line = series.find((candidate) => candidate.run === run && candidate.kind === 'validation');
  if (!line || run.best?.of !== 'validation') return [];
  return [
    {
      label: BEST_LABEL,
      data: [{ x: run.best.epoch, y: run.best.value }],
      borderColor: hex(line.colour),
      backgroundColor: hex(palette.background),
      borderWidth: 2,
      pointRadius: 5,
      pointHoverRadius: 5,
      showLine: false,
    },
  ];
}

export const BEST_LABEL = 'best validation';

/** No animation, no parsing, no decimation of Chart.js's own: it loses appended points (chartjs/Chart.js#11929). */
export function lossOptions(view: LossView, { palette, font }: Theme): ChartOptions<'line'> {
  const line = hex(mix(palette.background, palette.text, palette.kind.startsWith('high-contrast') ? 0.45 : 0.14));
  const text = hex(palette.muted);
  const ticks = { color: text, font: { family: font, size: 11 } };
  const epochs = epochRange(view);
  const losses = lossRange(view);
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'linear',
        min: epochs.min,
        max: epochs.max,
        grid: { display: false },
        border: { color: hex(palette.border) },
        title: { display: true, text: 'epoch', color: text, align: 'end', font: ticks.font },
        ticks: { ...ticks, precision: 0, maxRotation: 0 },
      },
      y: { type: 'linear', min: losses.min, max: losses.max, grid: { color: line }, border: { display: false }, ticks: { ...ticks, callback: (value) => formatNumber(Number(value)) } },
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
        filter: ({ dataset: { label = '' } }) => label !== BEST_LABEL && !label.endsWith('each step'),
        callbacks: {
          title: ([item]) => `epoch ${formatNumber(item?.parsed.x ?? 0)}`,
          label: ({ dataset: { label = '' }, parsed }) => `${label}: ${formatNumber(parsed.y ?? NaN)}`,
        },
      },
    },
  };
}
