/** A histogram of degrees: whole numbers in bins of equal width. */

/** Units with a degree from `from` to `to`, both included. */
export interface DegreeBin {
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

const MAX_BINS = 12;

/** One bin a degree while they are few; else at most 12 of equal width, from the lowest degree on. */
export function degreeBins(degrees: Uint32Array): DegreeBin[] {
  if (degrees.length === 0) return [];
  let min = Infinity;
  let max = 0;
  for (const degree of degrees) {
    min = Math.min(min, degree);
    max = Math.max(max, degree);
  }
  const width = Math.ceil((max - min + 1) / MAX_BINS);
  const counts = new Array<number>(Math.ceil((max - min + 1) / width)).fill(0);
  for (const degree of degrees) {
    const bin = Math.floor((degree - min) / width);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((units, bin) => ({ from: min + bin * width, to: Math.min(max, min + (bin + 1) * width - 1), units }));
}
