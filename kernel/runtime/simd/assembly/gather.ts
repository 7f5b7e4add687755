/**
 * The sparse product: a target's row is the sum of its sources' rows, each times a weight. With sources = inputs it is the
 * forward pass, with sources = outputs the gradient of the inputs.
 *
 * Every lane adds its terms in ascending order of the source, whatever the tile, the blocks and the threads: the same bits.
 */
import { epilogue } from './activations';
import { fullPanels, lastRow, madd, ROW, scaled } from './vector';

/** Connections that all panels use before the next ones: they stay in the second level of the cache. */
const CONNECTIONS_AT_ONCE: i32 = 16384;

/** Rows of `first` vectors of one panel and `second` vectors of the next, held in registers over one block of sources. */
// @ts-ignore: decorator
@inline
function pass(
  first: i32, second: i32, xa: usize, xb: usize, ya: usize, yb: usize, rowBytes: usize,
  starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool,
): void {
  const beside = values - offsets;
  let at: usize = offsets + (<usize>load<u32>(starts + (<usize>begin << 2)) << 2);
  let qa = ya + <usize>begin * rowBytes;
  let qb = yb + <usize>begin * rowBytes;
  for (let t = begin; t < end; t++) {
    const stop: usize = offsets + (<usize>load<u32>(starts + (<usize>t << 2), 4) << 2);
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    if (!initial) {
      a0 = v128.load(qa);
      if (first > 1) a1 = v128.load(qa, 16);
      if (first > 2) a2 = v128.load(qa, 32);
      if (first > 3) a3 = v128.load(qa, 48);
      if (second > 0) b0 = v128.load(qb);
      if (second > 1) b1 = v128.load(qb, 16);
      if (second > 2) b2 = v128.load(qb, 32);
      if (second > 3) b3 = v128.load(qb, 48);
    } else if (bias != 0) {
      a0 = v128.load32_splat(bias + (<usize>t << 2));
      a1 = a2 = a3 = b0 = b1 = b2 = b3 = a0;
    }
    if (second == 0) {
      // Two connections a turn; with six and more accumulators V8 runs out of registers.
      const pair = stop - 4;
      while (at < pair) {
        const w = v128.load32_splat(at + beside);
        const p = xa + scaled(first, load<u32>(at));
        a0 = madd(a0, v128.load(p), w);
        if (first > 1) a1 = madd(a1, v128.load(p, 16), w);
        if (first > 2) a2 = madd(a2, v128.load(p, 32), w);
        if (first > 3) a3 = madd(a3, v128.load(p, 48), w);
        const v = v128.load32_splat(at + beside, 4);
        const q = xa + scaled(first, load<u32>(at, 4));
        a0 = madd(a0, v128.load(q), v);
        if (first > 1) a1 = madd(a1, v128.load(q, 16), v);
        if (first > 2) a2 = madd(a2, v128.load(q, 32), v);
        if (first > 3) a3 = madd(a3, v128.load(q, 48), v);
        at += 8;
      }
    }
    while (at < stop) {
      const w = v128.load32_splat(at + beside);
      const offset = scaled(first, load<u32>(at));
      const p = xa + offset;
      a0 = madd(a0, v128.load(p), w);
      if (first > 1) a1 = madd(a1, v128.load(p, 16), w);
      if (first > 2) a2 = madd(a2, v128.load(p, 32), w);
      if (first > 3) a3 = madd(a3, v128.load(p, 48), w);
      if (second > 0) {
        const q = xb + offset;
        b0 = madd(b0, v128.load(q), w);
        if (second > 1) b1 = madd(b1, v128.load(q, 16), w);
        if (second > 2) b2 = madd(b2, v128.load(q, 32), w);
        if (second > 3) b3 = madd(b3, v128.load(q, 48), w);
      }
      at += 4;
    }
    v128.store(qa, a0);
    if (first > 1) v128.store(qa, a1, 16);
    if (first > 2) v128.store(qa, a2, 32);
    if (first > 3) v128.store(qa, a3, 48);
    if (second > 0) v128.store(qb, b0);
    if (second > 1) v128.store(qb, b1, 16);
    if (second > 2) v128.store(qb, b2, 32);
    if (second > 3) v128.store(qb, b3, 48);
    qa += rowBytes;
    qb += rowBytes;
  }
}

function pass4(x: usize, y: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(1, 0, x, x, y, y, 16, starts, offsets, values, bias, begin, end, initial);
}
function pass8(x: usize, y: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(2, 0, x, x, y, y, 32, starts, offsets, values, bias, begin, end, initial);
}
function pass12(x: usize, y: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(3, 0, x, x, y, y, 48, starts, offsets, values, bias, begin, end, initial);
}
function pass16(x: usize, y: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(4, 0, x, x, y, y, ROW, starts, offsets, values, bias, begin, end, initial);
}
function pass24(xa: usize, xb: usize, ya: usize, yb: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(4, 2, xa, xb, ya, yb, ROW, starts, offsets, values, bias, begin, end, initial);
}
function pass32(xa: usize, xb: usize, ya: usize, yb: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  pass(4, 4, xa, xb, ya, yb, ROW, starts, offsets, values, bias, begin, end, initial);
}

/** What a target's sum starts with. */
// @ts-ignore: decorator
@inline
function begun(q: usize, bias: usize, t: i32, initial: bool): f32 {
  return initial ? (bias != 0 ? load<f32>(bias + (<usize>t << 2)) : 0) : load<f32>(q);
}

