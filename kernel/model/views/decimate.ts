/** Fewer points for the same curve on screen. */
import { lowerBound } from './lower-bound.js';

export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Window {
  readonly from: number;
  readonly to: number;
  /** Buckets are equal on a logarithmic axis of x, so that each is as wide as a pixel there. */
  readonly log?: boolean;
}

/**
 * Keeps the first, lowest, highest and last point of each of `buckets` ranges of x, in order: every spike stays, as long as a
 * bucket is not wider than a pixel (M4: Jugel et al., VLDB 2014). Of points that are not finite (as float32, the form they are sent
 * in) a bucket keeps one of each kind. x ascends.
 *
 * @param window only what is seen, and one point on either side of it, so that lines reach the edges; default all
 */
export function decimate(points: Points, buckets: number, window?: Window): Points {
  const { x, y } = points;
  const begin = window ? Math.max(0, lowerBound(x, window.from) - 1) : 0;
  const end = window ? Math.min(x.length, upperBound(x, window.to) + 1) : x.length;
  if (end - begin <= 4 * buckets) return begin === 0 && end === x.length ? points : { x: x.slice(begin, end), y: y.slice(begin, end) };
  const place = placement(window ?? { from: x[begin] ?? 0, to: x[end - 1] ?? 0 }, buckets);
  const kept: number[] = [];
  let bucket = new Bucket();
  let number = -1;
  for (let at = begin; at < end; at++) {
    const of = place(x[at] ?? 0);
    if (of !== number) {
      bucket.empty(kept);
      bucket = new Bucket();
      number = of;
    }
    bucket.add(at, Math.fround(y[at] ?? NaN));
  }
  bucket.empty(kept);
  return { x: Float64Array.from(kept, (index) => x[index] ?? 0), y: Float64Array.from(kept, (index) => y[index] ?? 0) };
}

/** Which bucket an x lies in; what lies before or after the window is in a bucket of its own. */
function placement({ from, to, log = false }: Window, buckets: number): (x: number) => number {
  const scale = log ? (x: number): number => Math.log(Math.max(x, Number.MIN_VALUE)) : (x: number): number => x;
  const start = scale(from);
  const width = (scale(to) - start) / buckets || 1;
  return (x) => (x < from ? -1 : x > to ? buckets : Math.min(buckets - 1, Math.floor((scale(x) - start) / width)));
}

class Bucket {
  #first = -1;
  #last = -1;
  #low = -1;
  #high = -1;
  #lowest = Infinity;
  #highest = -Infinity;
  readonly #odd = new Map<number, number>();

  add(at: number, y: number): void {
    if (!Number.isFinite(y)) {
      if (!this.#odd.has(y)) this.#odd.set(y, at);
      return;
    }
    if (this.#first < 0) this.#first = at;
    this.#last = at;
    if (y < this.#lowest) [this.#lowest, this.#low] = [y, at];
    if (y > this.#highest) [this.#highest, this.#high] = [y, at];
  }

  empty(into: number[]): void {
    const all = [this.#first, this.#low, this.#high, this.#last, ...this.#odd.values()].filter((at) => at >= 0).sort((a, b) => a - b);
    all.forEach((at, k) => at !== all[k - 1] && into.push(at));
  }
}

const upperBound = (x: Float64Array, value: number): number => {
  let at = lowerBound(x, value);
  while (at < x.length && (x[at] ?? 0) <= value) at++;
  return at;
};
