/**
 * Losses and metrics of a batch, four samples at a time, and the gradient of the mean loss. Formulas are those of tfjs-layers'
 * `losses.ts` and `metrics.ts` (Keras' names); where an activation is part of a loss, the loss is that of the logits, which
 * has digits where a probability has rounded to 0 or 1.
 */
import {
  BINARY_ACCURACY, BINARY_CROSS_ENTROPY, CATEGORICAL_ACCURACY, CATEGORICAL_CROSS_ENTROPY, HUBER, MEAN_ABSOLUTE_ERROR, MEAN_SQUARED_ERROR,
  SIGMOID_CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, SPARSE_CATEGORICAL_ACCURACY, SPARSE_CATEGORICAL_CROSS_ENTROPY, SPARSE_SOFTMAX_CROSS_ENTROPY,
} from '../jobs';
import { exponential } from './activations';
import { lanesOf, panelAt, panelRow, read, write } from './columns';
import { exponentials, largest } from './softmax';
import { horizontalSum } from './vector';

/** tfjs's and Keras' fuzz, which keeps a probability from 0 and 1. */
const LEAST: f32 = 1e-7;
const MOST: f32 = 1 - 1e-7;

/**
 * ln x for normal x above 0; infinity and NaN stay. By Cephes' logf: x = m 2^e with m near 1, and a polynomial of degree 9. (The
 * library's own has a table in memory, which is nobody's here.)
 */
function logarithm(x: v128): v128 {
  const small = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(small, f32x4.splat(0.707106781186547524));
  const e = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)), low));
  const m = f32x4.sub(f32x4.add(small, v128.and(small, low)), f32x4.splat(1));
  const z = f32x4.mul(m, m);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  const result = f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)));
  return v128.bitselect(result, x, f32x4.lt(x, f32x4.splat(Infinity)));
}

/** ln(1 + x) for x from 0 to 1: what 1 + x has lost of x comes back by a factor. */
function logarithm1p(x: v128): v128 {
  const one = f32x4.splat(1);
  const u = f32x4.add(one, x);
  const part = f32x4.sub(u, one);
  return v128.bitselect(x, f32x4.div(f32x4.mul(logarithm(u), x), part), f32x4.eq(part, f32x4.splat(0)));
}

/** NaN stays NaN. */
// @ts-ignore: decorator
@inline
function clipped(p: v128): v128 {
  return f32x4.min(f32x4.max(p, f32x4.splat(LEAST)), f32x4.splat(MOST));
}

// @ts-ignore: decorator
@inline
function inside(p: v128): v128 {
  return v128.and(f32x4.ge(p, f32x4.splat(LEAST)), f32x4.le(p, f32x4.splat(MOST)));
}

/** 1 for each sample whose target is class f; a target is a whole number, or is rounded down. */
// @ts-ignore: decorator
@inline
function isClass(target: v128, f: i32): v128 {
  return v128.and(f32x4.eq(f32x4.floor(target), f32x4.splat(<f32>f)), f32x4.splat(1));
}

/** Means over the features: of squares, of absolute values, of Huber's loss (delta 1). */
function ofErrors(kind: i32, y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const one = f32x4.splat(1), half = f32x4.splat(0.5), none = f32x4.splat(0);
  const part = f32x4.div(one, f32x4.splat(<f32>features));
  const weight = f32x4.mul(share, part);
  let sum = none;
  for (let f = 0; f < features; f++) {
    const error = f32x4.sub(read(row, y), read(row, t));
    let slope: v128;
    if (kind == MEAN_SQUARED_ERROR) {
      sum = f32x4.add(sum, f32x4.mul(error, error));
      slope = f32x4.add(error, error);
    } else {
      // Keras' derivative at 0, which is 0.
      const sign = f32x4.sub(v128.and(f32x4.gt(error, none), one), v128.and(f32x4.lt(error, none), one));
      const size = f32x4.abs(error);
      if (kind == HUBER) {
        const near = f32x4.le(size, one);
        sum = f32x4.add(sum, v128.bitselect(f32x4.mul(half, f32x4.mul(error, error)), f32x4.sub(size, half), near));
        slope = v128.bitselect(error, sign, near);
      } else {
        sum = f32x4.add(sum, size);
        slope = v128.bitselect(sign, error, f32x4.eq(error, error));
      }
    }
    if (d != 0) {
      write(row, d, f32x4.mul(slope, weight));
      d += row;
    }
    y += row;
    t += row;
  }
  return f32x4.mul(sum, part);
}

