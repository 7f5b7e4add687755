/** Fewer points for the same curve on screen. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Keeps the first, lowest, highest and last point of each of `buckets` equal ranges of x, in order: every spike stays, as long as
 * a bucket is not wider than a pixel. Points that are not finite (as float32: the form they are sent in) are left out. x ascends.
 */
export function decimate(points: Points, buckets: number): Points {
  const { x, y } = points;
  const n = x.length;
  const finite: number[] = [];
  for (let at = 0; at < n; at++) if (Number.isFinite(Math.fround(y[at] ?? NaN))) finite.push(at);
  if (finite.length <= 4 * buckets) return pick(points, finite);
  const start = x[finite[0] ?? 0] ?? 0;
  const width = ((x[finite.at(-1) ?? 0] ?? 0) - start) / buckets || 1;
  const kept: number[] = [];
  let bucket: number[] = [];
  let number = 0;
  for (const at of finite) {
    const of = Math.min(buckets - 1, Math.floor(((x[at] ?? 0) - start) / width));
    if (of !== number) {
      kept.push(...extremes(bucket, y));
      bucket = [];
      number = of;
    }
    bucket.push(at);
  }
  kept.push(...extremes(bucket, y));
  return pick(points, kept);
}

function extremes(bucket: readonly number[], y: Float64Array): number[] {
  const [first] = bucket;
  const last = bucket.at(-1);
  if (first === undefined || last === undefined) return [];
  let low = first;
  let high = first;
  for (const at of bucket) {
    if ((y[at] ?? 0) < (y[low] ?? 0)) low = at;
    if ((y[at] ?? 0) > (y[high] ?? 0)) high = at;
  }
  return [...new Set([first, low, high, last])].sort((a, b) => a - b);
}

const pick = ({ x, y }: Points, at: readonly number[]): Points => ({
  x: Float64Array.from(at, (index) => x[index] ?? 0),
  y: Float64Array.from(at, (index) => y[index] ?? 0),
});
