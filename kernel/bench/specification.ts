/** What is measured, said so that any subject can do it: one of ours, tfjs, or a program in Python. Plain data. */

/** A net and how it is trained. */
export interface Net {
  /** Units of each layer, the inputs first. */
  readonly sizes: readonly number[];
  /** Connected share of each layer's weights; 1 is an ordinary dense layer. */
  readonly densities: readonly number[];
  readonly batch: number;
  readonly optimizer: 'adam' | 'sgd';
  /** `mse` with a linear last layer, or cross-entropy with softmax. Hidden layers are relu. */
  readonly loss: 'mse' | 'crossentropy';
}

/** What one layer of n inputs and n units is made to do. */
export type LayerPart = 'forward' | 'inputGradient' | 'weightGradient' | 'step';

export interface LayerWork {
  readonly n: number;
  readonly density: number;
  readonly batch: number;
  readonly part: LayerPart;
}

export type Work =
  /** A step of training; milliseconds a step. */
  | { readonly kind: 'step'; readonly net: Net; readonly how?: string }
  /** A layer's product alone, or forward, backward and SGD; milliseconds each. */
  | { readonly kind: 'layer'; readonly layer: LayerWork; readonly how?: string; readonly threads?: number }
  /** The multiply-add rate of this machine: what kernels are measured against. */
  | { readonly kind: 'rate' }
  /** What a training of one step takes, beside the step, for a model that has been trained before. */
  | { readonly kind: 'start'; readonly net: Net }
  /** A process from its start to the end of its first step. */
  | { readonly kind: 'cold'; readonly net: Net };

/** One request a line of JSON; the answer has the same id. */
export type Request =
  | { readonly id: number; readonly operation: 'describe' }
  | { readonly id: number; readonly operation: 'prepare'; readonly name: string; readonly work: Work }
  /** Runs for about so many milliseconds, at least once. */
  | { readonly id: number; readonly operation: 'burst'; readonly name: string; readonly milliseconds: number }
  | { readonly id: number; readonly operation: 'release'; readonly name: string };

export interface Answer {
  readonly id: number;
  /** Of `describe`: versions. */
  readonly what?: string;
  /** Of `prepare`: floating-point operations of one run at live connections, where they are counted. */
  readonly flops?: number;
  /** Of `prepare`: how it is computed, such as the engine that `train` chose. */
  readonly note?: string;
  /** Of `burst`: milliseconds a run. */
  readonly milliseconds?: number;
  /** Why it could not be done. */
  readonly error?: string;
}
