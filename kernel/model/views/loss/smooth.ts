/** Smoothing of a curve. */

/** A weight of 0 leaves the curve as it is. */
export const MAX_SMOOTHING = 0.999;

/**
 * An exponential moving average, corrected for its start (Kingma & Ba 2015, section 3, "initialization bias"): the first value is
 * the first loss and no later one leans towards 0. Values that are not finite stay what they are and weigh nothing.
 *
 * @param weight 0 to MAX_SMOOTHING: how much of the average so far stays at each point
 */
export function smooth(y: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return y;
  const smoothed = new Float64Array(y.length);
  let sum = 0;
  let total = 0;
  for (let at = 0; at < y.length; at++) {
    const value = y[at] ?? NaN;
    if (!Number.isFinite(value)) {
      smoothed[at] = value;
      continue;
    }
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    smoothed[at] = sum / total;
  }
  return smoothed;
}
