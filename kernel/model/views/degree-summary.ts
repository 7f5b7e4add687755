/** How connections are spread over units: the numbers that a sentence and a caption state. */
import { inDegree, outDegree, type MaskData } from '../mask-data.js';

export interface Spread {
  readonly min: number;
  /** The lower of the two middle values for an even count, so it is a degree that occurs. */
  readonly median: number;
  readonly max: number;
}

/** Units without any connection: how many, and the first few of their indices. */
export interface Orphans {
  readonly count: number;
  readonly first: readonly number[];
}

export interface DegreeSummary {
  /** Connections per output. */
  readonly inDegree: Spread;
  /** Connections per input. */
  readonly outDegree: Spread;
  readonly unusedInputs: Orphans;
  readonly unconnectedOutputs: Orphans;
}

/** No more indices than a reader takes in. */
export const MAX_NAMED_ORPHANS = 8;

export function summariseDegrees(mask: MaskData): DegreeSummary {
  const into = inDegree(mask);
  const out = outDegree(mask);
  return { inDegree: spread(into), outDegree: spread(out), unusedInputs: orphans(out), unconnectedOutputs: orphans(into) };
}

function spread(degrees: Uint32Array): Spread {
  const sorted = degrees.slice().sort();
  const at = (index: number): number => sorted[index] ?? 0;
  return { min: at(0), median: at(Math.floor((sorted.length - 1) / 2)), max: at(sorted.length - 1) };
}

function orphans(degrees: Uint32Array): Orphans {
  const first: number[] = [];
  let count = 0;
  degrees.forEach((degree, unit) => {
    if (degree > 0) return;
    count++;
    if (first.length < MAX_NAMED_ORPHANS) first.push(unit);
  });
  return { count, first };
}
