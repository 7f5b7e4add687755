/** Small pieces that every kernel is made of; all of them are inlined. */

/** Bytes of one row of a full panel: 16 lanes of float32, one cache line. */
export const ROW: usize = 64;

// @ts-ignore: decorator
@inline
export function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** a0 + a2, b0 + b2, a1 + a3, b1 + b3: half the way to two horizontal sums. */
// @ts-ignore: decorator
@inline
export function halfSums(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/** The other half, of two such halves: four horizontal sums. */
// @ts-ignore: decorator
@inline
export function joinedSums(ab: v128, cd: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** The four horizontal sums of four vectors: (s0 + s2) + (s1 + s3) of each. */
// @ts-ignore: decorator
@inline
export function horizontalSums(a: v128, b: v128, c: v128, d: v128): v128 {
  return joinedSums(halfSums(a, b), halfSums(c, d));
}

/** (s0 + s2) + (s1 + s3), the same bits as one of `horizontalSums`. */
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
