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
export function byRows(n: number, m: number, span: (i: number) => readonly [from: number, to: number]): Mask {
  const bounds = (i: number): [number, number] => {
    const [from, to] = span(i);
    const first = Math.min(Math.max(from, 0), m);
    return [first, Math.min(Math.max(to, first), m)];
  };
  const indptr = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const [from, to] = bounds(i);
    indptr[i + 1] = (indptr[i] ?? 0) + to - from;
  }
  const indices = new Uint32Array(indptr[n] ?? 0);
  for (let i = 0; i < n; i++) {
    const [from, to] = bounds(i);
    for (let j = from, k = indptr[i] ?? 0; j < to; j++, k++) indices[k] = j;
  }
  return Mask.ofData({ inputs: n, outputs: m, indptr, indices });
}
