/** Generators without chance. Shapes are [n inputs, m outputs]. */
import { bandSpan, blockSpan, triangleSpan } from '../../model/masks/spans.js';
import { ArgumentError, flag, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { byRows, known, sides } from './rows.js';

/** Every input connected to every output. */
export function dense(n: number, m: number): Mask {
  sides('dense', n, m);
  return byRows(n, m, () => [0, m]);
}

/** No connection at all: legal, and a layer with it outputs its bias. */
export function empty(n: number, m: number): Mask {
  sides('empty', n, m);
  return byRows(n, m, () => [0, 0]);
}

/** Input i to output i. */
export function identity(n: number): Mask {
  sides('identity', n, n);
  return byRows(n, n, (i) => [i, i + 1]);
}

/** Input i to output i + offset, where there is one. */
export function diagonal(n: number, m: number, offset = 0): Mask {
  sides('diagonal', n, m);
  wholeNumber('masks.diagonal: offset', offset, 1 - n, m - 1);
  return byRows(n, m, (i) => [i + offset, i + offset + 1]);
}

/**
 * A band of `width` outputs around the line from the first entry to the last: `width: 1` is the diagonal, 3 adds one
 * diagonal on each side, an even width adds its odd one above. For n ≠ m the line has slope (m - 1) / (n - 1).
 */
export function banded(n: number, m: number, options: { width: number }): Mask {
  sides('banded', n, m);
  known('banded', options, ['width']);
  const width = wholeNumber('masks.banded: width', options?.width, 1);
  return byRows(n, m, bandSpan(n, m, width));
}

/** Input i to outputs j <= i (`lower`, the default) or j >= i; `strict` leaves the diagonal out. */
export function triangular(n: number, m: number, options: { lower?: boolean; strict?: boolean } = {}): Mask {
  sides('triangular', n, m);
  known('triangular', options, ['lower', 'strict']);
  const { lower = true, strict = false } = options;
  flag('masks.triangular: lower', lower);
  flag('masks.triangular: strict', strict);
  return byRows(n, m, triangleSpan(m, lower, strict));
}

/** `blocks` blocks on the diagonal, dense inside, as equal in size as n and m allow. */
export function block(n: number, m: number, options: { blocks: number }): Mask {
  sides('block', n, m);
  known('block', options, ['blocks']);
  const blocks = wholeNumber('masks.block: blocks', options?.blocks, 1, Math.min(n, m));
  return byRows(n, m, blockSpan(n, m, blocks));
}

/**
 * Inputs of each output by name of a group, e.g. genes of a pathway.
 *
 * @param groups one list of inputs an output, in the order of the outputs: an array of lists, or an object of lists
 */
export function fromGroups(n: number, groups: readonly (readonly number[])[] | Readonly<Record<string, readonly number[]>>): Mask {
  sides('fromGroups', n, 1);
  const given: unknown = groups;
  const named: [string, unknown][] = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  if (named.length === 0) throw new ArgumentError('masks.fromGroups: groups', groups, 'at least one list of inputs');
  const edges = named.flatMap(([name, inputs], j) => {
    if (!Array.isArray(inputs)) throw new ArgumentError(`masks.fromGroups: group ${name}`, inputs, 'a list of inputs');
    const seen = new Set(inputs.map((i: unknown) => wholeNumber(`masks.fromGroups: an input of group ${name}`, i, 0, n - 1)));
    if (seen.size < inputs.length) throw new Error(`masks.fromGroups: group ${name} has an input twice`);
    return Array.from(seen, (i): [number, number] => [i, j]);
  });
  return Mask.from({ shape: [n, named.length], edges });
}
