/** One layer in the kernels' memory: its products by one variant, and a whole step of training. */
import { masks, type Mask } from '../../runtime/index.js';
import type { Program, SparseEngine } from '../../runtime/simd/engine.js';
import { job, type Job } from '../../runtime/simd/operations.js';
import { panelBytes } from '../../runtime/simd/panels.js';
import { grainOf, PlacedLayout } from '../../runtime/simd/placed-layout.js';
import { orderBetween, type Connections } from '../../runtime/simd/structure.js';
import { UPDATES } from '../../runtime/simd/updates.js';
import { LAYOUTS, variantNamed } from '../../runtime/simd/variants.js';

export const maskOf = (n: number, density: number): Mask => (density === 1 ? masks.dense(n, n) : masks.random(n, n, { density, seed: 1 }));

export interface Layer {
  readonly forward: Program;
  readonly inputGradient: Program;
  readonly weightGradient: Program;
  readonly biasGradient: Program;
  /** All four, SGD, and the weights' way to the backward layout. */
  readonly step: Program;
  release(): void;
}

/** @param product the variant of the products; the gradient of the weights takes the same layout */
export function layerOf(engine: SparseEngine, mask: Mask, batch: number, product: string): Layer {
  const { memory } = engine;
  const variant = variantNamed(product);
  const { tile } = variant;
  const { inputs: n, outputs: m, nnz } = mask;
  const forwards: Connections = { sources: n, targets: m, ...mask.byColumn() };
  const backwards: Connections = { sources: m, targets: n, indptr: mask.data.indptr, indices: mask.data.indices };
  const [there, back] = [LAYOUTS[variant.layout](forwards), LAYOUTS[variant.layout](backwards)];
  const forward = new PlacedLayout(memory, forwards, there);
  const backward = new PlacedLayout(memory, backwards, back);
  const held: number[] = [];
  const floats = (length: number): number => {
    const at = memory.allocate(length * 4);
    // No denormals, no NaN: either would be slow.
    memory.floats(at, length).forEach((_, k, all) => (all[k] = 0.01 * Math.sin(k)));
    held.push(at);
    return at;
  };
  const [x, dx] = [floats(panelBytes(n, batch) / 4), floats(panelBytes(n, batch) / 4)];
  const [y, dy] = [floats(panelBytes(m, batch) / 4), floats(panelBytes(m, batch) / 4)];
  const [values, backValues, gradient] = [floats(forward.places), floats(backward.places), floats(forward.places)];
  const [bias, biasGradient] = [floats(m), floats(m)];
  const order = memory.place(orderBetween(there, back, nnz));
  held.push(order);
  const sgd = (w: number, g: number, length: number): Job =>
    job('optimize', length, { kind: UPDATES.sgd.kind, w, g, m: 0, v: 0, s: 0, rate: 1e-6, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 }, grainOf(length, 10 * length));
  const jobs = {
    forward: forward.product({ x, y, values, bias, batch, tile }),
    inputGradient: backward.product({ x: dy, y: dx, values: backValues, batch, tile }),
    weightGradient: forward.sampled({ own: dy, other: x, out: gradient, batch }),
    biasGradient: job('rowSums', m, { d: dy, out: biasGradient, rows: m, batch }),
  };
  const programs = {
    forward: engine.program([jobs.forward]),
    inputGradient: engine.program([jobs.inputGradient]),
    weightGradient: engine.program([jobs.weightGradient]),
    biasGradient: engine.program([jobs.biasGradient]),
    step: engine.program([
      ...Object.values(jobs), sgd(values, gradient, forward.places), sgd(bias, biasGradient, m),
      job('permute', backward.places, { values, order, out: backValues }, grainOf(backward.places, 20 * backward.places)),
    ]),
  };
  return {
    ...programs,
    release: () => {
      for (const program of Object.values(programs)) program.release();
      for (const at of held) memory.release(at);
      forward.release();
      backward.release();
    },
  };
}

/** This machine's multiply-add rate: `flops` floating-point operations a run. */
export function rateProgram(engine: SparseEngine): { program: Program; flops: number } {
  const { memory } = engine;
  const [bytes, repeats] = [9600, 100];
  const [x, weight, out] = [memory.allocate(bytes), memory.allocate(4), memory.allocate(96)];
  memory.floats(x, bytes / 4).fill(1);
  memory.floats(weight, 1).fill(0.999);
  return { program: engine.program([job('multiplyAddRate', repeats, { x, bytes, weight, out })]), flops: 2 * (bytes / 4) * repeats };
}
