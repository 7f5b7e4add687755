/**
 * Four targets that share their sources, at once: each row of a source that is read serves four sums. A dense layer is groups
 * that all share one list; so are the blocks of a block mask.
 *
 * A group is 8 words: where its list begins and ends, where its values begin (four a list entry, target by target), unused,
 * and its four targets; a target of -1 is padding whose weights are 0.
 */
import { epilogue } from './activations';
import { dot, fullPanels, halfSums, joinedSums, lastRow, madd, ROW, scaled } from './vector';

/** List entries that all groups use before the next ones: their rows stay in the second level of the cache. */
const ENTRIES_AT_ONCE: usize = 512;

// @ts-ignore: decorator
@inline
function rowOf(base: usize, target: i32, rowBytes: usize): usize {
  return base + <usize>target * rowBytes;
}

/** Two vectors of four targets. A padding target adds into a row that is there anyway and is not stored. */
// @ts-ignore: decorator
@inline
function pair(x: usize, y: usize, rowBytes: usize, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  const t0 = load<i32>(group, 16), t1 = load<i32>(group, 20), t2 = load<i32>(group, 24), t3 = load<i32>(group, 28);
  const y0 = rowOf(y, t0, rowBytes), y1 = rowOf(y, max(t1, 0), rowBytes), y2 = rowOf(y, max(t2, 0), rowBytes), y3 = rowOf(y, max(t3, 0), rowBytes);
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  if (!initial) {
    a0 = v128.load(y0);
    a1 = v128.load(y0, 16);
    b0 = v128.load(y1);
    b1 = v128.load(y1, 16);
    c0 = v128.load(y2);
    c1 = v128.load(y2, 16);
    d0 = v128.load(y3);
    d1 = v128.load(y3, 16);
  } else if (bias != 0) {
    a0 = a1 = v128.load32_splat(bias + (<usize>t0 << 2));
    b0 = b1 = v128.load32_splat(bias + (<usize>max(t1, 0) << 2));
    c0 = c1 = v128.load32_splat(bias + (<usize>max(t2, 0) << 2));
    d0 = d1 = v128.load32_splat(bias + (<usize>max(t3, 0) << 2));
  }
  let wp = values;
  for (let at = from; at < to; at += 4) {
    const offset = load<u32>(at);
    const p = x + (rowBytes == ROW ? <usize>offset : rowBytes == 32 ? <usize>offset >> 1 : (<usize>offset >> 6) * rowBytes);
    const u = v128.load(p), v = v128.load(p, 16);
    const w0 = v128.load32_splat(wp);
    a0 = madd(a0, u, w0);
    a1 = madd(a1, v, w0);
    const w1 = v128.load32_splat(wp, 4);
    b0 = madd(b0, u, w1);
    b1 = madd(b1, v, w1);
    const w2 = v128.load32_splat(wp, 8);
    c0 = madd(c0, u, w2);
    c1 = madd(c1, v, w2);
    const w3 = v128.load32_splat(wp, 12);
    d0 = madd(d0, u, w3);
    d1 = madd(d1, v, w3);
    wp += 16;
  }
  v128.store(y0, a0);
  v128.store(y0, a1, 16);
  if (t1 >= 0) {
    v128.store(y1, b0);
    v128.store(y1, b1, 16);
  }
  if (t2 >= 0) {
    v128.store(y2, c0);
    v128.store(y2, c1, 16);
  }
  if (t3 >= 0) {
    v128.store(y3, d0);
    v128.store(y3, d1, 16);
  }
}

/** One vector, or one sample, of four targets. */
// @ts-ignore: decorator
@inline
function one(x: usize, y: usize, rowBytes: usize, single: bool, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  for (let m: usize = 0; m < 4; m++) {
    const t = load<i32>(group + (m << 2), 16);
    if (t < 0) continue;
    const q = rowOf(y, t, rowBytes);
    let s = initial ? (bias != 0 ? v128.load32_splat(bias + (<usize>t << 2)) : f32x4.splat(0)) : single ? v128.load32_zero(q) : v128.load(q);
    let wp = values + (m << 2);
    for (let at = from; at < to; at += 4) {
      const p = x + (<usize>load<u32>(at) >> 6) * rowBytes;
      s = madd(s, single ? v128.load32_zero(p) : v128.load(p), v128.load32_splat(wp));
      wp += 16;
    }
    if (single) v128.store32_lane(q, s, 0);
    else v128.store(q, s);
  }
}

