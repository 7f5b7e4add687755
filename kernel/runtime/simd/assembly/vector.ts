/** Small pieces that every kernel is made of; all of them are inlined. */

/** Bytes of one row of a full panel: 16 lanes of float32, one cache line. */
export const ROW: usize = 64;

// @ts-ignore: decorator
@inline
export function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Lane by lane the products of a row of so many vectors, added in order. */
// @ts-ignore: decorator
@inline
export function dot(vectors: i32, p: usize, d0: v128, d1: v128, d2: v128, d3: v128): v128 {
  let s = f32x4.mul(v128.load(p), d0);
  if (vectors > 1) s = madd(s, v128.load(p, 16), d1);
  if (vectors > 2) s = madd(s, v128.load(p, 32), d2);
  if (vectors > 3) s = madd(s, v128.load(p, 48), d3);
  return s;
}

/** a0 + a2, b0 + b2, a1 + a3, b1 + b3: half the way to two horizontal sums. */
// @ts-ignore: decorator
@inline
export function halfSums(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/** The other half, of two such halves: four horizontal sums, (s0 + s2) + (s1 + s3) of each. */
// @ts-ignore: decorator
@inline
export function joinedSums(ab: v128, cd: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** (s0 + s2) + (s1 + s3), the same bits as one of `joinedSums`. */
// @ts-ignore: decorator
@inline
export function horizontalSum(s: v128): f32 {
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 2) + (f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 3));
}

/** Full panels of a batch: 16 lanes each. */
// @ts-ignore: decorator
@inline
export function fullPanels(batch: i32): i32 {
  return batch >> 4;
}

/** Bytes of a row of the last, narrower panel; 0 when there is none. One sample alone takes no padding, otherwise lanes come in fours. */
// @ts-ignore: decorator
@inline
export function lastRow(batch: i32): usize {
  return batch == 1 ? 4 : <usize>(((batch & 15) + 3) & ~3) << 2;
}

/** Ones in the lanes of the last vector that hold samples, zeros in its padding. */
export function sampleLanes(batch: i32): v128 {
  const lanes = i32x4.splat(((batch - 1) & 3) + 1);
  return i32x4.gt_s(lanes, i32x4(0, 1, 2, 3));
}

/** Offsets are those of a full panel; the rows of one of so many vectors lie closer together. */
// @ts-ignore: decorator
@inline
export function scaled(vectors: i32, offset: u32): usize {
  if (vectors == 1) return <usize>offset >> 2;
  if (vectors == 2) return <usize>offset >> 1;
  if (vectors == 3) return (<usize>offset >> 2) * 3;
  return <usize>offset;
}

/** Four values, or the last ones one by one. */
// @ts-ignore: decorator
@inline
export function read(one: bool, at: usize): v128 {
  return one ? v128.load32_zero(at) : v128.load(at);
}

// @ts-ignore: decorator
@inline
export function write(one: bool, at: usize, value: v128): void {
  if (one) v128.store32_lane(at, value, 0);
  else v128.store(at, value);
}

/** Four rows of four as four columns, `stride` bytes from one to the next. */
// @ts-ignore: decorator
@inline
export function storeColumns(to: usize, stride: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const l01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), h01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const l23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), h23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(l01, l23, 0, 1, 4, 5));
  v128.store(to + stride, v128.shuffle<f32>(l01, l23, 2, 3, 6, 7));
  v128.store(to + 2 * stride, v128.shuffle<f32>(h01, h23, 0, 1, 4, 5));
  v128.store(to + 3 * stride, v128.shuffle<f32>(h01, h23, 2, 3, 6, 7));
}
