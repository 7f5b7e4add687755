/** What a kernel costs on this machine: nanoseconds a place (a weight that the layout has room for). */
import { byColumn, type MaskData } from '../../model/mask-data.js';
import { ACTIVATIONS } from './activations.js';
import type { Program, SparseEngine } from './engine.js';
import { job, type Job } from './operations.js';
import { panelBytes } from './panels.js';
import { PlacedLayout } from './placed-layout.js';
import type { Connections } from './structure.js';
import { LAYOUTS, VARIANTS, type ProductOperation, type Variant } from './variants.js';

export interface Rate {
  /** A place and a full panel of 16 samples. */
  readonly panel: number;
  /** A place and a narrower panel. */
  readonly narrow: number;
  /** A place, when the batch is one sample. */
  readonly single: number;
}

export interface Rates {
  readonly kernels: Readonly<Record<string, Rate>>;
  /** A place whose weight is moved from CSR order to that of the layout. */
  readonly move: number;
  /** Milliseconds that the measurement took; 0 when nothing was measured. */
  readonly took: number;
}

export const rateName = (variant: Variant, operation: ProductOperation): string => `${variant.name} ${operation}`;

/** Ratios of a Zen 3 in Node 20; used as they are for one sample and for work too small to measure for. */
export const TYPICAL: Rates = {
  kernels: {
    'sparse16 product': { panel: 1.4, narrow: 1, single: 0.8 },
    'sparse16 weights': { panel: 1.9, narrow: 1.1, single: 0.8 },
    'sparse24 product': { panel: 1.6, narrow: 1, single: 0.8 },
    'sparse32 product': { panel: 2, narrow: 1, single: 0.8 },
    'groups product': { panel: 1.2, narrow: 0.8, single: 0.3 },
    'groups weights': { panel: 1.9, narrow: 1.1, single: 0.3 },
    'dense product': { panel: 1.2, narrow: 0.8, single: 0.3 },
    'dense weights': { panel: 1.9, narrow: 1.1, single: 0.3 },
  },
  move: 1,
  took: 0,
};

/** A batch that is a multiple of every tile, one of a narrow panel, and one sample. */
const BATCHES = { panel: 96, narrow: 8, single: 1 } as const;
const REPEATS = 4;
/** Milliseconds that a calibration may take; what is not measured by then keeps its typical rate. */
const BUDGET = 4;

/** 512 × 64 with every 10th connection, or 64 × 64 with all: small enough for the first levels of the cache. */
function sample(layout: Variant['layout']): Connections {
  const [inputs, outputs, step] = layout === 'sparse' ? [512, 64, 10] : [64, 64, 1];
  const indptr = new Uint32Array(inputs + 1);
  const indices: number[] = [];
  for (let i = 0; i < inputs; i++) {
    for (let j = (i * 7) % step; j < outputs; j += step) indices.push(j);
    indptr[i + 1] = indices.length;
  }
  const mask: MaskData = { inputs, outputs, indptr, indices: Uint32Array.from(indices) };
  return { sources: inputs, targets: outputs, ...byColumn(mask) };
}

/** Milliseconds of the fastest of some runs. */
function fastest(engine: SparseEngine, program: Program): number {
  let best = Infinity;
  for (let turn = 0; turn < REPEATS; turn++) {
    const start = performance.now();
    engine.run(program);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Measures every variant of the table, in at most about 4 ms. */
export function calibrate(engine: SparseEngine): Rates {
  const begun = performance.now();
  const kernels: Record<string, Rate> = { ...TYPICAL.kernels };
  const { memory } = engine;
  let move = TYPICAL.move;
  for (const layout of ['sparse', 'groups'] as const) {
    const connections = sample(layout);
    const placed = new PlacedLayout(memory, connections, LAYOUTS[layout](connections));
    const x = memory.allocate(panelBytes(connections.sources, BATCHES.panel));
    const y = memory.allocate(panelBytes(connections.targets, BATCHES.panel));
    const [weights, values] = [memory.allocate(placed.places * 4), memory.allocate(placed.places * 4)];
    // Denormals would be slow, NaN is not.
    memory.floats(x, panelBytes(connections.sources, BATCHES.panel) / 4).fill(1);
    memory.floats(y, panelBytes(connections.targets, BATCHES.panel) / 4).fill(1);
    memory.floats(weights, placed.places).fill(1);
    memory.floats(values, placed.places).fill(1);
    const measured = (one: Job): number => {
      const program = engine.program([one]);
      const milliseconds = fastest(engine, program);
      program.release();
      return milliseconds;
    };
    const enough = (): boolean => performance.now() - begun > BUDGET;
    for (const variant of VARIANTS.filter((candidate) => candidate.layout === layout)) {
      for (const operation of variant.operations) {
        if (enough()) break;
        const time = (batch: number): number =>
          (measured(operation === 'product' ? placed.product({ x, y, values, batch, tile: variant.tile, activation: ACTIVATIONS.linear.kind }) : placed.sampled({ own: y, other: x, out: values, batch })) * 1e6) / placed.places;
        kernels[rateName(variant, operation)] = { panel: time(BATCHES.panel) / (BATCHES.panel / 16), narrow: time(BATCHES.narrow), single: time(BATCHES.single) };
      }
    }
    if (layout === 'sparse' && !enough()) move = (measured(job('permute', placed.places, { values: weights, order: placed.order, out: values })) * 1e6) / placed.places;
    placed.release();
    for (const at of [x, y, weights, values]) memory.release(at);
  }
  // Dense weights are groups that share one list.
  for (const operation of ['product', 'weights']) {
    const rate = kernels[`groups ${operation}`];
    if (rate) kernels[`dense ${operation}`] = rate;
  }
  return { kernels, move, took: performance.now() - begun };
}

/**
 * When to measure, in milliseconds since the first time: V8 compiles WebAssembly twice, and the better code comes later, by
 * and by. The numbers that kernels compute do not depend on what is chosen.
 */
const MEASURE_AGAIN = [0, 200, 2000];

const known = new WeakMap<SparseEngine, { rates: Rates; first: number; count: number }>();

/** The rates of this machine, measured when they are first asked for and twice more. */
export function ratesOf(engine: SparseEngine, now = performance.now()): Rates {
  const entry = known.get(engine);
  const due = MEASURE_AGAIN[entry?.count ?? 0];
  if (entry && (due === undefined || now - entry.first < due)) return entry.rates;
  const next = { rates: calibrate(engine), first: entry?.first ?? now, count: (entry?.count ?? 0) + 1 };
  known.set(engine, next);
  return next.rates;
}
