/** Batch normalization over the features of a batch [batch, features] (Ioffe & Szegedy 2015; Keras' and tfjs's formulas). */
import { lanesOf, panelAt, panelCount, panelRow, read, write } from './columns';
import { horizontalSum } from './vector';

/** Σ over the batch of one feature. */
function sumOf(x: usize, feature: i32, features: i32, batch: i32): f32 {
  let sum = f32x4.splat(0);
  for (let panel = 0; panel < panelCount(batch); panel++) {
    const row = panelRow(panel, batch);
    const at = panelAt(x, panel, features) + <usize>feature * row;
    for (let b: usize = 0; b < row; b += 16) sum = f32x4.add(sum, v128.and(read(row, at + b), lanesOf((panel << 4) + <i32>(b >> 2), batch)));
  }
  return horizontalSum(sum);
}

/** Σ (x - mean)². */
function squaresOf(x: usize, feature: i32, features: i32, batch: i32, mean: v128): f32 {
  let sum = f32x4.splat(0);
  for (let panel = 0; panel < panelCount(batch); panel++) {
    const row = panelRow(panel, batch);
    const at = panelAt(x, panel, features) + <usize>feature * row;
    for (let b: usize = 0; b < row; b += 16) {
      const off = v128.and(f32x4.sub(read(row, at + b), mean), lanesOf((panel << 4) + <i32>(b >> 2), batch));
      sum = f32x4.add(sum, f32x4.mul(off, off));
    }
  }
  return horizontalSum(sum);
}

/** y = (x - mean) * scale + shift; +0 in the lanes that hold no sample. */
function scaled(x: usize, y: usize, feature: i32, features: i32, batch: i32, mean: v128, scale: v128, shift: v128): void {
  const beside = y - x;
  for (let panel = 0; panel < panelCount(batch); panel++) {
    const row = panelRow(panel, batch);
    const at = panelAt(x, panel, features) + <usize>feature * row;
    for (let b: usize = 0; b < row; b += 16) {
      const value = f32x4.add(f32x4.mul(f32x4.sub(read(row, at + b), mean), scale), shift);
      write(row, at + b + beside, v128.and(value, lanesOf((panel << 4) + <i32>(b >> 2), batch)));
    }
  }
}

// @ts-ignore: decorator
@inline
function moved(at: usize, value: f32, share: f32): void {
  const before = load<f32>(at);
  store<f32>(at, before - (before - value) * share);
}

/** In training: by the batch's own mean and variance, which the moving ones follow. @param scale 1 / √(variance + ε), for the way back */
export function normalize(
  x: usize, y: usize, gamma: usize, beta: usize, mean: usize, scale: usize, movingMean: usize, movingVariance: usize, features: i32, batch: i32,
  epsilon: f32, momentum: f32, begin: i32, end: i32,
): void {
  for (let f = begin; f < end; f++) {
    const at = <usize>f << 2;
    const m = sumOf(x, f, features, batch) / <f32>batch;
    const variance = squaresOf(x, f, features, batch, f32x4.splat(m)) / <f32>batch;
    const s: f32 = 1 / sqrt<f32>(variance + epsilon);
    store<f32>(mean + at, m);
    store<f32>(scale + at, s);
    scaled(x, y, f, features, batch, f32x4.splat(m), f32x4.splat(s * load<f32>(gamma + at)), f32x4.splat(load<f32>(beta + at)));
    moved(movingMean + at, m, 1 - momentum);
    moved(movingVariance + at, variance, 1 - momentum);
  }
}

/** Otherwise: by the moving ones. */
export function normalizeBy(x: usize, y: usize, gamma: usize, beta: usize, mean: usize, variance: usize, features: i32, batch: i32, epsilon: f32, begin: i32, end: i32): void {
  for (let f = begin; f < end; f++) {
    const at = <usize>f << 2;
    const s: f32 = 1 / sqrt<f32>(load<f32>(variance + at) + epsilon);
    scaled(x, y, f, features, batch, f32x4.splat(load<f32>(mean + at)), f32x4.splat(s * load<f32>(gamma + at)), f32x4.splat(load<f32>(beta + at)));
  }
}

/** d becomes the gradient of x. @param x what was normalized @param dGamma, dBeta [features], or 0 where they are not trained */
export function normalizeGradient(x: usize, d: usize, gamma: usize, mean: usize, scale: usize, dGamma: usize, dBeta: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const beside = x - d;
  for (let f = begin; f < end; f++) {
    const at = <usize>f << 2;
    const m = f32x4.splat(load<f32>(mean + at)), s = f32x4.splat(load<f32>(scale + at));
    const ofBeta = sumOf(d, f, features, batch);
    let sum = f32x4.splat(0);
    for (let panel = 0; panel < panelCount(batch); panel++) {
      const row = panelRow(panel, batch);
      const p = panelAt(d, panel, features) + <usize>f * row;
      for (let b: usize = 0; b < row; b += 16) {
        const normal = f32x4.mul(f32x4.sub(read(row, p + b + beside), m), s);
        sum = f32x4.add(sum, v128.and(f32x4.mul(read(row, p + b), normal), lanesOf((panel << 4) + <i32>(b >> 2), batch)));
      }
    }
    const ofGamma = horizontalSum(sum);
    if (dGamma != 0) store<f32>(dGamma + at, ofGamma);
    if (dBeta != 0) store<f32>(dBeta + at, ofBeta);
    const factor = f32x4.mul(s, f32x4.splat(load<f32>(gamma + at)));
    const meanD = f32x4.splat(ofBeta / <f32>batch), meanN = f32x4.splat(ofGamma / <f32>batch);
    for (let panel = 0; panel < panelCount(batch); panel++) {
      const row = panelRow(panel, batch);
      const p = panelAt(d, panel, features) + <usize>f * row;
      for (let b: usize = 0; b < row; b += 16) {
        const normal = f32x4.mul(f32x4.sub(read(row, p + b + beside), m), s);
        const value = f32x4.mul(f32x4.sub(f32x4.sub(read(row, p + b), meanD), f32x4.mul(normal, meanN)), factor);
        write(row, p + b, v128.and(value, lanesOf((panel << 4) + <i32>(b >> 2), batch)));
      }
    }
  }
}
