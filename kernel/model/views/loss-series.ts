/** The lines of a loss chart: what the live chart and the static picture both draw. */
import { mix, type Rgb } from './colour.js';
import { smooth } from './loss/smooth.js';
import { MAX_DRAWN, type Curve, type LossRun, type LossView } from './loss-view.js';
import type { Palette } from './palette.js';

export { epochRange, lossRange, type Range } from './loss/ranges.js';

export interface Series {
  readonly run: LossRun;
  /** Hue is the run; training is solid, validation dashed with round points, steps a pale trace behind. */
  readonly kind: 'steps' | 'training' | 'validation';
  /** The raw curve behind a smoothed one. */
  readonly raw?: true;
  readonly label: string;
  readonly colour: Rgb;
  readonly curve: Curve;
}

/** Those that are drawn: the first six. */
export const drawnRuns = ({ runs }: LossView): readonly LossRun[] => runs.slice(0, MAX_DRAWN);

/** Pale traces first, so that no curve is hidden by one. @param smoothing see `smooth` */
export function lossSeries(view: LossView, palette: Palette, smoothing = 0): readonly Series[] {
  const runs = drawnRuns(view);
  const colours = runColours(runs, palette);
  const lines = runs.flatMap((run, at): Series[] => {
    const colour = colours[at] ?? palette.text;
    const label = (what: string): string => (runs.length > 1 ? `${run.name}: ${what}` : what);
    const line = (kind: Series['kind'], what: string, hue: Rgb, curve: Curve | undefined): Series[] => {
      if (!curve) return [];
      const own: Series = { run, kind, label: label(what), colour: hue, curve };
      if (smoothing <= 0) return [own];
      const behind: Series = { ...own, raw: true, colour: mix(palette.background, hue, GHOST[palette.kind]) };
      return [behind, { ...own, label: `${own.label}, smoothed ${smoothing}`, curve: { x: curve.x, y: smooth(curve.y, smoothing) } }];
    };
    return [
      ...line('steps', 'training, each step', mix(palette.background, colour, TRACE[palette.kind]), run.steps),
      ...line('training', 'training', colour, run.training),
      ...line('validation', 'validation', mix(colour, palette.text, 0.3), run.validation),
    ];
  });
  return [...lines].sort((a, b) => depth(a) - depth(b));
}

const depth = ({ raw, kind }: Series): number => (raw ? 0 : kind === 'steps' ? 1 : 2);

/** How much of a run's colour its pale trace has: 3:1 against the background in high contrast. */
const TRACE: Readonly<Record<Palette['kind'], number>> = { light: 0.4, dark: 0.5, 'high-contrast-dark': 0.65, 'high-contrast-light': 0.75 };
/** The raw curve behind a smoothed one is there and out of the way. */
const GHOST: Readonly<Record<Palette['kind'], number>> = { light: 0.25, dark: 0.3, 'high-contrast-dark': 0.5, 'high-contrast-light': 0.5 };

/** A run has its own hue in every chart; of two runs with the same one, the later takes the next that is free. */
export function runColours(runs: readonly LossRun[], { runs: hues, text }: Pick<Palette, 'runs' | 'text'>): readonly Rgb[] {
  const taken = new Set<number>();
  return runs.map(({ hue }, at) => {
    let chosen = (hue ?? at) % hues.length;
    for (let tries = 0; taken.has(chosen) && tries < hues.length; tries++) chosen = (chosen + 1) % hues.length;
    taken.add(chosen);
    return hues[chosen] ?? text;
  });
}
