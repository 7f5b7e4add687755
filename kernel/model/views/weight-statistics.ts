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

/** The end of a colour scale that is symmetric about 0: max |w| of the finite live weights, 1 when all are 0. */
export const symmetricLimit = ({ min, max }: WeightStatistics): number => Math.max(Math.abs(min), Math.abs(max)) || 1;
