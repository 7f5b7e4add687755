import type { CellOutput, OutputItem } from '../outputs/cell-output.js';

/** A cell as the extension names it: the address of its document. */
export type CellId = string;

/** One output of a cell, for writes that come later; never used again. */
export type OutputKey = number;

/** A change to the outputs of one cell. */
export type Write =
  | { readonly kind: 'clear' }
  | { readonly kind: 'append'; readonly key: OutputKey; readonly output: CellOutput }
  /** More text of a stream. */
  | { readonly kind: 'extend'; readonly key: OutputKey; readonly item: OutputItem }
  /** New data for a display. */
  | { readonly kind: 'replace'; readonly key: OutputKey; readonly items: readonly OutputItem[] };
