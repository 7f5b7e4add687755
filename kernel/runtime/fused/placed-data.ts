/** Rows of tensors in the kernels' memory. The same tensors at the next run are there already. */
import type { Tensor } from '@tensorflow/tfjs';
import type { KernelMemory } from '../simd/memory.js';

export interface PlacedData {
  readonly x: number;
  readonly y: number;
  /** 0 when rows have no weights. */
  readonly weights: number;
}

interface Entry {
  readonly at: number;
  /** tfjs's key of a tensor's values, which never change. */
  readonly key: object | undefined;
}

export class DataStore {
  readonly #memory: KernelMemory;
  #entries: Entry[] = [];

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  /** Places the tensors, and forgets all others. @returns addresses, 0 for an undefined one */
  async place(tensors: readonly (Tensor | undefined)[]): Promise<number[]> {
    const before = this.#entries;
    const values = await Promise.all(tensors.map((tensor) => (tensor && !before.some(({ key }) => key === tensor.dataId) ? tensor.data() : Promise.resolve(undefined))));
    const kept = new Set<Entry>();
    const next = tensors.map((tensor, n): Entry | undefined => {
      const found = tensor && before.find(({ key }) => key === tensor.dataId);
      if (found) kept.add(found);
      const given = values[n];
      return found ?? (tensor && given ? { key: tensor.dataId, at: this.#copy(given) } : undefined);
    });
    for (const entry of before) if (!kept.has(entry)) this.#memory.release(entry.at);
    this.#entries = [...new Set(next)].filter((entry) => entry !== undefined);
    return next.map((entry) => entry?.at ?? 0);
  }

  release(): void {
    for (const { at } of this.#entries.splice(0)) this.#memory.release(at);
  }

  #copy(values: ArrayLike<number>): number {
    const at = this.#memory.allocate(Math.max(4, values.length * 4));
    this.#memory.floats(at, values.length).set(values);
    return at;
  }
}
