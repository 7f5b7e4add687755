import { checkOptions } from '../argument-error.js';
import type { Mask } from '../mask/mask.js';
import { exchanged, marked, missingCount, randomMissing, smallest } from './choose.js';
import { readFraction, readNewWeights, readTiming, Rewiring } from './rewiring.js';
import { leftAt } from './schedules.js';

export interface RiglOptions {
  /** Share of the connections that is exchanged at first; default 0.3. */
  fraction?: number;
  /** Optimizer steps between exchanges; default 100. */
  every?: number;
  begin?: number;
  /** The step at which the share, falling as half a cosine, has come to 0. Without it, it stays. */
  end?: number;
  seed?: number;
  /** What new connections start with; default `zero`, as in the paper. */
  newWeights?: 'zero' | 'init';
}

/** So many missing connections are all measured; of more, a random sample of this size, or of 4 a connection that comes. */
const MEASURED = 2 ** 20;

/**
 * RigL (Evci et al. 2020, "Rigging the lottery"): the connections closest to 0 go, as many come where the gradient is largest. The
 * number of connections stays. Gradients are those of the step after which the exchange happens.
 */
export function rigl(options: RiglOptions = {}): Rewiring {
  const name = 'rewire.rigl';
  checkOptions(name, options, ['fraction', 'every', 'begin', 'end', 'seed', 'newWeights']);
  const fraction = readFraction(`${name}: fraction`, options.fraction ?? 0.3);
  const timing = readTiming(name, options);
  const countAt = (mask: Mask, step: number | undefined): number => {
    const share = step === undefined ? fraction : fraction * leftAt('cosine', step, timing.begin, timing.end);
    return Math.min(Math.round(share * mask.nnz), missingCount(mask.data));
  };
  return new Rewiring({
    name,
    timing,
    newWeights: readNewWeights(name, options.newWeights),
    candidates: ({ mask }, step, random) => {
      const missing = missingCount(mask.data);
      const size = Math.max(MEASURED, 4 * countAt(mask, step));
      return missing <= size ? mask.not() : randomMissing(mask, size, random);
    },
    next: ({ layer: { mask }, layer, step, gradients, candidates }) => {
      const count = countAt(mask, step);
      if (count === 0 || !gradients || !candidates) return mask;
      // The largest come: those whose negative is smallest. NaN comes last.
      const steepness = gradients.map((gradient) => -Math.abs(gradient));
      return exchanged(mask, smallest(layer.liveWeights().map(Math.abs), count), marked(candidates, smallest(steepness, count)));
    },
  }, options.seed);
}
