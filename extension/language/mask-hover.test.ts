import { describe, expect, it } from 'vitest';
import type { MaskData } from '../../kernel/model/mask-data.js';
import { encodeMaskView, maskView } from '../../kernel/model/views/mask-view.js';
import { MASK_MIME } from '../../kernel/model/views/media-types.js';
import { drawnVariable, maskMarkdown, maskExpression, visualizeLink } from './mask-hover.js';

const hoverOn = (line: string, word: string, signature: string) => {
  const start = line.indexOf(word);
  return [{ signature, documentation: '', range: { start: { line: 0, character: start }, end: { line: 0, character: start + word.length } } }, [line]] as const;
};

describe('maskExpression', () => {
  it.each([
    ['show.mask(wiring)', 'wiring', 'const wiring: Mask', 'wiring'],
    ['hidden.call(x)', 'hidden', 'let hidden: MaskedDense', 'hidden.mask'],
    ['hidden', 'hidden', 'let hidden: MaskedMine', undefined],
    ['größe', 'größe', 'var größe: MaskedConv2d', 'größe.mask'],
    ['layer.mask', 'mask', '(property) MaskedDense.mask: Mask', undefined],
    ['a.wiring', 'wiring', 'const wiring: Mask', undefined],
    ['wiring()', 'wiring', 'const wiring: () => Mask', undefined],
    ['wiring', 'wiring', 'const wiring: Mask[]', undefined],
    ['wiring', 'wiring', 'const wiring: MaskJson', undefined],
    ['f', 'f', 'function f(): Mask', undefined],
  ])('%s: %s is %s', (line, word, signature, expected) => expect(maskExpression(...hoverOn(line, word, signature))).toBe(expected));
});

describe('drawnVariable', () => {
  it.each([
    ['show.mask(wiring)', 'wiring', 'const wiring: Mask', 'wiring'],
    ['hidden', 'hidden', 'let hidden: MaskedDense', 'hidden'],
    ['parts', 'parts', 'const parts: Mask[]', 'parts'],
    ['model', 'model', 'const model: tf.Sequential', 'model'],
    ['model', 'model', 'const model: LayersModel', 'model'],
    ['w', 'w', 'let w: tf.Tensor2D', 'w'],
    ['x', 'x', 'const x: number', undefined],
    ['a.model', 'model', 'const model: tf.Sequential', undefined],
    ['f', 'f', 'const f: () => Mask', undefined],
  ])('%s: %s is %s', (line, word, signature, expected) => expect(drawnVariable(...hoverOn(line, word, signature))).toBe(expected));
});

it('the link names notebook and variable, whatever their names hold', () => {
  const link = visualizeLink('file:///a%20(b).ipynb', 'größe');
  const argument = /command:patchbay\.visualizeMask\?(\S+) /.exec(link)?.[1] ?? '';
  expect(argument).not.toMatch(/["() ]/);
  expect(JSON.parse(decodeURIComponent(argument))).toEqual([{ notebook: 'file:///a%20(b).ipynb', expression: 'größe' }]);
});

describe('maskMarkdown', () => {
  const mask: MaskData = { inputs: 2, outputs: 3, indptr: Uint32Array.of(0, 2, 3), indices: Uint32Array.of(0, 2, 1) };
  const picture = (markdown: string | undefined): string => Buffer.from(/base64,([^"]*)/.exec(markdown ?? '')?.[1] ?? '', 'base64').toString();

  it('says and draws a mask', () => {
    const markdown = maskMarkdown({ [MASK_MIME]: encodeMaskView(maskView(mask)), 'text/plain': '' });
    expect(markdown).toMatch(/^Connection mask, 2 inputs × 3 outputs: 3 of 6 connected \\\(50\.0 %\\\)\./);
    expect(picture(markdown)).toMatch(/^<svg .*<\/svg>$/s);
  });

  it('stays small however large the mask is', () => {
    const size = 1000;
    const indices = new Uint32Array(size * 300).map((_, k) => Math.floor(k / 300) * 7 % 700 + (k % 300));
    const large: MaskData = { inputs: size, outputs: size, indptr: new Uint32Array(size + 1).map((_, i) => 300 * i), indices };
    const markdown = maskMarkdown({ [MASK_MIME]: encodeMaskView(maskView(large)) }) ?? '';
    expect(markdown).toContain('300,000 of 1,000,000');
    expect(markdown.length).toBeLessThan(100_000);
  });

  it.each([[{ 'text/plain': '7' }], [{ [MASK_MIME]: { view: 'mask', inputs: 'many' } }]])('has nothing to show of %j', (bundle) => expect(maskMarkdown(bundle)).toBeUndefined());
});
