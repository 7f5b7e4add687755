import type { NetLayer } from '../../model/look/look.js';

/** One layer with weights, counted between units: of a convolution, pixels times channels. */
export interface LayerReport extends NetLayer {
  /** Multiplications and additions of one example in the forward pass, without bias and activation: 2 * nnz. */
  readonly flops: number;
  readonly denseFlops: number;
  /** Connections that arrive at each output. */
  readonly inDegree: Uint32Array;
  /** Connections that leave each input. */
  readonly outDegree: Uint32Array;
}

/** A unit that a layer with weights puts out. */
export interface Unit {
  /** Index into `layers`. */
  readonly layer: number;
  readonly unit: number;
}

/** The sums over all layers; a layer that is used twice has its parameters once. */
export type Totals = Readonly<Pick<LayerReport, 'nnz' | 'params' | 'denseParams' | 'flops' | 'denseFlops'>>;

/** All that a table says. */
export interface Report {
  readonly layers: readonly LayerReport[];
  readonly total: Totals;
  readonly inputs: number;
  readonly outputs: number;
  readonly deadInputs: readonly number[];
  readonly deadUnits: readonly Unit[];
  readonly unreachableOutputs: readonly number[];
}
