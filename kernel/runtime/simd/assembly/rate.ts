/**
 * The multiply-add rate of this machine: six accumulators over memory that the first level of the cache holds. What kernels
 * are measured against.
 */
import { madd } from './vector';

/** @param bytes a multiple of 96; `out` takes 96 bytes; 2 · bytes / 4 · repeats floating-point operations */
export function multiplyAdd(x: usize, bytes: i32, weight: usize, out: usize, repeats: i32): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
  const stop = x + <usize>bytes;
  for (let r = 0; r < repeats; r++) {
    const w = v128.load32_splat(weight);
    for (let p = x; p < stop; p += 96) {
      a0 = madd(a0, v128.load(p), w);
      a1 = madd(a1, v128.load(p, 16), w);
      a2 = madd(a2, v128.load(p, 32), w);
      a3 = madd(a3, v128.load(p, 48), w);
      a4 = madd(a4, v128.load(p, 64), w);
      a5 = madd(a5, v128.load(p, 80), w);
    }
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out, a4, 64);
  v128.store(out, a5, 80);
}