/** Of logits: max(z, 0) - z t + ln(1 + e^-|z|); y becomes the probability. */
function ofSigmoid(y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const one = f32x4.splat(1), none = f32x4.splat(0);
  const part = f32x4.div(one, f32x4.splat(<f32>features));
  const weight = f32x4.mul(share, part);
  let sum = none;
  for (let f = 0; f < features; f++) {
    const z = read(row, y), target = read(row, t);
    const e = exponential(f32x4.neg(f32x4.abs(z)));
    sum = f32x4.add(sum, f32x4.add(f32x4.sub(f32x4.max(z, none), f32x4.mul(z, target)), logarithm1p(e)));
    const p = f32x4.div(v128.bitselect(one, e, f32x4.ge(z, none)), f32x4.add(one, e));
    write(row, y, p);
    if (d != 0) {
      write(row, d, f32x4.mul(f32x4.sub(p, target), weight));
      d += row;
    }
    y += row;
    t += row;
  }
  return f32x4.mul(sum, part);
}

/** Of logits: Σ t (ln Σ e^z - z); y becomes the probabilities. */
function ofSoftmax(sparse: bool, y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const most = largest(y, row, features);
  let total = f32x4.splat(0), sum = f32x4.splat(0);
  let p = y, q = t;
  for (let f = 0; f < features; f++) {
    const target = sparse ? isClass(read(row, t), f) : read(row, q);
    total = f32x4.add(total, target);
    sum = f32x4.add(sum, f32x4.mul(target, f32x4.sub(most, read(row, p))));
    p += row;
    q += row;
  }
  const divisor = exponentials(y, row, features, most);
  p = y;
  q = t;
  for (let f = 0; f < features; f++) {
    const probability = f32x4.div(read(row, p), divisor);
    write(row, p, probability);
    if (d != 0) {
      const target = sparse ? isClass(read(row, t), f) : read(row, q);
      write(row, d, f32x4.mul(f32x4.sub(f32x4.mul(total, probability), target), share));
      d += row;
    }
    p += row;
    q += row;
  }
  return f32x4.add(sum, f32x4.mul(total, logarithm(divisor)));
}

/** Of probabilities that are kept from 0 and 1; outside of these limits there is no gradient. */
function ofProbabilities(y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const one = f32x4.splat(1);
  const part = f32x4.div(one, f32x4.splat(<f32>features));
  const weight = f32x4.mul(share, part);
  let sum = f32x4.splat(0);
  for (let f = 0; f < features; f++) {
    const given = read(row, y), target = read(row, t);
    const p = clipped(given);
    const rest = f32x4.sub(one, p);
    sum = f32x4.sub(sum, f32x4.add(f32x4.mul(target, logarithm(p)), f32x4.mul(f32x4.sub(one, target), logarithm(rest))));
    if (d != 0) {
      const slope = f32x4.div(f32x4.sub(p, target), f32x4.mul(p, rest));
      write(row, d, f32x4.mul(v128.and(slope, inside(given)), weight));
      d += row;
    }
    y += row;
    t += row;
  }
  return f32x4.mul(sum, part);
}

/** Of outputs that are divided by their sum, and kept from 0 and 1. With numbers of classes, tfjs keeps them before as well. */
function ofCategories(sparse: bool, y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const none = f32x4.splat(0);
  let divisor = none;
  for (let f = 0, p = y; f < features; f++, p += row) divisor = f32x4.add(divisor, sparse ? clipped(read(row, p)) : read(row, p));
  let sum = none, mean = none;
  let p = y, q = t;
  for (let f = 0; f < features; f++) {
    const u = f32x4.div(sparse ? clipped(read(row, p)) : read(row, p), divisor);
    const target = sparse ? isClass(read(row, t), f) : read(row, q);
    const kept = clipped(u);
    sum = f32x4.sub(sum, f32x4.mul(target, logarithm(kept)));
    if (d != 0) mean = f32x4.add(mean, f32x4.mul(v128.and(f32x4.div(target, kept), inside(u)), u));
    p += row;
    q += row;
  }
  if (d == 0) return sum;
  p = y;
  q = t;
  for (let f = 0; f < features; f++) {
    const given = read(row, p);
    const u = f32x4.div(sparse ? clipped(given) : given, divisor);
    const target = sparse ? isClass(read(row, t), f) : read(row, q);
    let slope = f32x4.div(f32x4.sub(mean, v128.and(f32x4.div(target, clipped(u)), inside(u))), divisor);
    if (sparse) slope = v128.and(slope, inside(given));
    write(row, d, f32x4.mul(slope, share));
    d += row;
    p += row;
    q += row;
  }
  return sum;
}

