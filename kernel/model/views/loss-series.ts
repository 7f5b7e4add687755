/** The lines of a loss chart: what the live chart and the static picture both draw. */
import { mix, type Rgb } from './colour.js';
import type { Curve, LossRun, LossView } from './loss-view.js';
import type { Palette } from './palette.js';
import { niceStep } from './ticks.js';

export interface Series {
  readonly run: LossRun;
  /** Hue is the run; training is solid, validation dashed with round points, steps a pale trace behind. */
  readonly kind: 'steps' | 'training' | 'validation';
  readonly label: string;
  readonly colour: Rgb;
  readonly curve: Curve;
}

export function lossSeries({ runs }: LossView, palette: Palette): readonly Series[] {
  const lines = runs.flatMap((run, at): Series[] => {
    const colour = palette.runs[at % palette.runs.length] ?? palette.text;
    const label = (what: string): string => (runs.length > 1 ? `${run.name}: ${what}` : what);
    return [
      ...(run.steps ? [{ run, kind: 'steps' as const, label: label('training, each step'), colour: mix(palette.background, colour, TRACE[palette.kind]), curve: run.steps }] : []),
      { run, kind: 'training', label: label('training'), colour, curve: run.training },
      ...(run.validation ? [{ run, kind: 'validation' as const, label: label('validation'), colour: validationColour(colour, runs.length, palette), curve: run.validation }] : []),
    ];
  });
  // Pale traces first, so that no curve is hidden by one.
  return [...lines.filter(({ kind }) => kind === 'steps'), ...lines.filter(({ kind }) => kind !== 'steps')];
}

/** How much of a run's colour its pale trace has: 3:1 against the background in high contrast. */
const TRACE: Readonly<Record<Palette['kind'], number>> = { light: 0.4, dark: 0.5, 'high-contrast-dark': 0.65, 'high-contrast-light': 0.75 };

/** A lone run has the second hue to spare; of several runs each keeps its one hue. */
const validationColour = (colour: Rgb, runs: number, palette: Palette): Rgb => (runs > 1 ? colour : (palette.runs[1] ?? colour));

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Epochs from 0 to the last that is or will be drawn. */
export function epochRange({ runs }: LossView): Range {
  const ends = runs.map((run) => Math.max(run.running ? (run.totalEpochs ?? 0) : 0, run.epochs, run.steps?.x.at(-1) ?? 0));
  return { min: 0, max: Math.max(1, ...ends) };
}

/** Losses of whole epochs decide the range, single steps only before there are two: an outlying first step would flatten the rest. */
export function lossRange(view: LossView): Range {
  const epochs = view.runs.flatMap(({ training, validation }) => [training, ...(validation ? [validation] : [])]);
  const enough = epochs.some(({ y }) => y.length >= 2);
  const curves = enough ? epochs : [...epochs, ...view.runs.flatMap(({ steps }) => steps ?? [])];
  let min = Infinity;
  let max = -Infinity;
  for (const { y } of curves) {
    for (const value of y) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min > max) return { min: 0, max: 1 };
  if (min === max) return min === 0 ? { min: 0, max: 1 } : { min: Math.min(0, 2 * min), max: Math.max(0, 2 * max) };
  // Losses are read against 0 where 0 is near.
  const low = min > 0 && min < max / 3 ? 0 : min;
  const step = niceStep((max - low) / 5);
  return { min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(max / step - 1e-9) * step };
}
