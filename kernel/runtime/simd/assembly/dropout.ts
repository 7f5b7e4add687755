/**
 * Dropout. Whether a value is kept follows from the seed, its feature and its sample alone: nothing is remembered for the way
 * back, and the same step drops the same values in any program.
 */
import { lanesOf, panelAt, panelRow, read, write } from './columns';

/** 32 well-mixed bits of each lane (the finalizer of splitmix32). */
// @ts-ignore: decorator
@inline
function mixed(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x21f0aaad));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x735a2d97));
  return v128.xor(x, i32x4.shr_u(x, 15));
}

/** y = x / (1 - rate) where a value is kept, else 0; panels `begin` to `end`. x and y may be one, as on the way back. */
export function dropout(x: usize, y: usize, features: i32, batch: i32, seed: i32, rate: f32, begin: i32, end: i32): void {
  const scale = f32x4.splat(1 / (1 - rate));
  const least = f32x4.splat(rate);
  const beside = y - x;
  for (let panel = begin; panel < end; panel++) {
    const row = panelRow(panel, batch);
    for (let b: usize = 0; b < row; b += 16) {
      const first = (panel << 4) + <i32>(b >> 2);
      const live = lanesOf(first, batch);
      const samples = mixed(i32x4.add(i32x4.splat(seed), i32x4.mul(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), i32x4.splat(0x9e3779b9))));
      let at = panelAt(x, panel, features) + b;
      for (let f = 0; f < features; f++) {
        const bits = mixed(v128.xor(samples, i32x4.splat((f + 1) * 0x85ebca6b)));
        const uniform = f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(bits, 8)), f32x4.splat(1.0 / 16777216));
        const kept = v128.and(f32x4.ge(uniform, least), live);
        write(row, at + beside, v128.and(f32x4.mul(read(row, at), scale), kept));
        at += row;
      }
    }
  }
}
