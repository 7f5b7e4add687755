/** The connections of one mask as the kernels want them: forward, backward, laid out when a variant is first used. */
import type { ByColumn, MaskData } from '../../model/mask-data.js';
import { choose, explainChoice, type Choice } from './dispatch.js';
import { sparseEngine, type SparseEngine } from './engine.js';
import { PlacedLayout } from './placed-layout.js';
import { ratesOf, TYPICAL } from './rates.js';
import { groupPlaces, type Connections } from './structure.js';
import { LAYOUTS, type ProductOperation, type ProductShape, type Variant } from './variants.js';

/** What of a `Mask` is used; it is immutable. */
export interface WiredMask {
  readonly data: MaskData;
  byColumn(): ByColumn;
}

export interface Plan extends Choice {
  readonly layout: PlacedLayout;
}

/** Floating-point operations below which nothing is measured. */
const WORTH_MEASURING = 2_000_000;

let forced: string | undefined;

/** Makes every product take this variant, or lets dispatch choose again. The numbers stay the same. */
export function forceVariant(name: string | undefined): void {
  forced = name;
}

/** One direction of a mask: its targets and, for each, its sources. */
export class Direction {
  readonly connections: Connections;
  /** What was computed last, and by which variant. */
  readonly last = new Map<ProductOperation, Choice>();
  readonly engine: SparseEngine;
  readonly #layouts = new Map<Variant['layout'], PlacedLayout>();
  #groupPlaces: number | undefined;

  constructor(engine: SparseEngine, connections: Connections) {
    this.engine = engine;
    this.connections = connections;
  }

  shape(batch: number): ProductShape {
    const { sources, targets, indices } = this.connections;
    const connections = indices.length;
    this.#groupPlaces ??= groupPlaces(this.connections);
    return { sources, targets, connections, batch, groupPlaces: this.#groupPlaces };
  }

  layout(kind: Variant['layout']): PlacedLayout {
    const existing = this.#layouts.get(kind);
    if (existing) return existing;
    const placed = new PlacedLayout(this.engine.memory, this.connections, LAYOUTS[kind](this.connections));
    this.#layouts.set(kind, placed);
    return placed;
  }

  /** How to compute; laid out and ready. */
  plan(operation: ProductOperation, batch: number, variant = forced): Plan {
    const choice = this.choice(operation, batch, variant);
    this.last.set(operation, choice);
    return { ...choice, layout: this.layout(choice.variant.layout) };
  }

  choice(operation: ProductOperation, batch: number, variant = forced): Choice {
    const shape = this.shape(batch);
    const measure = 2 * shape.connections * batch >= WORTH_MEASURING;
    return choose(operation, shape, measure ? ratesOf(this.engine) : TYPICAL, variant);
  }

  release(): void {
    for (const layout of this.#layouts.values()) layout.release();
    this.#layouts.clear();
  }
}

export interface Explanation {
  readonly forward: string;
  readonly inputGradient: string;
  readonly weightGradient: string;
}

export class Wiring {
  /** Sources are the inputs. */
  readonly forward: Direction;
  /** Sources are the outputs. */
  readonly backward: Direction;
  readonly engine: SparseEngine;

  constructor(engine: SparseEngine, mask: WiredMask) {
    const { inputs, outputs, indptr, indices } = mask.data;
    this.engine = engine;
    this.forward = new Direction(engine, { sources: inputs, targets: outputs, ...mask.byColumn() });
    this.backward = new Direction(engine, { sources: outputs, targets: inputs, indptr, indices });
  }

  /** Which variant computes each product of a layer at this batch, and why. */
  explain(batch: number): Explanation {
    return {
      forward: explainChoice(this.forward.choice('product', batch)),
      inputGradient: explainChoice(this.backward.choice('product', batch)),
      weightGradient: explainChoice(this.backward.choice('weights', batch)),
    };
  }

  release(): void {
    this.forward.release();
    this.backward.release();
  }
}

const wirings = new WeakMap<WiredMask, Wiring>();
const unused = new FinalizationRegistry<readonly Direction[]>((directions) => directions.forEach((direction) => direction.release()));

/** The wiring of a mask in this thread's engine, made at the first call; its memory is free again once the mask is gone. */
export function wiringOf(mask: WiredMask): Wiring {
  const existing = wirings.get(mask);
  if (existing) return existing;
  const wiring = new Wiring(sparseEngine(), mask);
  wirings.set(mask, wiring);
  unused.register(mask, [wiring.forward, wiring.backward]);
  return wiring;
}
