/** What the trainer's thread knows of a program: plain numbers. Addresses are in bytes; places of arguments are in words. */

export interface StepProgram {
  readonly at: number;
  readonly count: number;
  /** Rows of a batch. */
  readonly batch: number;
  /** Arguments that take the address of the batch's row numbers. */
  readonly rows: readonly number[];
  /** Sums of the loss by panel. */
  readonly loss: { readonly at: number; readonly count: number };
  readonly metrics: readonly { readonly at: number; readonly count: number }[];
}

export interface TrainingProgram extends StepProgram {
  /** Sums of penalties, part by part. */
  readonly penalties: readonly { readonly at: number; readonly count: number }[];
  /** Where the optimizer's rate is; c, d, e and f follow at these distances. Undefined when nothing is trained. */
  readonly rate: number | undefined;
  /** Where the decay is. */
  readonly decay: number | undefined;
  /** Flags of moving averages: whether they begin, and (the word after) whether they overwrite the weights. */
  readonly averages: readonly { readonly flag: number; readonly isNew: boolean }[];
  /** Seeds of dropout, by number of the layer. */
  readonly seeds: readonly { readonly word: number; readonly layer: number }[];
}
