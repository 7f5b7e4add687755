/** The memory that kernels, their callers and all threads share, and who has which part of it. */

import { webAssembly, type Memory } from './web-assembly.js';

const PAGE = 65536;
/** Every buffer begins on a cache line. */
const ALIGNMENT = 64;
/** Nothing lies at address 0, which stands for "none". */
const FIRST = ALIGNMENT;

interface Gap {
  at: number;
  bytes: number;
}

/** Up to 4 GiB, first fit; neighbours that are free become one. */
export class KernelMemory {
  readonly memory: Memory;
  readonly #sizes = new Map<number, number>();
  /** Ascending by address. */
  readonly #gaps: Gap[] = [];
  #end = FIRST;

  constructor(initialPages = 16) {
    this.memory = new webAssembly.Memory({ initial: initialPages, maximum: 65536, shared: true });
  }

  /** Bytes that are in use. */
  get used(): number {
    let sum = 0;
    for (const bytes of this.#sizes.values()) sum += bytes;
    return sum;
  }

  /** @returns the address; the content is whatever was there. @throws Error when 4 GiB do not suffice */
  allocate(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const index = this.#gaps.findIndex((gap) => gap.bytes >= size);
    const gap = this.#gaps[index];
    let at: number;
    if (gap) {
      at = gap.at;
      if (gap.bytes === size) this.#gaps.splice(index, 1);
      else {
        gap.at += size;
        gap.bytes -= size;
      }
    } else {
      at = this.#end;
      this.#grow(at + size);
      this.#end = at + size;
    }
    this.#sizes.set(at, size);
    return at;
  }

  /** @throws Error when nothing was allocated there */
  release(at: number): void {
    const bytes = this.#sizes.get(at);
    if (bytes === undefined) throw new Error(`kernel memory: nothing was allocated at ${at}`);
    this.#sizes.delete(at);
    let index = this.#gaps.findIndex((gap) => gap.at > at);
    if (index < 0) index = this.#gaps.length;
    const before = this.#gaps[index - 1];
    const after = this.#gaps[index];
    const joinsBefore = before !== undefined && before.at + before.bytes === at;
    const joinsAfter = after !== undefined && at + bytes === after.at;
    if (joinsBefore && joinsAfter) {
      before.bytes += bytes + after.bytes;
      this.#gaps.splice(index, 1);
    } else if (joinsBefore) before.bytes += bytes;
    else if (joinsAfter) {
      after.at = at;
      after.bytes += bytes;
    } else this.#gaps.splice(index, 0, { at, bytes });
    const last = this.#gaps.at(-1);
    if (last && last.at + last.bytes === this.#end) {
      this.#end = last.at;
      this.#gaps.pop();
    }
  }

  /** A view; it stays valid, since shared memory grows without moving. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  words(at: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, length);
  }

  /** Allocates room for the values and copies them there. */
  place(values: Float32Array | Int32Array | Uint32Array): number {
    const at = this.allocate(values.byteLength);
    if (values instanceof Float32Array) this.floats(at, values.length).set(values);
    else this.words(at, values.length).set(values);
    return at;
  }

  #grow(bytes: number): void {
    const pages = Math.ceil(bytes / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (pages <= 0) return;
    try {
      this.memory.grow(pages);
    } catch (error) {
      throw new Error(`the sparse kernels need ${Math.ceil(bytes / 2 ** 20)} MiB of memory, and no more than 4096 can be had. Smaller batches or fewer connections need less`, { cause: error });
    }
  }
}
