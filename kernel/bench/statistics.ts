/** Median and spread of a series of times. */
export interface Summary {
  readonly median: number;
  /** The middle half of the values lies between these. */
  readonly quartiles: readonly [number, number];
  readonly samples: number;
}

/** Linear between the two nearest ranks, as in NumPy's default. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error('a summary needs at least one value');
  return below + (above - below) * (at - Math.floor(at));
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)], samples: sorted.length };
}
