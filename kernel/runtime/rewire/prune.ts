import { ArgumentError, checkOptions } from '../argument-error.js';
import type { MaskedLayer } from '../layers/masked-layer.js';
import { exchanged, scoresOf, smallest } from './choose.js';
import { readFraction, readTiming, Rewiring } from './rewiring.js';
import { checkSchedule, leftAt, type ScheduleName } from './schedules.js';

export interface PruneOptions {
  /** How the density goes from the first to the final one; default `polynomial` (Zhu & Gupta 2017). `constant`: all at `begin`. */
  schedule?: ScheduleName;
  /** Connections per possible connection, 0 to 1, that are left at `end`. */
  finalDensity: number;
  /**
   * Density that the schedule starts with; default: the layer's when it is first met. Met in the middle of the schedule, as after
   * loading, the density of then tells, to within the rounding of one connection; give it for exact numbers.
   */
  initialDensity?: number;
  /** First and last optimizer step, and steps between; defaults 0, none (needed unless constant) and 100. */
  begin?: number;
  end?: number;
  every?: number;
  /** Which connections go first: those of the smallest |weight| (the default), any, or those of the smallest score. */
  by?: 'magnitude' | 'random' | ((weight: number, input: number, output: number) => number);
  /** For `random`. */
  seed?: number;
}

/** Pruning: connections go, and none comes back. */
export function prune(options: PruneOptions): Rewiring {
  const name = 'rewire.prune';
  checkOptions(name, options, ['schedule', 'finalDensity', 'initialDensity', 'begin', 'end', 'every', 'by', 'seed']);
  const { by = 'magnitude' } = options;
  if (by !== 'magnitude' && by !== 'random' && typeof by !== 'function') throw new ArgumentError(`${name}: by`, by, `'magnitude', 'random' or a function (weight, input, output) => score`);
  const schedule = checkSchedule(`${name}: schedule`, options.schedule ?? 'polynomial');
  const final = readFraction(`${name}: finalDensity`, options.finalDensity);
  const given = options.initialDensity === undefined ? undefined : readFraction(`${name}: initialDensity`, options.initialDensity);
  if (schedule !== 'constant' && options.end === undefined) throw new ArgumentError(`${name}: end`, undefined, 'the optimizer step at which finalDensity is reached', `Schedule 'constant' needs none.`);
  const timing = readTiming(name, options);
  const initials = new WeakMap<MaskedLayer, number>();

  /** Solves the schedule for its start, from the density that its last turn before `step` left. */
  const initialOf = (layer: MaskedLayer, step: number): number => {
    const known = given ?? initials.get(layer);
    if (known !== undefined) return known;
    const previous = step - 1 < timing.begin ? timing.begin : step - 1 - ((step - 1 - timing.begin) % timing.every);
    const left = leftAt(schedule, previous, timing.begin, timing.end);
    const initial = previous > timing.begin && left > 0 ? Math.min(1, final + (layer.mask.density - final) / left) : layer.mask.density;
    initials.set(layer, initial);
    return initial;
  };

  return new Rewiring({
    name,
    timing,
    newWeights: 'zero',
    next: ({ layer, step, random }) => {
      const { mask } = layer;
      const density = step === undefined ? final : final + (initialOf(layer, step) - final) * leftAt(schedule, step, timing.begin, timing.end);
      const surplus = mask.nnz - Math.round(density * mask.inputs * mask.outputs);
      if (surplus <= 0) return mask;
      const score = by === 'magnitude' ? Math.abs : by === 'random' ? () => random.uniform() : by;
      const scores = scoresOf(mask, layer.liveWeights(), score);
      const bad = scores.findIndex((value) => typeof value !== 'number' || Number.isNaN(value));
      if (bad >= 0 && typeof by === 'function') throw new ArgumentError(`${name}: by(…) of connection ${bad}`, scores[bad], 'a number: the smallest go first');
      return exchanged(mask, smallest(scores, surplus), null);
    },
  }, options.seed);
}
