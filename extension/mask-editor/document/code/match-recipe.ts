/** Which generator makes a given mask, if one does. */
import { byColumn, nnz, type MaskData } from '../../../../kernel/model/mask-data.js';
import { cook, recipeCode, recipeProblem, type Recipe } from '../recipes.js';

/**
 * The shortest call that makes the mask: a generator, or one with `.transpose()` or `.not()` behind it.
 *
 * @param used fills that the mask's history has: those with a seed cannot be read off a mask
 */
export function generatorCode(mask: MaskData, used: readonly Recipe[]): string | undefined {
  const direct = callFor(mask, used);
  if (direct !== undefined) return direct;
  const turned = callFor(transposed(mask), used);
  if (turned !== undefined) return `${turned}.transpose()`;
  if (mask.inputs * mask.outputs > MAX_COMPLEMENT) return undefined;
  const negative = callFor(complement(mask), used);
  return negative === undefined ? undefined : `${negative}.not()`;
}

/** The complement of a larger mask takes too long to write down. */
const MAX_COMPLEMENT = 2 ** 24;

function callFor(mask: MaskData, used: readonly Recipe[]): string | undefined {
  const { inputs, outputs } = mask;
  const calls = [...candidates(mask), ...used]
    .filter((recipe) => recipeProblem(recipe, inputs, outputs) === undefined && isSame(cook(recipe, inputs, outputs), mask))
    .map((recipe) => recipeCode(recipe, inputs, outputs));
  return calls.reduce<string | undefined>((best, call) => (best === undefined || call.length < best.length ? call : best), undefined);
}

/** Generators whose arguments follow from what stands in the mask; each is tried. */
function candidates(mask: MaskData): Recipe[] {
  const { inputs: n, outputs: m, indptr, indices } = mask;
  const count = nnz(mask);
  if (count === 0) return [{ generator: 'empty' }];
  if (count === n * m) return [{ generator: 'dense' }];
  const first = indices[0] ?? 0;
  const firstRow = indptr.findIndex((end) => end > 0) - 1;
  const lengthOfFirst = (indptr[1] ?? 0) - (indptr[0] ?? 0);
  const lengthOfLast = count - (indptr[n - 1] ?? 0);
  // The first row has the right half of its band, the last one the left half; a single row has all of it.
  const widths = n === 1 ? [lengthOfFirst] : [2 * lengthOfFirst - 2, 2 * lengthOfFirst - 1, 2 * lengthOfLast - 1, 2 * lengthOfLast];
  return [
    { generator: 'identity' },
    { generator: 'diagonal', offset: first - firstRow },
    ...[true, false].flatMap((lower) => [false, true].map((strict): Recipe => ({ generator: 'triangular', lower, strict }))),
    { generator: 'block', blocks: runs(mask) },
    ...[...new Set(widths)].filter((width) => width > 0).map((width): Recipe => ({ generator: 'banded', width })),
    { generator: 'butterfly', stage: Math.log2((indices[1] ?? 0) - first) },
  ];
}

/** How often a row begins at another output than the row before it, the first row included. */
function runs({ inputs, indptr, indices }: MaskData): number {
  let count = 0;
  let before = -1;
  for (let i = 0; i < inputs; i++) {
    const start = (indptr[i] ?? 0) < (indptr[i + 1] ?? 0) ? (indices[indptr[i] ?? 0] ?? 0) : -2;
    if (start !== before) count++;
    before = start;
  }
  return count;
}

const sameNumbers = (a: Uint32Array, b: Uint32Array): boolean => a.length === b.length && a.every((value, k) => value === b[k]);
const isSame = (a: MaskData, b: MaskData): boolean => sameNumbers(a.indptr, b.indptr) && sameNumbers(a.indices, b.indices);

function transposed(mask: MaskData): MaskData {
  const { indptr, indices } = byColumn(mask);
  return { inputs: mask.outputs, outputs: mask.inputs, indptr, indices };
}

function complement({ inputs, outputs, indptr, indices }: MaskData): MaskData {
  const others = new Uint32Array(inputs * outputs - indices.length);
  const starts = new Uint32Array(inputs + 1);
  let size = 0;
  for (let i = 0, k = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      if (k < (indptr[i + 1] ?? 0) && indices[k] === j) k++;
      else others[size++] = j;
    }
    starts[i + 1] = size;
  }
  return { inputs, outputs, indptr: starts, indices: others };
}
