/** What happens to gradients and weights around an optimizer's step: penalties, limits, averages. */
import { CHUNK, CLIP_GLOBAL_NORM } from '../jobs';
import { horizontalSum, read, write } from './vector';

/** l1 |w| + l2 w² of these, whose derivative (0 at 0) is added to g unless that is 0. */
// @ts-ignore: decorator
@inline
function penalized(one: bool, w: usize, g: usize, l1: v128, l2: v128): v128 {
  const x = read(one, w);
  const bit = f32x4.splat(1), none = f32x4.splat(0);
  const sign = f32x4.sub(v128.and(f32x4.gt(x, none), bit), v128.and(f32x4.lt(x, none), bit));
  const square = f32x4.mul(x, l2);
  if (g != 0) write(one, g, f32x4.add(read(one, g), f32x4.add(f32x4.mul(sign, l1), f32x4.add(square, square))));
  return f32x4.add(f32x4.mul(f32x4.abs(x), l1), f32x4.mul(square, x));
}

/** Chunks `begin` to `end`. @param g the gradient, or 0 @param sums [chunks] */
export function penalty(w: usize, g: usize, length: i32, sums: usize, l1: f32, l2: f32, begin: i32, end: i32): void {
  const first = f32x4.splat(l1), second = f32x4.splat(l2);
  for (let chunk = begin; chunk < end; chunk++) {
    let k = chunk * CHUNK;
    const stop = min(k + CHUNK, length);
    let sum = f32x4.splat(0);
    for (; k + 4 <= stop; k += 4) sum = f32x4.add(sum, penalized(false, w + (<usize>k << 2), g == 0 ? 0 : g + (<usize>k << 2), first, second));
    for (; k < stop; k++) sum = f32x4.add(sum, penalized(true, w + (<usize>k << 2), g == 0 ? 0 : g + (<usize>k << 2), first, second));
    store<f32>(sums + (<usize>chunk << 2), horizontalSum(sum));
  }
}

/** Σ g² of chunks `begin` to `end`. */
export function squares(g: usize, length: i32, sums: usize, begin: i32, end: i32): void {
  for (let chunk = begin; chunk < end; chunk++) {
    let k = chunk * CHUNK;
    const stop = min(k + CHUNK, length);
    let sum = f32x4.splat(0);
    for (; k + 4 <= stop; k += 4) {
      const x = v128.load(g + (<usize>k << 2));
      sum = f32x4.add(sum, f32x4.mul(x, x));
    }
    for (; k < stop; k++) {
      const x = v128.load32_zero(g + (<usize>k << 2));
      sum = f32x4.add(sum, f32x4.mul(x, x));
    }
    store<f32>(sums + (<usize>chunk << 2), horizontalSum(sum));
  }
}

/** What gradients are multiplied with, from the sums of their squares: `kernel/runtime/optimizers/clipping.ts` has the formulas. */
export function clipFactor(kind: i32, sums: usize, count: i32, factor: usize, limit: f32): void {
  let sum: f32 = 0;
  for (let k = 0; k < count; k++) sum += load<f32>(sums + (<usize>k << 2));
  const norm = sqrt<f32>(sum);
  store<f32>(factor, kind == CLIP_GLOBAL_NORM ? limit * min<f32>(1 / norm, 1 / limit) + (norm - norm) : limit / max<f32>(norm, limit));
}

export function scale(values: usize, factor: f32, begin: i32, end: i32): void {
  const by = f32x4.splat(factor);
  let at = values + (<usize>begin << 2);
  const stop = values + (<usize>end << 2);
  for (; at + 16 <= stop; at += 16) v128.store(at, f32x4.mul(v128.load(at), by));
  for (; at < stop; at += 4) store<f32>(at, load<f32>(at) * factor);
}

export function clipValue(values: usize, limit: f32, begin: i32, end: i32): void {
  const most = f32x4.splat(limit), least = f32x4.splat(-limit);
  let at = values + (<usize>begin << 2);
  const stop = values + (<usize>end << 2);
  for (; at + 16 <= stop; at += 16) v128.store(at, f32x4.min(f32x4.max(v128.load(at), least), most));
  for (; at < stop; at += 4) v128.store32_lane(at, f32x4.min(f32x4.max(v128.load32_zero(at), least), most), 0);
}

/** The moving average of the weights. @param fresh it begins as the weights @param overwrite the weights become it */
export function average(w: usize, at: usize, fresh: i32, overwrite: i32, momentum: f32, begin: i32, end: i32): void {
  for (let k = <usize>begin << 2; k < <usize>end << 2; k += 4) {
    const weight = load<f32>(w + k);
    const mean: f32 = fresh ? weight : load<f32>(at + k) * momentum + weight * (1 - momentum);
    store<f32>(at + k, mean);
    if (overwrite) store<f32>(w + k, mean);
  }
}