/** The term of the connection at `at`. */
// @ts-ignore: decorator
@inline
function term(x: usize, at: usize, beside: usize): f32 {
  return load<f32>(x + (load<u32>(at) >> 4)) * load<f32>(at + beside);
}

function rest(x: usize, at: usize, stop: usize, beside: usize, sum: f32): f32 {
  for (; at < stop; at += 4) sum += term(x, at, beside);
  return sum;
}

/** One sample: four targets a turn, since the terms of one must wait for each other. */
function single(x: usize, y: usize, starts: usize, offsets: usize, values: usize, bias: usize, begin: i32, end: i32, initial: bool): void {
  const beside = values - offsets;
  let t = begin;
  for (; t + 4 <= end; t += 4) {
    const s = starts + (<usize>t << 2);
    const q = y + (<usize>t << 2);
    const b: usize = offsets + (<usize>load<u32>(s, 4) << 2);
    const c: usize = offsets + (<usize>load<u32>(s, 8) << 2);
    const d: usize = offsets + (<usize>load<u32>(s, 12) << 2);
    const stop: usize = offsets + (<usize>load<u32>(s, 16) << 2);
    let at: usize = offsets + (<usize>load<u32>(s) << 2);
    const first = at;
    const common = min(min(b - at, c - b), min(d - c, stop - d));
    const toB = b - at, toC = c - at, toD = d - at;
    let s0 = begun(q, bias, t, initial);
    let s1 = begun(q + 4, bias, t + 1, initial);
    let s2 = begun(q + 8, bias, t + 2, initial);
    let s3 = begun(q + 12, bias, t + 3, initial);
    for (const shared = at + common; at < shared; at += 4) {
      s0 += term(x, at, beside);
      s1 += term(x, at + toB, beside);
      s2 += term(x, at + toC, beside);
      s3 += term(x, at + toD, beside);
    }
    store<f32>(q, rest(x, first + common, b, beside, s0));
    store<f32>(q, rest(x, b + common, c, beside, s1), 4);
    store<f32>(q, rest(x, c + common, d, beside, s2), 8);
    store<f32>(q, rest(x, d + common, stop, beside, s3), 12);
  }
  for (; t < end; t++) {
    const s = starts + (<usize>t << 2);
    const q = y + (<usize>t << 2);
    store<f32>(q, rest(x, offsets + (<usize>load<u32>(s) << 2), offsets + (<usize>load<u32>(s, 4) << 2), beside, begun(q, bias, t, initial)));
  }
}

/**
 * @param tile lanes that a pass over the connections serves: 16, 24 or 32
 * @param starts [blocks][targets + 1], where the connections of each target begin, one block of sources after the other
 * @param offsets [nnz], source * 64
 * @param bias [targets], or 0
 */
export function product(
  tile: i32, x: usize, y: usize, sources: i32, targets: i32, batch: i32, blocks: i32, starts: usize, offsets: usize, values: usize,
  bias: usize, activation: i32, begin: i32, end: i32,
): void {
  const panels = fullPanels(batch);
  const last = lastRow(batch);
  const xPanel = <usize>sources * ROW;
  const yPanel = <usize>targets * ROW;
  const connections = load<i32>(starts + (<usize>targets << 2)) - load<i32>(starts);
  const targetsAtOnce = max(32, <i32>(<i64>CONNECTIONS_AT_ONCE * <i64>targets / <i64>max(connections, 1)));
  for (let from = begin; from < end; from += targetsAtOnce) {
    const to = min(from + targetsAtOnce, end);
    for (let block = 0; block < blocks; block++) {
      const ptr = starts + <usize>block * (<usize>(targets + 1) << 2);
      const initial = block == 0;
      let p = 0;
      let xp = x;
      let yp = y;
      if (tile == 24) {
        for (; p + 3 <= panels; p += 3) {
          pass24(xp, xp + xPanel, yp, yp + yPanel, ptr, offsets, values, bias, from, to, initial);
          pass24(xp + 2 * xPanel, xp + xPanel + 32, yp + 2 * yPanel, yp + yPanel + 32, ptr, offsets, values, bias, from, to, initial);
          xp += 3 * xPanel;
          yp += 3 * yPanel;
        }
      } else if (tile == 32) {
        for (; p + 2 <= panels; p += 2) {
          pass32(xp, xp + xPanel, yp, yp + yPanel, ptr, offsets, values, bias, from, to, initial);
          xp += 2 * xPanel;
          yp += 2 * yPanel;
        }
      }
      for (; p < panels; p++) {
        pass16(xp, yp, ptr, offsets, values, bias, from, to, initial);
        xp += xPanel;
        yp += yPanel;
      }
      if (last == 4) single(xp, yp, ptr, offsets, values, bias, from, to, initial);
      else if (last == 16) pass4(xp, yp, ptr, offsets, values, bias, from, to, initial);
      else if (last == 32) pass8(xp, yp, ptr, offsets, values, bias, from, to, initial);
      else if (last == 48) pass12(xp, yp, ptr, offsets, values, bias, from, to, initial);
      else if (last == 64) pass16(xp, yp, ptr, offsets, values, bias, from, to, initial);
    }
    epilogue(activation, y, targets, batch, from, to);
  }
}
