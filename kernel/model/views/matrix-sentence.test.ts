import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, maskWhere } from '../../../test/support/masks.js';
import { kernelView } from './kernel-view.js';
import { kernelSentence, maskSentence } from './matrix-sentence.js';
import { maskView } from './mask-view.js';

describe('a mask in a sentence', () => {
  it.each([
    [maskOf('X.', '.X', 'XX'), 'Connection mask, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Inputs per output: 2 each.'],
    [maskOf('XX', 'X.', '..'), 'Connection mask, 3 inputs × 2 outputs: 3 of 6 connected (50.0 %). Inputs per output: min 1, median 1, max 2. 1 input unused (2).'],
    [maskOf('X.', 'X.'), 'Connection mask, 2 inputs × 2 outputs: 2 of 4 connected (50.0 %). Inputs per output: min 0, median 0, max 2. 1 output without inputs (1).'],
    [maskOf('..'), 'Connection mask, 1 input × 2 outputs: 0 of 2 connected (0.0 %). 1 input unused (0). 2 outputs without inputs (0, 1).'],
    [maskWhere(12, 1, (i) => i === 0), 'Connection mask, 12 inputs × 1 output: 1 of 12 connected (8.3 %). Inputs per output: 1 each. 11 inputs unused (1, 2, 3, 4, 5, 6, 7, 8, …).'],
  ])('%#', (mask, sentence) => expect(maskSentence(maskView(mask))).toBe(sentence));

  it('names its title', () => {
    expect(maskSentence(maskView(fullMask(1, 1), { title: 'Genes' }))).toMatch(/^Connection mask “Genes”, 1 input × 1 output: 1 of 1 connected \(100.0 %\)/);
  });
});

describe('a kernel in a sentence', () => {
  const A = maskOf('X.', '.X', 'XX');
  it.each([
    [[0.5, 0, -2, 1], { layer: 'd' }, 'Kernel of layer d, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Live weights from −2 to 1, mean size 0.875. 1 live weight is 0.'],
    [[0, 0, 1, 1], {}, 'Kernel, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Live weights from 0 to 1, mean size 0.5. 2 live weights are 0.'],
    [[1, 1, NaN, 1], { title: 'After' }, 'Kernel “After”, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Live weights from 1 to 1, mean size 1. 1 live weight is NaN or infinite.'],
    [[NaN, NaN, NaN, Infinity], {}, 'Kernel, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). 4 live weights are NaN or infinite.'],
  ])('%j', (weights, options, sentence) => expect(kernelSentence(kernelView(A, Float32Array.from(weights), options))).toBe(sentence));
});
