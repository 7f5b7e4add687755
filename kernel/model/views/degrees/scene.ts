/** Two histograms of degrees, in pixels: one description for the page and for the static picture. */
import { contrast, hex, mix } from '../colour.js';
import { formatCount } from '../format.js';
import type { Label, Measure } from '../matrix-scene.js';
import { isHighContrast, type Palette } from '../palette.js';
import { niceTicks } from '../ticks.js';
import { binDegrees, expectedUnits, type Bin } from './bins.js';
import type { DegreesView, Side } from './degrees-view.js';

export type SideKind = 'in' | 'out';

export interface Bar {
  readonly kind: SideKind;
  readonly bin: Bin;
  /** Of a random mask; undefined where no curve is drawn. */
  readonly expected: number | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  /** Degree 0. */
  readonly isWarning: boolean;
}

export interface DegreesScene {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  /** SVG path data: expected curves, grid lines, axes. */
  readonly curves: readonly string[];
  readonly curveColour: string;
  readonly grid: string;
  readonly axes: string;
  readonly labels: readonly Label[];
}

const FONT = 11;
const PLOT = 170;
const GAP = 34;
/** Two plots side by side need so much room each. */
const MIN_PLOT = 250;

export function degreesScene(view: DegreesView, palette: Palette, room: number, measure: Measure, withExpected = true): DegreesScene {
  const beside = room >= 2 * MIN_PLOT + GAP;
  const width = beside ? (room - GAP) / 2 : room;
  const density = view.nnz / Math.max(1, view.inputs * view.outputs);
  const showExpected = withExpected && density > 0 && density < 1;
  const parts = (['in', 'out'] as const).map((kind, at) =>
    plot(kind, kind === 'in' ? view.inSide : view.outSide, palette, measure, { x: beside ? at * (width + GAP) : 0, y: beside ? 0 : at * (PLOT + 66), width }, showExpected ? density : undefined),
  );
  return {
    width: Math.ceil(room),
    height: Math.ceil(beside ? PLOT + 60 : 2 * (PLOT + 66)),
    bars: parts.flatMap(({ bars }) => bars),
    curves: parts.flatMap(({ curve }) => (curve ? [curve] : [])),
    curveColour: hex(palette.text),
    grid: parts.map(({ grid }) => grid).join(''),
    axes: parts.map(({ axes }) => axes).join(''),
    labels: parts.flatMap(({ labels }) => labels),
  };
}

/** A bar's fill, seen on the background of every theme. */
export const barColours = (palette: Palette): { readonly bar: string; readonly warning: string } => ({
  // The curve runs over the bars: in high contrast they are not of its colour.
  bar: hex(isHighContrast(palette) ? palette.hatch : palette.connected),
  warning: hex(palette.runs[1] ?? palette.text),
});

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function plot(kind: SideKind, side: Side, palette: Palette, measure: Measure, place: Place, density: number | undefined) {
  const bins = binDegrees(side);
  const expected = density === undefined ? undefined : expectedUnits(side, density, bins);
  const tallest = Math.max(1, ...bins.map(({ units }) => units), ...(expected ?? []));
  const ticks = niceTicks(0, tallest, 5).filter(Number.isInteger);
  const left = place.x + 12 + Math.max(...ticks.map((tick) => measure(formatCount(tick), FONT)));
  const top = place.y + 24;
  const width = place.x + place.width - left - 4;
  const height = PLOT;
  const low = bins[0]?.first ?? 0;
  const high = Math.max(low, bins.at(-1)?.last ?? 0);
  const step = width / (high - low + 1);
  const x = (degree: number): number => left + (degree - low) * step;
  const y = (units: number): number => top + height * (1 - units / tallest);
  const { bar, warning } = barColours(palette);
  const inset = Math.min(2, step * 0.1);
  const bars = bins.map((bin, at): Bar => ({
    kind,
    bin,
    expected: expected?.[at],
    x: x(bin.first) + inset,
    y: y(bin.units),
    width: Math.max(1, (bin.last - bin.first + 1) * step - 2 * inset),
    height: top + height - y(bin.units),
    fill: bin.first === 0 ? warning : bar,
    isWarning: bin.first === 0,
  }));
  const muted = { size: FONT, colour: hex(palette.muted) };
  const [unit, other] = kind === 'in' ? ['outputs', 'inputs per output'] : ['inputs', 'outputs per input'];
  const degreeTicks = niceTicks(low, high, Math.max(2, Math.floor(width / 46))).filter(Number.isInteger);
  const middle = (degree: number): number => x(degree) + step / 2;
  const points = expected?.map((units, at) => {
    const bin = bins[at];
    return bin ? `${round(x(bin.first) + ((bin.last - bin.first + 1) * step) / 2)} ${round(y(units))}` : '';
  });
  return {
    bars,
    curve: points && points.length > 0 ? `M${points.join('L')}${points.length === 1 ? 'h0.1' : ''}` : undefined,
    grid: ticks.map((tick) => `M${round(left)} ${round(y(tick))}h${round(width)}`).join(''),
    axes: `M${round(left)} ${round(top + height)}h${round(width)}`,
    labels: [
      { text: `Number of ${unit} by ${other}`, x: place.x, y: place.y + 12, anchor: 'start', size: FONT + 1, colour: hex(palette.text) },
      ...ticks.map((tick): Label => ({ text: formatCount(tick), x: left - 6, y: y(tick) + 4, anchor: 'end', ...muted })),
      ...degreeTicks.map((degree): Label => ({ text: formatCount(degree), x: middle(degree), y: top + height + 15, anchor: 'middle', ...muted })),
      { text: other, x: left + width, y: top + height + 29, anchor: 'end', ...muted },
    ] satisfies Label[],
  };
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Grid lines: seen, and quieter than what they carry. */
export const gridColour = (palette: Palette): string => {
  const soft = mix(palette.background, palette.text, 0.16);
  return hex(contrast(soft, palette.background) < 1.1 ? palette.border : soft);
};
