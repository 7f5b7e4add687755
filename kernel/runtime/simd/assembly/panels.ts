/** Between the layout of tensors [batch, features] and panels, and what is summed or checked over them. */
import { fullPanels, horizontalSum, lastRow, ROW, storeColumns } from './vector';

/** Where lane `b` of feature `f` lies. */
// @ts-ignore: decorator
@inline
function place(panels: usize, features: i32, batch: i32, f: i32, b: i32): usize {
  const panel = b >> 4;
  const row = panel < fullPanels(batch) ? ROW : lastRow(batch);
  return panels + <usize>panel * <usize>features * ROW + <usize>f * row + (<usize>(b & 15) << 2);
}

/** `rows` is [batch, features]; features `begin` to `end`. Lanes that hold no sample become +0. */
export function toPanels(rows: usize, panels: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const stride = <usize>features << 2;
  if (batch == 1) {
    memory.copy(panels + (<usize>begin << 2), rows + (<usize>begin << 2), <usize>(end - begin) << 2);
    return;
  }
  for (let b = 0; b < batch; b += 4) {
    const lanes = min(batch - b, 4);
    const rowBytes = (b >> 4) < fullPanels(batch) ? ROW : lastRow(batch);
    let to = place(panels, features, batch, begin, b);
    let f = begin;
    const from = rows + <usize>b * stride;
    if (lanes == 4) {
      for (; f + 4 <= end; f += 4) {
        const at = from + (<usize>f << 2);
        const r0 = v128.load(at), r1 = v128.load(at + stride), r2 = v128.load(at + 2 * stride), r3 = v128.load(at + 3 * stride);
        storeColumns(to, rowBytes, r0, r1, r2, r3);
        to += 4 * rowBytes;
      }
    }
    for (; f < end; f++) {
      const at = from + (<usize>f << 2);
      let v = v128.load32_zero(at);
      if (lanes > 1) v = v128.load32_lane(at + stride, v, 1);
      if (lanes > 2) v = v128.load32_lane(at + 2 * stride, v, 2);
      if (lanes > 3) v = v128.load32_lane(at + 3 * stride, v, 3);
      v128.store(to, v);
      to += rowBytes;
    }
  }
}

/** The way back; only samples are written. */
export function fromPanels(panels: usize, rows: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const stride = <usize>features << 2;
  if (batch == 1) {
    memory.copy(rows + (<usize>begin << 2), panels + (<usize>begin << 2), <usize>(end - begin) << 2);
    return;
  }
  for (let b = 0; b < batch; b += 4) {
    const lanes = min(batch - b, 4);
    const rowBytes = (b >> 4) < fullPanels(batch) ? ROW : lastRow(batch);
    let from = place(panels, features, batch, begin, b);
    let f = begin;
    const to = rows + <usize>b * stride;
    if (lanes == 4) {
      for (; f + 4 <= end; f += 4) {
        const r0 = v128.load(from), r1 = v128.load(from + rowBytes), r2 = v128.load(from + 2 * rowBytes), r3 = v128.load(from + 3 * rowBytes);
        storeColumns(to + (<usize>f << 2), stride, r0, r1, r2, r3);
        from += 4 * rowBytes;
      }
    }
    for (; f < end; f++) {
      const at = to + (<usize>f << 2);
      const v = v128.load(from);
      v128.store32_lane(at, v, 0);
      if (lanes > 1) v128.store32_lane(at + stride, v, 1);
      if (lanes > 2) v128.store32_lane(at + 2 * stride, v, 2);
      if (lanes > 3) v128.store32_lane(at + 3 * stride, v, 3);
      from += rowBytes;
    }
  }
}

/** The sum of each row over the batch: the gradient of a bias. */
export function rowSums(d: usize, out: usize, rows: i32, batch: i32, begin: i32, end: i32): void {
  const panels = <usize>fullPanels(batch);
  const last = lastRow(batch);
  const panelBytes = <usize>rows * ROW;
  for (let t = begin; t < end; t++) {
    const o = out + (<usize>t << 2);
    if (batch == 1) {
      store<f32>(o, load<f32>(d + (<usize>t << 2)));
      continue;
    }
    let s = f32x4.splat(0);
    let at = d + <usize>t * ROW;
    for (let p: usize = 0; p < panels; p++) {
      s = f32x4.add(s, v128.load(at));
      s = f32x4.add(s, v128.load(at, 16));
      s = f32x4.add(s, v128.load(at, 32));
      s = f32x4.add(s, v128.load(at, 48));
      at += panelBytes;
    }
    at = d + panels * panelBytes + <usize>t * last;
    for (let b: usize = 0; b < last; b += 16) s = f32x4.add(s, v128.load(at + b));
    store<f32>(o, horizontalSum(s));
  }
}

/** out[k] = values[order[k]]; -1 stands for a place without a connection and gives +0. */
export function permute(values: usize, order: usize, out: usize, begin: i32, end: i32): void {
  const stop = <usize>end << 2;
  for (let k = <usize>begin << 2; k < stop; k += 4) {
    const at = load<i32>(order + k);
    store<f32>(out + k, at < 0 ? 0 : load<f32>(values + (<usize>at << 2)));
  }
}

/** Sets the word at `flag` to 0 when some value is NaN or infinite: their exponent is all ones. */
export function allFinite(values: usize, flag: usize, begin: i32, end: i32): void {
  let bad = i32x4.splat(0);
  const exponent = i32x4.splat(0x7f800000);
  let at = values + (<usize>begin << 2);
  const stop = values + (<usize>end << 2);
  for (; at + 16 <= stop; at += 16) bad = v128.or(bad, i32x4.eq(v128.and(v128.load(at), exponent), exponent));
  for (; at < stop; at += 4) bad = v128.or(bad, i32x4.eq(v128.and(v128.load32_zero(at), exponent), exponent));
  if (v128.any_true(bad)) atomic.store<i32>(flag, 0);
}
