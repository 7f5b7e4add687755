/** Buffers of the sparse kernels with NaN all around: a read beyond one shows as NaN, a write as a number where NaN was. */
import type { SparseEngine } from '../../kernel/runtime/simd/engine.js';
import { panelBytes, panelIndex } from '../../kernel/runtime/simd/panels.js';

/** Floats on either side. */
const GUARD = 64;

export interface Guarded {
  /** Address, a multiple of 64. */
  readonly at: number;
  readonly view: Float32Array;
}

export class GuardedKernels {
  readonly #buffers: { at: number; whole: Float32Array; length: number }[] = [];

  constructor(readonly engine: SparseEngine) {}

  /** Values with guards right before and right behind them. */
  floats(values: ArrayLike<number>): Guarded {
    const { memory } = this.engine;
    const at = memory.allocate((values.length + 2 * GUARD) * 4);
    const whole = memory.floats(at, values.length + 2 * GUARD).fill(NaN);
    whole.set(values, GUARD);
    this.#buffers.push({ at, whole, length: values.length });
    return { at: at + GUARD * 4, view: whole.subarray(GUARD, GUARD + values.length) };
  }

  empty(length: number): Guarded {
    return this.floats(new Float32Array(length).fill(7));
  }

  /** Rows [batch, features] as panels; padding is +0. */
  panels(rows: ArrayLike<number>, features: number, batch: number): Guarded {
    const values = new Float32Array(panelBytes(features, batch) / 4);
    for (let b = 0; b < batch; b++) for (let f = 0; f < features; f++) values[panelIndex(features, batch, f, b)] = rows[b * features + f]!;
    return this.floats(values);
  }

  /** Whether all guards are still NaN. */
  intact(): boolean {
    return this.#buffers.every(({ whole, length }) => [...whole.subarray(0, GUARD), ...whole.subarray(GUARD + length)].every(Number.isNaN));
  }

  release(): void {
    for (const { at } of this.#buffers.splice(0)) this.engine.memory.release(at);
  }
}

/** Panels back as rows [batch, features]. */
export function rowsOf(panels: Float32Array, features: number, batch: number): Float32Array {
  const rows = new Float32Array(batch * features);
  for (let b = 0; b < batch; b++) for (let f = 0; f < features; f++) rows[b * features + f] = panels[panelIndex(features, batch, f, b)]!;
  return rows;
}

/** The lanes of panels that hold no sample. */
export function paddingOf(panels: Float32Array, features: number, batch: number): number[] {
  const samples = new Set<number>();
  for (let b = 0; b < batch; b++) for (let f = 0; f < features; f++) samples.add(panelIndex(features, batch, f, b));
  return [...panels].filter((_, k) => !samples.has(k));
}

/** The worst of all values, as a multiple of eps · magnitude (plus the smallest denormal); NaN when one is NaN. */
export function worstError(values: ArrayLike<number>, expected: { values: ArrayLike<number>; magnitudes: ArrayLike<number> }): number {
  let worst = 0;
  for (let k = 0; k < expected.values.length; k++) {
    const error = Math.abs(values[k]! - expected.values[k]!);
    const unit = 2 ** -23 * expected.magnitudes[k]! + 2 ** -148;
    worst = Number.isNaN(error) ? NaN : Math.max(worst, error / unit);
    if (Number.isNaN(worst)) return NaN;
  }
  return worst;
}

export const bitsOf = (values: Float32Array): number[] => [...new Uint32Array(Float32Array.from(values).buffer)];
