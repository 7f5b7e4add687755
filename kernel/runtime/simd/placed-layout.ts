/** A layout of connections in the kernels' memory, and the jobs that compute with it. */
import { LINEAR } from './jobs.js';
import type { KernelMemory } from './memory.js';
import { job, type Job } from './operations.js';
import { placesOf, type Connections, type ConnectionLayout } from './structure.js';

/** Lanes that one pass over the connections serves; the numbers do not depend on it. */
export type Tile = 16 | 24 | 32;

export interface ProductArguments {
  /** Panels [sources]. */
  readonly x: number;
  /** Panels [targets], overwritten. */
  readonly y: number;
  /** Weights in the order of the layout's places. */
  readonly values: number;
  /** [targets], or 0 for none. */
  readonly bias?: number;
  /** One of the activations of `jobs.ts`. */
  readonly activation?: number;
  readonly batch: number;
  readonly tile?: Tile;
}

export interface SampledArguments {
  /** Panels [targets]. */
  readonly own: number;
  /** Panels [sources]. */
  readonly other: number;
  /** Gradients in the order of the layout's places, overwritten. */
  readonly out: number;
  readonly batch: number;
}

/** Floating-point operations that are worth a thread's attention: about 20 microseconds. */
const SHARED_PART = 400_000;
/** Parts of a job at most: enough that a thread which is held up costs little. */
const MOST_PARTS = 32;

/** Items that a thread takes at a time, when all of them together are so many floating-point operations. */
export function grainOf(items: number, operations: number): number {
  const parts = Math.min(MOST_PARTS, Math.floor(operations / SHARED_PART));
  return parts < 2 ? Math.max(1, items) : Math.ceil(items / parts);
}

export class PlacedLayout {
  readonly kind: ConnectionLayout['kind'];
  readonly sources: number;
  readonly targets: number;
  /** Weights that the layout has room for, those of missing connections included. */
  readonly places: number;
  /** True when places are the connections in CSR order, so that nothing needs to be moved. */
  readonly inOrder: boolean;
  readonly #connections: number;
  #order: number | undefined;
  readonly #hasOrder: boolean;
  #inverse: number | undefined;
  readonly #memory: KernelMemory;
  readonly #heads: number;
  readonly #offsets: number;
  /** Blocks of sources, or entries of the longest list. */
  readonly #extent: number;
  readonly #items: number;

  /** @param keepOrder false for a layout whose weights come and go in its own order: four bytes a place less */
  constructor(memory: KernelMemory, { sources, targets, indices }: Connections, layout: ConnectionLayout, keepOrder = true) {
    this.#memory = memory;
    this.#connections = indices.length;
    this.inOrder = layout.order.every((connection, place) => connection === place);
    this.kind = layout.kind;
    this.sources = sources;
    this.targets = targets;
    this.places = layout.order.length;
    // An order that changes nothing takes no memory.
    if (!this.inOrder && keepOrder) this.#order = memory.place(layout.order);
    this.#hasOrder = this.inOrder || keepOrder;
    this.#heads = memory.place(layout.kind === 'sparse' ? layout.starts : layout.groups);
    this.#offsets = memory.place(layout.offsets);
    this.#extent = layout.kind === 'sparse' ? layout.blocks : layout.longest;
    this.#items = layout.kind === 'sparse' ? targets : layout.groups.length / 8;
  }

  /** Connection (position in CSR order) of each place, or -1: address of [places] words. */
  get order(): number {
    if (!this.#hasOrder) throw new Error('this layout was made without its order');
    return (this.#order ??= this.#memory.place(Int32Array.from({ length: this.places }, (_, place) => place)));
  }

  release(): void {
    for (const at of [this.#order, this.#heads, this.#offsets, this.#inverse]) if (at !== undefined) this.#memory.release(at);
  }

  /** y = activation(x · K + bias), or the gradient of the inputs when the targets are the inputs. */
  product({ x, y, values, bias = 0, activation = LINEAR, batch, tile = 16 }: ProductArguments): Job {
    const { sources, targets } = this;
    const grain = grainOf(this.#items, 2 * this.places * batch);
    const common = { x, y, sources, targets, batch, offsets: this.#offsets, values, bias, activation };
    if (this.kind === 'groups') return job('groupedProduct', this.#items, { ...common, groups: this.#heads, longest: this.#extent }, grain);
    return job('product', this.#items, { ...common, tile, blocks: this.#extent, starts: this.#heads }, grain);
  }

  /** The gradient of each weight. */
  sampled({ own, other, out, batch }: SampledArguments): Job {
    const { sources, targets } = this;
    const grain = grainOf(this.#items, 2 * this.places * batch);
    const common = { own, other, sources, targets, batch, offsets: this.#offsets, out };
    if (this.kind === 'groups') return job('groupedSampled', this.#items, { ...common, groups: this.#heads, longest: this.#extent }, grain);
    return job('sampled', this.#items, { ...common, blocks: this.#extent, starts: this.#heads }, grain);
  }

  /** values[place] = weights[connection]: from CSR order to that of the layout. */
  unpack(weights: number, values: number): Job {
    return job('permute', this.places, { values: weights, order: this.order, out: values }, grainOf(this.places, 20 * this.places));
  }

  /** weights[connection] = values[place]: back to CSR order. */
  pack(values: number, weights: number): Job {
    this.#inverse ??= this.#memory.place(placesOf({ order: this.#memory.words(this.order, this.places) }, this.#connections));
    return job('permute', this.#connections, { values, order: this.#inverse, out: weights }, grainOf(this.#connections, 20 * this.#connections));
  }
}
