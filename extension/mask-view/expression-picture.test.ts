import { describe, expect, it } from 'vitest';
import { KERNEL_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import type { ExpressionResult } from '../kernel-client/replies.js';
import { expressionPicture } from './expression-picture.js';
import { valueInWords } from './mask-picture.js';

const MASK = { data: { [MASK_MIME]: { version: 1 }, 'text/plain': 'a mask' } };
const ROWS = { data: { 'text/plain': '[ [ 1, 2 ] ]' } };

/** A kernel that knows a few expressions; it also says what it was asked. */
function kernel(values: Record<string, ExpressionResult>) {
  const asked: string[] = [];
  return { asked, evaluate: (expression: string) => (asked.push(expression), Promise.resolve(values[expression] ?? { problem: 'ReferenceError: it is not defined' })) };
}

const FROM_ROWS = "(await import('patchbay')).Mask.from((rows\n))";

describe('expressionPicture', () => {
  it('takes the view of a mask as it is, and asks once', async () => {
    const { asked, evaluate } = kernel({ A: MASK });
    expect(await expressionPicture('A', evaluate)).toEqual({ title: 'A', mime: MASK_MIME, payload: { version: 1 } });
    expect(asked).toEqual(['A']);
  });

  it("takes a masked layer's kernel", async () => {
    const { evaluate } = kernel({ layer: { data: { [KERNEL_MIME]: { version: 1 } } } });
    expect(await expressionPicture('layer', evaluate)).toMatchObject({ mime: KERNEL_MIME });
  });

  it('makes a mask of rows of 0 and 1', async () => {
    const { evaluate } = kernel({ rows: ROWS, [FROM_ROWS]: MASK });
    expect(await expressionPicture('rows', evaluate)).toMatchObject({ title: 'rows', mime: MASK_MIME });
  });

  it('says what a value is that is no mask, and why none can be made of it', async () => {
    const { evaluate } = kernel({ rows: ROWS, [FROM_ROWS]: { problem: 'ArgumentError: row 0, column 1 is 2, expected 0 or 1' } });
    await expect(expressionPicture('rows', evaluate)).rejects.toThrow('"rows" is [ [ 1, 2 ] ], and no mask can be made of it: ArgumentError: row 0, column 1 is 2, expected 0 or 1');
  });

  it('passes on why an expression failed', async () => {
    await expect(expressionPicture('nope', kernel({}).evaluate)).rejects.toThrow('"nope" could not be evaluated: ReferenceError: it is not defined');
  });
});

describe('valueInWords', () => {
  it.each([
    [{ 'text/plain': '42' }, '42'],
    [{ 'text/plain': 'first\nsecond' }, 'first…'],
    [{ 'text/plain': 'x'.repeat(100) }, `${'x'.repeat(80)}…`],
    [{ 'image/png': 'iVBO' }, 'a value of type image/png'],
    [{}, 'undefined'],
  ])('%j', (bundle, words) => {
    expect(valueInWords(bundle)).toBe(words);
  });
});
