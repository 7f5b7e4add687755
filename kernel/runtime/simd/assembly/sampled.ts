/**
 * The sampled product: for each connection the dot product of its target's row and its source's row over the batch, which is
 * the gradient of its weight. Nothing else of the dense product is formed.
 *
 * The sum over one panel comes first, lane by lane and then across the four lanes; the panels' sums are added in order. So
 * the bits do not depend on how the work is split.
 */
import { dot, fullPanels, halfSums, horizontalSum, joinedSums, lastRow, ROW, scaled } from './vector';

/** Connections that all panels use before the next ones, as in `gather.ts`. */
const CONNECTIONS_AT_ONCE: i32 = 16384;

/** One panel; `shift` as in `gather.ts`. */
// @ts-ignore: decorator
@inline
function pass(vectors: i32, own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32, initial: bool): void {
  const rowBytes = <usize>vectors << 4;
  const beside = out - offsets;
  let at: usize = offsets + (<usize>load<u32>(starts + (<usize>begin << 2)) << 2);
  let q = own + <usize>begin * rowBytes;
  for (let t = begin; t < end; t++) {
    const stop: usize = offsets + (<usize>load<u32>(starts + (<usize>t << 2), 4) << 2);
    const d0 = v128.load(q);
    const d1 = vectors > 1 ? v128.load(q, 16) : d0, d2 = vectors > 2 ? v128.load(q, 32) : d0, d3 = vectors > 3 ? v128.load(q, 48) : d0;
    for (; at + 16 <= stop; at += 16) {
      const o = at + beside;
      const before = initial ? d0 : v128.load(o);
      const ab = halfSums(
        dot(vectors, other + scaled(vectors, load<u32>(at)), d0, d1, d2, d3),
        dot(vectors, other + scaled(vectors, load<u32>(at, 4)), d0, d1, d2, d3),
      );
      // V8 moves arithmetic down to where its result leaves the registers, and all sixteen loads before it would not fit into
      // them. What is stored here is overwritten below.
      v128.store(o, ab);
      const cd = halfSums(
        dot(vectors, other + scaled(vectors, load<u32>(at, 8)), d0, d1, d2, d3),
        dot(vectors, other + scaled(vectors, load<u32>(at, 12)), d0, d1, d2, d3),
      );
      const sums = joinedSums(ab, cd);
      v128.store(o, initial ? sums : f32x4.add(before, sums));
    }
    while (at < stop) {
      const sum = horizontalSum(dot(vectors, other + scaled(vectors, load<u32>(at)), d0, d1, d2, d3));
      const o = at + beside;
      store<f32>(o, initial ? sum : load<f32>(o) + sum);
      at += 4;
    }
    q += rowBytes;
  }
}

function pass4(own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32, initial: bool): void {
  pass(1, own, other, starts, offsets, out, begin, end, initial);
}
function pass8(own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32, initial: bool): void {
  pass(2, own, other, starts, offsets, out, begin, end, initial);
}
function pass12(own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32, initial: bool): void {
  pass(3, own, other, starts, offsets, out, begin, end, initial);
}
function pass16(own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32, initial: bool): void {
  // Two loops without the question.
  if (initial) pass(4, own, other, starts, offsets, out, begin, end, true);
  else pass(4, own, other, starts, offsets, out, begin, end, false);
}

/**
 * @param own [targets] rows in panels
 * @param other [sources] rows in panels
 * @param out [nnz], overwritten
 */
export function sampled(
  own: usize, other: usize, sources: i32, targets: i32, batch: i32, blocks: i32, starts: usize, offsets: usize, out: usize, begin: i32, end: i32,
): void {
  const panels = fullPanels(batch);
  const last = lastRow(batch);
  const ownPanel = <usize>targets * ROW;
  const otherPanel = <usize>sources * ROW;
  for (let block = 0; block < blocks; block++) {
    const ptr = starts + <usize>block * (<usize>(targets + 1) << 2);
    const connections = load<i32>(ptr + (<usize>targets << 2)) - load<i32>(ptr);
    const targetsAtOnce = max(32, <i32>(<i64>CONNECTIONS_AT_ONCE * <i64>targets / <i64>max(connections, 1)));
    for (let from = begin; from < end; from += targetsAtOnce) {
      const to = min(from + targetsAtOnce, end);
      let q = own;
      let p = other;
      for (let panel = 0; panel < panels; panel++) {
        pass16(q, p, ptr, offsets, out, from, to, panel == 0);
        q += ownPanel;
        p += otherPanel;
      }
      const initial = panels == 0;
      if (last == 4) outer(q, p, ptr, offsets, out, from, to);
      else if (last == 16) pass4(q, p, ptr, offsets, out, from, to, initial);
      else if (last == 32) pass8(q, p, ptr, offsets, out, from, to, initial);
      else if (last == 48) pass12(q, p, ptr, offsets, out, from, to, initial);
      else if (last == 64) pass16(q, p, ptr, offsets, out, from, to, initial);
    }
  }
}

/** One sample: every gradient is one product. */
function outer(own: usize, other: usize, starts: usize, offsets: usize, out: usize, begin: i32, end: i32): void {
  const beside = out - offsets;
  let at: usize = offsets + (<usize>load<u32>(starts + (<usize>begin << 2)) << 2);
  for (let t = begin; t < end; t++) {
    const stop: usize = offsets + (<usize>load<u32>(starts + (<usize>t << 2), 4) << 2);
    const d = load<f32>(own + (<usize>t << 2));
    for (; at < stop; at += 4) store<f32>(at + beside, load<f32>(other + (load<u32>(at) >> 4)) * d);
  }
}
