import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask, masks } from '../../../../kernel/runtime/index.js';
import { csrFromDense } from '../../../../kernel/model/files/csr.js';
import { cook, recipeCode, recipeProblem, type Recipe } from '../recipes.js';
import { cellOf, loadingCell, maskCode, variableName } from './mask-code.js';

/** Runs the code with the runtime that users have. */
function evaluate(expression: string): Mask {
  return vm.runInNewContext(expression, { Mask, masks }) as Mask;
}

const recipes: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom<Recipe>({ generator: 'dense' }, { generator: 'empty' }, { generator: 'identity' }),
  fc.record({ generator: fc.constant('diagonal' as const), offset: fc.integer({ min: -9, max: 9 }) }),
  fc.record({ generator: fc.constant('banded' as const), width: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ generator: fc.constant('triangular' as const), lower: fc.boolean(), strict: fc.boolean() }),
  fc.record({ generator: fc.constant('block' as const), blocks: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ generator: fc.constant('butterfly' as const), stage: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ generator: fc.constant('random' as const), density: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.integer() }),
  fc.record({ generator: fc.constant('fixedFanOut' as const), fanOut: fc.nat(9), seed: fc.integer() }),
  fc.record({ generator: fc.constant('fixedFanIn' as const), fanIn: fc.nat(9), seed: fc.integer() }),
);
const sides = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
const square = fc.constantFrom<[number, number]>([2, 2], [4, 4], [8, 8]);

describe('a recipe', () => {
  it('makes what the call that it is written as makes, bit for bit', () => {
    fc.assert(
      fc.property(recipes, fc.oneof(sides, square), (recipe, [n, m]) => {
        fc.pre(recipeProblem(recipe, n, m) === undefined);
        expect(cook(recipe, n, m)).toEqual(evaluate(recipeCode(recipe, n, m)).data);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[Recipe, number, number, RegExp]>([
    [{ generator: 'block', blocks: 5 }, 4, 9, /blocks is 5, and takes a whole number from 1 to 4/],
    [{ generator: 'random', density: 2, seed: 1 }, 4, 9, /density is 2/],
    [{ generator: 'random', density: 0.5, seed: NaN }, 4, 9, /seed is NaN/],
    [{ generator: 'banded', width: 1.5 }, 4, 9, /width is 1.5/],
    [{ generator: 'identity' }, 4, 9, /4 × 9/],
    [{ generator: 'fixedFanOut', fanOut: 10, seed: 1 }, 4, 9, /from 0 to 9/],
    [{ generator: 'fixedFanIn', fanIn: 5, seed: 1 }, 4, 9, /from 0 to 4/],
    [{ generator: 'butterfly', stage: 1 }, 6, 6, /power of two/],
  ])('%j is refused for %i × %i, in a sentence', (recipe, n, m, sentence) => {
    expect(recipeProblem(recipe, n, m)).toMatch(sentence);
  });
});

describe('maskCode', () => {
  it('finds the generator of a mask that it does not know the history of', () => {
    fc.assert(
      fc.property(recipes, fc.oneof(sides, square), fc.constantFrom('', '.not()', '.transpose()'), (recipe, [n, m], after) => {
        fc.pre(!('seed' in recipe) && recipeProblem(recipe, n, m) === undefined);
        const mask = evaluate(recipeCode(recipe, n, m) + after);
        const code = maskCode(mask.data, []);
        expect(code?.imports).toBe('masks');
        expect(evaluate(code?.expression ?? '').equals(mask)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives code that makes the same mask, whatever the mask', () => {
    fc.assert(
      fc.property(sides.chain(([n, m]) => fc.tuple(fc.constant(n), fc.constant(m), fc.double({ min: 0, max: 1, noNaN: true }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: n * m, maxLength: n * m }))), ([n, m, p, draws]) => {
        const mask = csrFromDense(n, m, (i, j) => (draws[i * m + j] ?? 1) < p);
        const code = maskCode(mask, []);
        expect(evaluate(code?.expression ?? '').data).toEqual(mask);
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the seed of a fill, also turned and inverted afterwards', () => {
    const recipe: Recipe = { generator: 'random', density: 0.3, seed: 42 };
    const mask = masks.random(9, 7, { density: 0.3, seed: 42 });
    expect(maskCode(mask.data, [recipe])?.expression).toBe('masks.random(9, 7, { density: 0.3, seed: 42 })');
    expect(maskCode(mask.not().data, [recipe])?.expression).toBe('masks.random(9, 7, { density: 0.3, seed: 42 }).not()');
    expect(maskCode(mask.transpose().data, [recipe])?.expression).toBe('masks.random(9, 7, { density: 0.3, seed: 42 }).transpose()');
    expect(maskCode(mask.with(0, 0, !mask.has(0, 0)).data, [recipe])?.imports).toBe('Mask');
  });

  it.each([
    [masks.banded(10, 10, { width: 3 }), 'masks.banded(10, 10, { width: 3 })'],
    [masks.banded(8, 8, { width: 1 }), 'masks.identity(8)'],
    [masks.empty(3, 4), 'masks.empty(3, 4)'],
    [masks.block(6, 4, { blocks: 2 }), 'masks.block(6, 4, { blocks: 2 })'],
    [masks.identity(6).not(), 'masks.identity(6).not()'],
    [masks.triangular(5, 5, { lower: false, strict: true }), 'masks.triangular(5, 5, { lower: false, strict: true })'],
    [masks.butterfly(8, { stage: 1 }), 'masks.butterfly(8, { stage: 1 })'],
    [Mask.from(['X.X', '.XX']), 'Mask.from(`\n  X.X\n  .XX\n`)'],
    [Mask.from({ shape: [30, 40], edges: [[3, 4], [20, 39]] }), 'Mask.from({ shape: [30, 40], edges: [[3, 4], [20, 39]] })'],
  ])('%s', (mask, expression) => {
    expect(maskCode(mask.data, [])?.expression).toBe(expression);
  });

  it('breaks long lists of edges into lines, and gives up before code is no code', () => {
    const sparse = masks.random(2000, 2000, { nnz: 300, seed: 1 });
    const code = maskCode(sparse.data, [])?.expression ?? '';
    expect(Math.max(...code.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(evaluate(code).equals(sparse)).toBe(true);
    expect(maskCode(masks.random(2000, 2000, { density: 0.1, seed: 1 }).data, [])).toBeUndefined();
  });
});

it.each([
  ['/a/wiring.mtx', 'wiring'],
  ['C:\\b\\hidden-layer 2.mask.csv', 'hiddenLayer2'],
  ['2nd.npy', 'mask2nd'],
  ['class.mtx', 'mask'],
  ['masks.mtx', 'mask'],
  ['.mtx', 'mask'],
  ['Größe.mtx', 'größe'],
])('variableName(%j) is %s', (file, name) => {
  expect(variableName(file)).toBe(name);
});

it('writes cells', () => {
  expect(cellOf({ expression: 'masks.identity(3)', imports: 'masks' }, 'eye')).toBe("import { masks } from 'patchbay';\n\nconst eye = masks.identity(3);");
  expect(loadingCell('data/a "b".mtx', 'b')).toBe(`import { Mask } from 'patchbay';\n\nconst b = await Mask.load("data/a \\"b\\".mtx");`);
});
