import { maskOfSpans, type Span } from '../../model/masks/spans.js';
import { checkOptions, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';

/** Checks the two sizes of a generator. */
export function sides(generator: string, n: unknown, m: unknown): void {
  wholeNumber(`masks.${generator}: n (inputs)`, n, 1, 2 ** 31);
  wholeNumber(`masks.${generator}: m (outputs)`, m, 1, 2 ** 31);
}

/** Checks that a generator's options are an object of those names; absent ones are for the generator to miss. */
export function known(generator: string, options: unknown, names: readonly string[]): void {
  // SAFETY: it throws for what is no object.
  if (options !== undefined) checkOptions(`masks.${generator}`, options as object, names);
}

/** The mask whose row i is connected to the outputs from `span(i)[0]` up to but not including `span(i)[1]`. */
export const byRows = (n: number, m: number, span: Span): Mask => Mask.ofData(maskOfSpans(n, m, span));