/** The share of outputs on the right side of 0.5. */
function sidesOf(y: usize, t: usize, row: usize, features: i32): v128 {
  const one = f32x4.splat(1);
  let right = f32x4.splat(0);
  for (let f = 0; f < features; f++) {
    const side = v128.and(f32x4.gt(read(row, y), f32x4.splat(0.5)), one);
    right = f32x4.add(right, v128.and(f32x4.eq(read(row, t), side), one));
    y += row;
    t += row;
  }
  return f32x4.div(right, f32x4.splat(<f32>features));
}

/** The number of the largest feature of each sample, the first of equal ones. */
function bestOf(at: usize, row: usize, features: i32): v128 {
  let most = read(row, at);
  let best = f32x4.splat(0);
  for (let f = 1; f < features; f++) {
    at += row;
    const value = read(row, at);
    const larger = f32x4.gt(value, most);
    most = v128.bitselect(value, most, larger);
    best = v128.bitselect(f32x4.splat(<f32>f), best, larger);
  }
  return best;
}

function lossOf(kind: i32, y: usize, t: usize, d: usize, row: usize, features: i32, share: v128): v128 {
  const one = f32x4.splat(1);
  switch (kind) {
    case SIGMOID_CROSS_ENTROPY:
      return ofSigmoid(y, t, d, row, features, share);
    case SOFTMAX_CROSS_ENTROPY:
      return ofSoftmax(false, y, t, d, row, features, share);
    case SPARSE_SOFTMAX_CROSS_ENTROPY:
      return ofSoftmax(true, y, t, d, row, features, share);
    case BINARY_CROSS_ENTROPY:
      return ofProbabilities(y, t, d, row, features, share);
    case CATEGORICAL_CROSS_ENTROPY:
      return ofCategories(false, y, t, d, row, features, share);
    case SPARSE_CATEGORICAL_CROSS_ENTROPY:
      return ofCategories(true, y, t, d, row, features, share);
    case BINARY_ACCURACY:
      return sidesOf(y, t, row, features);
    case CATEGORICAL_ACCURACY:
      return v128.and(f32x4.eq(bestOf(y, row, features), bestOf(t, row, features)), one);
    case SPARSE_CATEGORICAL_ACCURACY:
      return v128.and(f32x4.eq(bestOf(y, row, features), read(row, t)), one);
    default:
      return ofErrors(kind, y, t, d, row, features, share);
  }
}

function isSparse(kind: i32): bool {
  return kind == SPARSE_SOFTMAX_CROSS_ENTROPY || kind == SPARSE_CATEGORICAL_CROSS_ENTROPY || kind == SPARSE_CATEGORICAL_ACCURACY;
}

/**
 * Panels `begin` to `end`.
 *
 * @param y [features] rows: logits of the kinds that say so, which become probabilities
 * @param t [features] rows, or one row of class numbers
 * @param d [features] rows: the gradient of the mean over the batch; or 0
 * @param weights [batch], or 0
 * @param sums [panels]: the sum of the samples' (weighted) losses
 */
export function loss(kind: i32, y: usize, t: usize, d: usize, weights: usize, sums: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const mean = f32x4.splat(1 / <f32>batch);
  for (let panel = begin; panel < end; panel++) {
    const row = panelRow(panel, batch);
    let sum = f32x4.splat(0);
    for (let b: usize = 0; b < row; b += 16) {
      const live = lanesOf((panel << 4) + <i32>(b >> 2), batch);
      const weight = weights == 0 ? f32x4.splat(1) : read(row, weights + (<usize>panel << 6) + b);
      const at = panelAt(y, panel, features) + b;
      const dAt = d == 0 ? 0 : panelAt(d, panel, features) + b;
      const each = lossOf(kind, at, panelAt(t, panel, isSparse(kind) ? 1 : features) + b, dAt, row, features, f32x4.mul(weight, mean));
      sum = f32x4.add(sum, v128.and(f32x4.mul(each, weight), live));
      if (v128.any_true(v128.not(live))) {
        clearOthers(at, row, features, live);
        if (dAt != 0) clearOthers(dAt, row, features, live);
      }
    }
    store<f32>(sums + (<usize>panel << 2), horizontalSum(sum));
  }
}

/** Lanes that hold no sample are +0. */
function clearOthers(at: usize, row: usize, features: i32, live: v128): void {
  for (let f = 0; f < features; f++) {
    write(row, at, v128.and(read(row, at), live));
    at += row;
  }
}
