/**
 * One step of an optimizer on packed weights, four at a time: Keras 3's formulas, in the order of operations of
 * `kernel/runtime/optimizers`, where their sources are named.
 */
import {
  ADADELTA, ADAGRAD, ADAM, ADAMAX, AMSGRAD, DECAY, LION, MOMENTUM, NADAM, NESTEROV, RMSPROP, RMSPROP_CENTERED,
  RMSPROP_CENTERED_MOMENTUM, RMSPROP_MOMENTUM, SGD,
} from '../jobs';
import { read, write } from './vector';

// @ts-ignore: decorator
@inline
function toward(one: bool, at: usize, target: v128, share: v128): v128 {
  const before = read(one, at);
  const after = f32x4.add(before, f32x4.mul(f32x4.sub(target, before), share));
  write(one, at, after);
  return after;
}

// @ts-ignore: decorator
@inline
function mixed(one: bool, at: usize, value: v128, keep: v128, share: v128): v128 {
  const after = f32x4.add(f32x4.mul(read(one, at), keep), f32x4.mul(value, share));
  write(one, at, after);
  return after;
}

/** What is added to the weights at `w`, given the gradient and three slots at the same place; numbers a to f as the formula needs. */
// @ts-ignore: decorator
@inline
function change(kind: i32, one: bool, g: v128, w: usize, m: usize, v: usize, s: usize, rate: v128, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128): v128 {
  if (kind == SGD) return f32x4.mul(g, f32x4.neg(rate));
  if (kind == MOMENTUM || kind == NESTEROV) {
    const step = f32x4.mul(g, rate);
    const after = f32x4.sub(f32x4.mul(read(one, m), a), step);
    write(one, m, after);
    return kind == NESTEROV ? f32x4.sub(f32x4.mul(after, a), step) : after;
  }
  if (kind == ADAM || kind == AMSGRAD) {
    const mean = toward(one, m, g, a);
    let square = toward(one, v, f32x4.mul(g, g), b);
    if (kind == AMSGRAD) {
      square = f32x4.max(read(one, s), square);
      write(one, s, square);
    }
    return f32x4.div(f32x4.mul(mean, f32x4.neg(rate)), f32x4.add(f32x4.sqrt(square), c));
  }
  if (kind == ADAMAX) {
    const mean = toward(one, m, g, a);
    const norm = f32x4.max(f32x4.mul(read(one, v), b), f32x4.abs(g));
    write(one, v, norm);
    return f32x4.div(f32x4.mul(mean, f32x4.neg(rate)), f32x4.add(norm, c));
  }
  if (kind == NADAM) {
    const mean = toward(one, m, g, a);
    const square = toward(one, v, f32x4.mul(g, g), b);
    const ahead = f32x4.add(f32x4.mul(mean, d), f32x4.mul(g, e));
    return f32x4.div(f32x4.mul(ahead, f32x4.neg(rate)), f32x4.add(f32x4.sqrt(f32x4.div(square, f)), c));
  }
  if (kind == RMSPROP || kind == RMSPROP_MOMENTUM || kind == RMSPROP_CENTERED || kind == RMSPROP_CENTERED_MOMENTUM) {
    let variance = mixed(one, v, f32x4.mul(g, g), a, b);
    if (kind == RMSPROP_CENTERED || kind == RMSPROP_CENTERED_MOMENTUM) {
      const mean = mixed(one, s, g, a, b);
      variance = f32x4.max(f32x4.sub(variance, f32x4.mul(mean, mean)), f32x4.splat(0));
    }
    let step = f32x4.div(f32x4.mul(g, rate), f32x4.sqrt(f32x4.add(variance, c)));
    if (kind == RMSPROP_MOMENTUM || kind == RMSPROP_CENTERED_MOMENTUM) {
      step = f32x4.add(f32x4.mul(read(one, m), d), step);
      write(one, m, step);
    }
    return f32x4.neg(step);
  }
  if (kind == ADAGRAD) {
    const sum = f32x4.add(read(one, v), f32x4.mul(g, g));
    write(one, v, sum);
    return f32x4.div(f32x4.mul(g, f32x4.neg(rate)), f32x4.sqrt(f32x4.add(sum, c)));
  }
  if (kind == ADADELTA) {
    const square = mixed(one, v, f32x4.mul(g, g), a, b);
    const step = f32x4.neg(f32x4.div(f32x4.mul(f32x4.sqrt(f32x4.add(read(one, m), c)), g), f32x4.sqrt(f32x4.add(square, c))));
    mixed(one, m, f32x4.mul(step, step), a, b);
    return f32x4.mul(step, rate);
  }
  if (kind == LION) {
    const before = read(one, m);
    const direction = f32x4.add(f32x4.mul(before, a), f32x4.mul(g, b));
    write(one, m, f32x4.add(f32x4.mul(before, c), f32x4.mul(g, d)));
    const up = v128.and(f32x4.gt(direction, f32x4.splat(0)), f32x4.splat(1));
    const down = v128.and(f32x4.lt(direction, f32x4.splat(0)), f32x4.splat(1));
    return f32x4.mul(f32x4.sub(up, down), f32x4.neg(rate));
  }
  return f32x4.neg(f32x4.mul(read(one, w), rate)); // DECAY
}

