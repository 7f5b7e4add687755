import { checkOptions } from '../argument-error.js';
import { exchanged, missingCount, randomMissing, smallest } from './choose.js';
import { readFraction, readNewWeights, readTiming, Rewiring } from './rewiring.js';

export interface SetOptions {
  /** Share of the connections that is exchanged at a time; default 0.3. */
  fraction?: number;
  /** Optimizer steps between exchanges, and the first and last one; defaults 100, 0 and none. */
  every?: number;
  begin?: number;
  end?: number;
  seed?: number;
  /** What new connections start with; default `zero`. */
  newWeights?: 'zero' | 'init';
}

/**
 * Sparse evolutionary training (Mocanu et al. 2018): the connections closest to 0 go, as many others come at random. The number of
 * connections stays; one that goes does not come back at once.
 */
export function set(options: SetOptions = {}): Rewiring {
  const name = 'rewire.set';
  checkOptions(name, options, ['fraction', 'every', 'begin', 'end', 'seed', 'newWeights']);
  const fraction = readFraction(`${name}: fraction`, options.fraction ?? 0.3);
  return new Rewiring({
    name,
    timing: readTiming(name, options),
    newWeights: readNewWeights(name, options.newWeights),
    next: ({ layer: { mask }, layer, random }) => {
      const count = Math.min(Math.round(fraction * mask.nnz), missingCount(mask.data));
      if (count === 0) return mask;
      return exchanged(mask, smallest(layer.liveWeights().map(Math.abs), count), randomMissing(mask, count, random));
    },
  }, options.seed);
}
