/** What fills a mask: a generator of the runtime with its arguments, and the TypeScript that calls it. */
import { butterflyStage } from '../../../kernel/model/masks/butterfly.js';
import { drawnConnections, drawnRows } from '../../../kernel/model/masks/drawn.js';
import { bandSpan, blockSpan, maskOfSpans, triangleSpan } from '../../../kernel/model/masks/spans.js';
import { byColumn, type MaskData } from '../../../kernel/model/mask-data.js';
import { Xoshiro } from '../../../kernel/model/random/xoshiro.js';

export type Recipe =
  | { readonly generator: 'dense' }
  | { readonly generator: 'empty' }
  | { readonly generator: 'identity' }
  | { readonly generator: 'diagonal'; readonly offset: number }
  | { readonly generator: 'banded'; readonly width: number }
  | { readonly generator: 'triangular'; readonly lower: boolean; readonly strict: boolean }
  | { readonly generator: 'block'; readonly blocks: number }
  | { readonly generator: 'butterfly'; readonly stage: number }
  | { readonly generator: 'random'; readonly density: number; readonly seed: number }
  | { readonly generator: 'fixedFanOut'; readonly fanOut: number; readonly seed: number }
  | { readonly generator: 'fixedFanIn'; readonly fanIn: number; readonly seed: number };

/** The mask that the recipe makes of n inputs and m outputs: bit for bit what `masks.…` makes. */
export function cook(recipe: Recipe, n: number, m: number): MaskData {
  switch (recipe.generator) {
    case 'dense':
      return maskOfSpans(n, m, () => [0, m]);
    case 'empty':
      return maskOfSpans(n, m, () => [0, 0]);
    case 'identity':
      return maskOfSpans(n, m, (i) => [i, i + 1]);
    case 'diagonal':
      return maskOfSpans(n, m, (i) => [i + recipe.offset, i + recipe.offset + 1]);
    case 'banded':
      return maskOfSpans(n, m, bandSpan(n, m, recipe.width));
    case 'triangular':
      return maskOfSpans(n, m, triangleSpan(m, recipe.lower, recipe.strict));
    case 'block':
      return maskOfSpans(n, m, blockSpan(n, m, recipe.blocks));
    case 'butterfly':
      return butterflyStage(n, recipe.stage);
    case 'random':
      return drawnConnections(n, m, Math.round(recipe.density * n * m), new Xoshiro(recipe.seed));
    case 'fixedFanOut':
      return drawnRows(n, m, recipe.fanOut, new Xoshiro(recipe.seed));
    case 'fixedFanIn': {
      const { indptr, indices } = byColumn(drawnRows(m, n, recipe.fanIn, new Xoshiro(recipe.seed)));
      return { inputs: n, outputs: m, indptr, indices };
    }
  }
}

/** Why the recipe makes no mask of this shape, as a sentence; undefined when it makes one. */
export function recipeProblem(recipe: Recipe, n: number, m: number): string | undefined {
  const whole = (name: string, value: number, min: number, max: number): string | undefined =>
    Number.isInteger(value) && value >= min && value <= max ? undefined : `${name} is ${value}, and takes a whole number from ${min} to ${max}.`;
  switch (recipe.generator) {
    case 'dense':
    case 'empty':
    case 'triangular':
      return undefined;
    case 'identity':
      return n === m ? undefined : `An identity has as many inputs as outputs, and this is ${n} × ${m}.`;
    case 'diagonal':
      return whole('The offset', recipe.offset, 1 - n, m - 1);
    case 'banded':
      return whole('The width', recipe.width, 1, 2 * Math.max(n, m));
    case 'block':
      return whole('The number of blocks', recipe.blocks, 1, Math.min(n, m));
    case 'butterfly':
      if (n !== m || n < 2 || !Number.isInteger(Math.log2(n))) return `A butterfly has a power of two of inputs and as many outputs, and this is ${n} × ${m}.`;
      return whole('The stage', recipe.stage, 0, Math.log2(n) - 1);
    case 'random':
      if (!(recipe.density >= 0 && recipe.density <= 1)) return `The density is ${recipe.density}, and takes a number from 0 to 1.`;
      return seedProblem(recipe.seed);
    case 'fixedFanOut':
      return whole('The number a row', recipe.fanOut, 0, m) ?? seedProblem(recipe.seed);
    case 'fixedFanIn':
      return whole('The number a column', recipe.fanIn, 0, n) ?? seedProblem(recipe.seed);
  }
}

const seedProblem = (seed: number): string | undefined => (Number.isFinite(seed) ? undefined : `The seed is ${seed}, and takes a number.`);

/** The call that makes the mask, e.g. `masks.banded(8, 8, { width: 3 })`. */
export function recipeCode(recipe: Recipe, n: number, m: number): string {
  switch (recipe.generator) {
    case 'dense':
    case 'empty':
      return `masks.${recipe.generator}(${n}, ${m})`;
    case 'identity':
      return `masks.identity(${n})`;
    case 'diagonal':
      return recipe.offset === 0 ? `masks.diagonal(${n}, ${m})` : `masks.diagonal(${n}, ${m}, ${recipe.offset})`;
    case 'banded':
      return `masks.banded(${n}, ${m}, { width: ${recipe.width} })`;
    case 'triangular': {
      const options = [...(recipe.lower ? [] : ['lower: false']), ...(recipe.strict ? ['strict: true'] : [])];
      return options.length === 0 ? `masks.triangular(${n}, ${m})` : `masks.triangular(${n}, ${m}, { ${options.join(', ')} })`;
    }
    case 'block':
      return `masks.block(${n}, ${m}, { blocks: ${recipe.blocks} })`;
    case 'butterfly':
      return `masks.butterfly(${n}, { stage: ${recipe.stage} })`;
    case 'random':
      return `masks.random(${n}, ${m}, { density: ${recipe.density}, seed: ${recipe.seed} })`;
    case 'fixedFanOut':
      return `masks.fixedFanOut(${n}, ${m}, { fanOut: ${recipe.fanOut}, seed: ${recipe.seed} })`;
    case 'fixedFanIn':
      return `masks.fixedFanIn(${n}, ${m}, { fanIn: ${recipe.fanIn}, seed: ${recipe.seed} })`;
  }
}
