/** The part of the WebAssembly JavaScript interface that is used here; Node has it, `@types/node` 20 does not declare it. */

export interface Memory {
  readonly buffer: SharedArrayBuffer;
  /** @returns the size before, in pages of 64 KiB. @throws RangeError when there is no more */
  grow(pages: number): number;
}

/** Compiled code; can be handed to workers. */
export interface Module {
  readonly [Symbol.toStringTag]: string;
}

interface Interface {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (module: Module, imports: { env: { memory: Memory } }) => { readonly exports: object };
}

// SAFETY: every Node that Patchbay supports has it, with these constructors (WebAssembly JavaScript Interface, W3C).
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: Interface }).WebAssembly;