// @ts-ignore: decorator
@inline
function steps(
  kind: i32, w: usize, g: usize, m: usize, v: usize, s: usize, rate: f32, a: f32, b: f32, c: f32, d: f32, e: f32, f: f32, begin: i32, end: i32,
): void {
  const r4 = f32x4.splat(rate), a4 = f32x4.splat(a), b4 = f32x4.splat(b), c4 = f32x4.splat(c), d4 = f32x4.splat(d), e4 = f32x4.splat(e), f4 = f32x4.splat(f);
  let k = <usize>begin << 2;
  const stop = <usize>end << 2;
  for (; k + 16 <= stop; k += 16) {
    const at = w + k;
    const gradient = kind == DECAY ? r4 : v128.load(g + k);
    v128.store(at, f32x4.add(v128.load(at), change(kind, false, gradient, at, m + k, v + k, s + k, r4, a4, b4, c4, d4, e4, f4)));
  }
  for (; k < stop; k += 4) {
    const at = w + k;
    const gradient = kind == DECAY ? r4 : v128.load32_zero(g + k);
    v128.store32_lane(at, f32x4.add(v128.load32_zero(at), change(kind, true, gradient, at, m + k, v + k, s + k, r4, a4, b4, c4, d4, e4, f4)), 0);
  }
}

/** Numbers a to f stand for what the table of kernels names at each formula; slots that a formula has not may be 0. */
export function optimize(
  kind: i32, w: usize, g: usize, m: usize, v: usize, s: usize, rate: f32, a: f32, b: f32, c: f32, d: f32, e: f32, f: f32, begin: i32, end: i32,
): void {
  if (kind == SGD) steps(SGD, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == MOMENTUM) steps(MOMENTUM, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == NESTEROV) steps(NESTEROV, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == ADAM) steps(ADAM, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == AMSGRAD) steps(AMSGRAD, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == ADAMAX) steps(ADAMAX, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == NADAM) steps(NADAM, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == RMSPROP) steps(RMSPROP, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == RMSPROP_MOMENTUM) steps(RMSPROP_MOMENTUM, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == RMSPROP_CENTERED) steps(RMSPROP_CENTERED, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == RMSPROP_CENTERED_MOMENTUM) steps(RMSPROP_CENTERED_MOMENTUM, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == ADAGRAD) steps(ADAGRAD, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == ADADELTA) steps(ADADELTA, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == LION) steps(LION, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
  else if (kind == DECAY) steps(DECAY, w, g, m, v, s, rate, a, b, c, d, e, f, begin, end);
}
