/** Softmax over the features of each sample. */
import { exponential } from './activations';
import { lanesOf, panelAt, panelRow, read, write } from './columns';

/** The largest logit of each of four samples. */
// @ts-ignore: decorator
@inline
export function largest(at: usize, row: usize, features: i32): v128 {
  let most = read(row, at);
  let p = at;
  for (let f = 0; f < features; f++) {
    most = f32x4.max(most, read(row, p));
    p += row;
  }
  return most;
}

/** e^(z - most), in place. @returns their sum */
// @ts-ignore: decorator
@inline
export function exponentials(at: usize, row: usize, features: i32, most: v128): v128 {
  let sum = f32x4.splat(0);
  let p = at;
  for (let f = 0; f < features; f++) {
    const e = exponential(f32x4.sub(read(row, p), most));
    sum = f32x4.add(sum, e);
    write(row, p, e);
    p += row;
  }
  return sum;
}

/** In place; panels `begin` to `end`. */
export function softmax(y: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  for (let panel = begin; panel < end; panel++) {
    const row = panelRow(panel, batch);
    const base = panelAt(y, panel, features);
    for (let b: usize = 0; b < row; b += 16) {
      const live = lanesOf((panel << 4) + <i32>(b >> 2), batch);
      const at = base + b;
      const sum = exponentials(at, row, features, largest(at, row, features));
      let p = at;
      for (let f = 0; f < features; f++) {
        write(row, p, v128.and(f32x4.div(read(row, p), sum), live));
        p += row;
      }
    }
  }
}

/** d_j = y_j (d_j - Σ d_i y_i), in place. */
export function softmaxGradient(y: usize, d: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const beside = y - d;
  for (let panel = begin; panel < end; panel++) {
    const row = panelRow(panel, batch);
    const base = panelAt(d, panel, features);
    for (let b: usize = 0; b < row; b += 16) {
      const at = base + b;
      let sum = f32x4.splat(0);
      let p = at;
      for (let f = 0; f < features; f++) {
        sum = f32x4.add(sum, f32x4.mul(read(row, p), read(row, p + beside)));
        p += row;
      }
      p = at;
      for (let f = 0; f < features; f++) {
        write(row, p, f32x4.mul(read(row, p + beside), f32x4.sub(read(row, p), sum)));
        p += row;
      }
    }
  }
}