function fullPair(x: usize, y: usize, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  pair(x, y, ROW, from, to, values, group, bias, initial);
}
function narrowPair(x: usize, y: usize, rowBytes: usize, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  if (rowBytes == ROW) pair(x, y, ROW, from, to, values, group, bias, initial);
  else pair(x, y, rowBytes, from, to, values, group, bias, initial);
}
function fullOne(x: usize, y: usize, rowBytes: usize, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  one(x, y, rowBytes, false, from, to, values, group, bias, initial);
}
/** One sample: the four targets are the four lanes. */
function single(x: usize, y: usize, from: usize, to: usize, values: usize, group: usize, bias: usize, initial: bool): void {
  let sums = f32x4.splat(begun(y, group, 16, bias, initial));
  sums = f32x4.replace_lane(sums, 1, begun(y, group, 20, bias, initial));
  sums = f32x4.replace_lane(sums, 2, begun(y, group, 24, bias, initial));
  sums = f32x4.replace_lane(sums, 3, begun(y, group, 28, bias, initial));
  let wp = values;
  for (let at = from; at < to; at += 4) {
    sums = madd(sums, v128.load(wp), v128.load32_splat(x + (<usize>load<u32>(at) >> 4)));
    wp += 16;
  }
  keep(y, group, 16, f32x4.extract_lane(sums, 0));
  keep(y, group, 20, f32x4.extract_lane(sums, 1));
  keep(y, group, 24, f32x4.extract_lane(sums, 2));
  keep(y, group, 28, f32x4.extract_lane(sums, 3));
}
function begun(y: usize, group: usize, member: usize, bias: usize, initial: bool): f32 {
  const t = load<i32>(group + member);
  if (t < 0) return 0;
  return initial ? (bias != 0 ? load<f32>(bias + (<usize>t << 2)) : 0) : load<f32>(y + (<usize>t << 2));
}
function keep(y: usize, group: usize, member: usize, sum: f32): void {
  const t = load<i32>(group + member);
  if (t >= 0) store<f32>(y + (<usize>t << 2), sum);
}

/** @param longest entries of the longest list; groups `begin` to `end` */
export function groupedProduct(
  x: usize, y: usize, sources: i32, targets: i32, batch: i32, groups: usize, offsets: usize, longest: i32, values: usize, bias: usize,
  activation: i32, begin: i32, end: i32,
): void {
  const panels = fullPanels(batch);
  const last = lastRow(batch);
  const xPanel = <usize>sources * ROW;
  const yPanel = <usize>targets * ROW;
  for (let block: usize = 0; block == 0 || block < <usize>longest; block += ENTRIES_AT_ONCE) {
    const initial = block == 0;
    for (let g = begin; g < end; g++) {
      const group = groups + (<usize>g << 5);
      const listBegin = <usize>load<u32>(group), listEnd = <usize>load<u32>(group, 4);
      const first = listBegin + block;
      if (!initial && first >= listEnd) continue;
      const from = offsets + (first << 2);
      const to = offsets + (min(first + ENTRIES_AT_ONCE, listEnd) << 2);
      const quads = values + ((<usize>load<u32>(group, 8) + block) << 4);
      let xp = x;
      let yp = y;
      for (let p = 0; p < panels; p++) {
        fullPair(xp, yp, from, to, quads, group, bias, initial);
        fullPair(xp + 32, yp + 32, from, to, quads, group, bias, initial);
        xp += xPanel;
        yp += yPanel;
      }
      if (last == 4) {
        single(xp, yp, from, to, quads, group, bias, initial);
      } else {
        let b: usize = 0;
        for (; b + 32 <= last; b += 32) narrowPair(xp + b, yp + b, last, from, to, quads, group, bias, initial);
        if (b < last) fullOne(xp + b, yp + b, last, from, to, quads, group, bias, initial);
      }
    }
  }
  // Targets lie anywhere, and one of them in this range alone.
  for (let g = begin; g < end; g++) {
    for (let m: usize = 16; m < 32; m += 4) {
      const t = load<i32>(groups + (<usize>g << 5) + m);
      if (t >= 0) epilogue(activation, y, targets, batch, t, t + 1);
    }
  }
}

