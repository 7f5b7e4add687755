import type { MaskData } from '../mask-data.js';

/** Every input connected to every output. */
export const fullMask = (inputs: number, outputs: number): MaskData => ({
  inputs,
  outputs,
  indptr: Uint32Array.from({ length: inputs + 1 }, (_, i) => i * outputs),
  indices: Uint32Array.from({ length: inputs * outputs }, (_, cell) => cell % outputs),
});
