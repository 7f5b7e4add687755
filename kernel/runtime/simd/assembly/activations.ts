/** Activations and their derivatives, four values at a time. A derivative is a function of the activation's output. */
import { ELU, EXPONENTIAL, HARD_SIGMOID, LINEAR, RELU, RELU6, SELU, SIGMOID, SOFTSIGN, TANH } from '../jobs';
import { fullPanels, lastRow, ROW, sampleLanes } from './vector';

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473766;

/**
 * e^x to 2 units in the last place, denormals and infinities included.
 *
 * x = n ln 2 + r, a polynomial of degree 6 for e^r (coefficients of Cephes' expf), and 2^n in two factors.
 */
export function exponential(x: v128): v128 {
  const clamped = f32x4.min(f32x4.max(x, f32x4.splat(-104)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  const rest = i32x4.sub(whole, half);
  return f32x4.mul(f32x4.mul(p, power(half)), power(rest));
}

/** 2^n for n within the exponents of normal numbers. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

function sigmoid(x: v128): v128 {
  const e = exponential(f32x4.neg(f32x4.abs(x)));
  const one = f32x4.splat(1);
  const numerator = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** Below 0.625 Cephes' polynomial, since 1 - e^(-2x) would lose its digits there. */
function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const one = f32x4.splat(1);
  const e = exponential(f32x4.mul(size, f32x4.splat(-2)));
  const large = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const z = f32x4.mul(size, size);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const small = f32x4.add(size, f32x4.mul(f32x4.mul(p, z), size));
  const positive = v128.bitselect(small, large, f32x4.lt(size, f32x4.splat(0.625)));
  return v128.bitselect(x, positive, i32x4.splat(0x80000000));
}

/** e^x - 1 for x <= 0: near 0 by its series, as e^x would lose the digits. */
function expm1(x: v128): v128 {
  let p = f32x4.splat(1.0 / 40320);
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.0 / 5040));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.0 / 720));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.0 / 120));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.0 / 24));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.0 / 6));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.5));
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(x, x), p));
  const far = f32x4.sub(exponential(x), f32x4.splat(1));
  return v128.bitselect(near, far, f32x4.gt(x, f32x4.splat(-0.5)));
}

function activated(kind: i32, x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  switch (kind) {
    case RELU:
      return f32x4.max(x, zero);
    case SIGMOID:
      return sigmoid(x);
    case TANH:
      return tanh(x);
    case ELU:
      return v128.bitselect(expm1(f32x4.min(x, zero)), x, f32x4.lt(x, zero));
    case SELU:
      return v128.bitselect(f32x4.mul(expm1(f32x4.min(x, zero)), f32x4.splat(SELU_SCALE_ALPHA)), f32x4.mul(x, f32x4.splat(SELU_SCALE)), f32x4.lt(x, zero));
    case RELU6:
      return f32x4.min(f32x4.max(x, zero), f32x4.splat(6));
    case SOFTSIGN:
      return f32x4.div(x, f32x4.add(one, f32x4.abs(x)));
    case HARD_SIGMOID:
      return f32x4.min(f32x4.max(f32x4.add(f32x4.mul(x, f32x4.splat(0.2)), f32x4.splat(0.5)), zero), one);
    case EXPONENTIAL:
      return exponential(x);
    default:
      return x;
  }
}

/** At a kink the derivative is Keras'. */
function slope(kind: i32, y: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  switch (kind) {
    case RELU:
      return v128.and(f32x4.gt(y, zero), one);
    case SIGMOID:
      return f32x4.mul(y, f32x4.sub(one, y));
    case TANH:
      return f32x4.sub(one, f32x4.mul(y, y));
    case ELU:
      return v128.bitselect(f32x4.add(y, one), one, f32x4.lt(y, zero));
    case SELU:
      return v128.bitselect(f32x4.add(y, f32x4.splat(SELU_SCALE_ALPHA)), f32x4.splat(SELU_SCALE), f32x4.lt(y, zero));
    case RELU6:
      return v128.and(v128.and(f32x4.gt(y, zero), f32x4.lt(y, f32x4.splat(6))), one);
    case SOFTSIGN: {
      const rest = f32x4.sub(one, f32x4.abs(y));
      return f32x4.mul(rest, rest);
    }
    case HARD_SIGMOID:
      return v128.and(v128.and(f32x4.gt(y, zero), f32x4.lt(y, one)), f32x4.splat(0.2));
    case EXPONENTIAL:
      return y;
    default:
      return one;
  }
}

/** Rows `begin` to `end` of every panel: the activation in place, and +0 in the lanes that hold no sample. */
export function epilogue(kind: i32, y: usize, rows: i32, batch: i32, begin: i32, end: i32): void {
  const panels = fullPanels(batch);
  if (kind != LINEAR) {
    let panel = y;
    for (let p = 0; p < panels; p++) {
      activateRange(kind, panel + <usize>begin * ROW, panel + <usize>end * ROW);
      panel += <usize>rows * ROW;
    }
    const last = lastRow(batch);
    if (last) activateRange(kind, panel + <usize>begin * last, panel + <usize>end * last);
  }
  if (batch > 1 && (batch & 3)) clearPadding(y, rows, batch, begin, end);
}

function activateRange(kind: i32, from: usize, to: usize): void {
  let at = from;
  if (kind == RELU) {
    for (; at + 16 <= to; at += 16) v128.store(at, f32x4.max(v128.load(at), f32x4.splat(0)));
  }
  for (; at + 16 <= to; at += 16) v128.store(at, activated(kind, v128.load(at)));
  for (; at < to; at += 4) v128.store32_lane(at, activated(kind, v128.load32_zero(at)), 0);
}

function clearPadding(y: usize, rows: i32, batch: i32, begin: i32, end: i32): void {
  const last = lastRow(batch);
  const keep = sampleLanes(batch);
  let at = y + <usize>fullPanels(batch) * <usize>rows * ROW + <usize>begin * last + last - 16;
  for (let t = begin; t < end; t++) {
    v128.store(at, v128.and(v128.load(at), keep));
    at += last;
  }
}

/** d *= f'(y), in place. */
export function activationGradient(kind: i32, y: usize, d: usize, rows: i32, batch: i32, begin: i32, end: i32): void {
  const panels = fullPanels(batch);
  const last = lastRow(batch);
  let offset: usize = 0;
  for (let p = 0; p <= panels; p++) {
    const row = p < panels ? ROW : last;
    const to = d + offset + <usize>end * row;
    let at = d + offset + <usize>begin * row;
    const beside = y - d;
    for (; at + 16 <= to; at += 16) v128.store(at, f32x4.mul(v128.load(at), slope(kind, v128.load(at + beside))));
    for (; at < to; at += 4) v128.store32_lane(at, f32x4.mul(v128.load32_zero(at), slope(kind, v128.load32_zero(at + beside))), 0);
    offset += <usize>rows * ROW;
  }
}