/** One panel of four targets. Where there is no target, the first one's row stands in. */
// @ts-ignore: decorator
@inline
function sums(vectors: i32, own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128, initial: bool): void {
  const rowBytes = <usize>vectors << 4;
  const t0 = load<i32>(group, 16), t1 = load<i32>(group, 20), t2 = load<i32>(group, 24), t3 = load<i32>(group, 28);
  const q0 = rowOf(own, t0, rowBytes), q1 = rowOf(own, max(t1, 0), rowBytes), q2 = rowOf(own, max(t2, 0), rowBytes), q3 = rowOf(own, max(t3, 0), rowBytes);
  let o = out;
  for (let at = from; at < to; at += 4) {
    const p = other + scaled(vectors, load<u32>(at));
    const before = initial ? live : v128.load(o);
    const x0 = v128.load(p);
    const x1 = vectors > 1 ? v128.load(p, 16) : x0, x2 = vectors > 2 ? v128.load(p, 32) : x0, x3 = vectors > 3 ? v128.load(p, 48) : x0;
    const ab = halfSums(dot(vectors, q0, x0, x1, x2, x3), dot(vectors, q1, x0, x1, x2, x3));
    // As in `sampled.ts`: what is stored here is overwritten below.
    v128.store(o, ab);
    const cd = halfSums(dot(vectors, q2, x0, x1, x2, x3), dot(vectors, q3, x0, x1, x2, x3));
    const sums = v128.and(joinedSums(ab, cd), live);
    v128.store(o, initial ? sums : f32x4.add(before, sums));
    o += 16;
  }
}

function sums4(own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128, initial: bool): void {
  sums(1, own, other, from, to, out, group, live, initial);
}
function sums8(own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128, initial: bool): void {
  sums(2, own, other, from, to, out, group, live, initial);
}
function sums12(own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128, initial: bool): void {
  sums(3, own, other, from, to, out, group, live, initial);
}
function sums16(own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128, initial: bool): void {
  if (initial) sums(4, own, other, from, to, out, group, live, true);
  else sums(4, own, other, from, to, out, group, live, false);
}

/** One sample: every gradient is one product. */
function outer(own: usize, other: usize, from: usize, to: usize, out: usize, group: usize, live: v128): void {
  const d = f32x4(dOf(own, group, 16), dOf(own, group, 20), dOf(own, group, 24), dOf(own, group, 28));
  let o = out;
  for (let at = from; at < to; at += 4) {
    v128.store(o, v128.and(f32x4.mul(d, v128.load32_splat(other + (load<u32>(at) >> 4))), live));
    o += 16;
  }
}
function dOf(own: usize, group: usize, member: usize): f32 {
  return load<f32>(own + (<usize>max(load<i32>(group + member), 0) << 2));
}

/**
 * The gradients of grouped weights, in the layout of their values; those of padding targets are +0. Each is summed in the
 * order of `sampled.ts`.
 */
export function groupedSampled(
  own: usize, other: usize, sources: i32, targets: i32, batch: i32, groups: usize, offsets: usize, longest: i32, out: usize, begin: i32, end: i32,
): void {
  const panels = fullPanels(batch);
  const last = lastRow(batch);
  const ownPanel = <usize>targets * ROW;
  const otherPanel = <usize>sources * ROW;
  for (let block: usize = 0; block < <usize>longest; block += ENTRIES_AT_ONCE) {
    for (let g = begin; g < end; g++) {
      const group = groups + (<usize>g << 5);
      const first = <usize>load<u32>(group) + block;
      const listEnd = <usize>load<u32>(group, 4);
      if (first >= listEnd) continue;
      const from = offsets + (first << 2);
      const to = offsets + (min(first + ENTRIES_AT_ONCE, listEnd) << 2);
      const o = out + ((<usize>load<u32>(group, 8) + block) << 4);
      const live = i32x4.gt_s(v128.load(group, 16), i32x4.splat(-1));
      let q = own;
      let p = other;
      for (let panel = 0; panel < panels; panel++) {
        sums16(q, p, from, to, o, group, live, panel == 0);
        q += ownPanel;
        p += otherPanel;
      }
      const initial = panels == 0;
      if (last == 4) outer(q, p, from, to, o, group, live);
      else if (last == 16) sums4(q, p, from, to, o, group, live, initial);
      else if (last == 32) sums8(q, p, from, to, o, group, live, initial);
      else if (last == 48) sums12(q, p, from, to, o, group, live, initial);
      else if (last == 64) sums16(q, p, from, to, o, group, live, initial);
    }
  }
}
