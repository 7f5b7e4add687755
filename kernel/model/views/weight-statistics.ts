/** Numbers about live weights. A place with no connection is not a weight and is not counted. */
export interface WeightStatistics {
  /** Of the finite live weights; all 0 when there is none. */
  readonly min: number;
  readonly max: number;
  /** Mean of |w|. */
  readonly meanSize: number;
  /** Live weights that are 0. */
  readonly zeros: number;
  /** Live weights that are NaN or infinite. */
  readonly notFinite: number;
}

export function weightStatistics(weights: Float32Array): WeightStatistics {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let zeros = 0;
  let notFinite = 0;
  for (const weight of weights) {
    if (!Number.isFinite(weight)) {
      notFinite++;
      continue;
    }
    if (weight === 0) zeros++;
    if (weight < min) min = weight;
    if (weight > max) max = weight;
    sum += Math.abs(weight);
  }
  const finite = weights.length - notFinite;
  if (finite === 0) return { min: 0, max: 0, meanSize: 0, zeros, notFinite };
  // Plus zero, because JSON has no other.
  return { min: min + 0, max: max + 0, meanSize: sum / finite, zeros, notFinite };
}

/** max |w| of the finite ones; 0 when there is none. */
export function largestSize(weights: Float32Array): number {
  let size = 0;
  for (const weight of weights) if (Number.isFinite(weight)) size = Math.max(size, Math.abs(weight));
  return size;
}

/**
 * The end of a colour scale that is symmetric about 0: the power of two at or above the largest size, so that it stays where it is while
 * weights train; 1 when all are 0. Source: the rounding of Hinton diagrams.
 */
export const steadyLimit = (largest: number): number => (largest > 0 && Number.isFinite(largest) ? 2 ** Math.ceil(Math.log2(largest) - 1e-9) : 1);

/** Of the finite live weights. */
export const symmetricLimit = ({ min, max }: WeightStatistics): number => steadyLimit(Math.max(Math.abs(min), Math.abs(max)));

export const HISTOGRAM_BINS = 41;

/** Finite live weights by value, in bins of equal width from −limit to limit; those beyond count in the last ones. */
export function histogramOf(weights: Float32Array, limit: number, bins = HISTOGRAM_BINS): Uint32Array {
  const counts = new Uint32Array(bins);
  for (const weight of weights) {
    if (!Number.isFinite(weight)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((weight + limit) / (2 * limit)) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
