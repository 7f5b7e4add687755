/** What *Visualize Mask* shows of a value or a file: plain JSON on its way from the kernel or a reader thread to the panel. */
import type { ConnectionsJson, Shape } from '../views/connections.js';
import type { MatrixAnalysis } from './analyse-matrix.js';
import type { Listed } from './listed.js';

/** The connections themselves, for saving: a view of a large mask holds counts only. */
export interface ExactConnections extends Shape {
  readonly connections: ConnectionsJson;
}

/** One matrix: drawn, counted, and exact. */
export interface MatrixLook {
  /** `a Mask`, `a MaskedDense layer`, `a tensor of shape [3, 2]` */
  readonly what: string;
  /** What a reader has to know: a sentence. */
  readonly note?: string;
  /** Media type of the view. */
  readonly mime: string;
  readonly payload: object;
  readonly analysis: MatrixAnalysis;
  /** Absent when there is too much of it to hand over. */
  readonly exact?: ExactConnections;
}

/** A layer that can be chosen in the panel. */
export interface LayerChoice {
  /** Unique within the model: `1 dense_2`. */
  readonly key: string;
  /** `dense_2: MaskedDense, 16 × 8` */
  readonly label: string;
}

/** One line of the table of a net: a layer with weights, counted between units: of a convolution, pixels times channels. */
export interface NetLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Connections. */
  readonly nnz: number;
  /** Connections per connection of the dense layer of this kind, 0 to 1. */
  readonly density: number;
  /** Weights and biases; of masks, which say nothing of biases, weights only. */
  readonly params: number;
  /** The same if nothing were missing. */
  readonly denseParams: number;
}

/** The analysis of a whole net. Lists hold the first few; counts are of all. */
export interface NetReport {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly NetLayer[];
  readonly deadInputs: Listed;
  readonly deadUnits: Listed;
  readonly unreachableOutputs: Listed;
}

export interface NetLook {
  /** `a Sequential of 3 layers`, `a list of 2 masks` */
  readonly what: string;
  readonly layers: readonly LayerChoice[];
  /** Key of the layer that `matrix` is. */
  readonly layer: string;
  /** Absent where its wiring is not known; `reportProblem` says why. */
  readonly report?: NetReport;
  readonly reportProblem?: string;
}

export interface Look {
  readonly matrix: MatrixLook;
  /** Of a model, or of a list of masks. */
  readonly net?: NetLook;
}

/** `gone`: there is nothing of that name. `noMask`: it is something else. Both with a sentence that says what, and what to do. */
export type LookReply = { readonly status: 'drawn'; readonly look: Look } | { readonly status: 'gone' | 'noMask'; readonly problem: string };
