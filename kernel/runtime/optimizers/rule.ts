/** What tells one optimizer from another, as data: its arguments, what it remembers of a variable, and its formula. */
import type { Tensor } from '@tensorflow/tfjs';

/** One step of training. */
export interface Step {
  readonly rate: number;
  /** 1 at the first step. */
  readonly t: number;
}

/** What a formula gives for one variable: what is added to it, and its new slots. */
export interface Change {
  readonly delta: Tensor;
  readonly slots: Readonly<Record<string, Tensor>>;
}

export interface Rule {
  /** The slots of a variable (each has its shape), and the value that they begin with. */
  readonly slots: Readonly<Record<string, number>>;
  /** Entry by entry; called in a `tidy`. An entry whose gradient has always been +0 gets +0. */
  readonly update: (gradient: Tensor, slot: (name: string) => Tensor, step: Step) => Change;
}
