import { describe, expect, it } from 'vitest';
import type { LookReply } from '../../kernel/model/look/look.js';
import { LOOK_MIME } from '../../kernel/model/views/media-types.js';
import type { ExpressionResult } from '../kernel-client/replies.js';
import { valueLook } from './value-look.js';

const REPLY: LookReply = { status: 'noMask', problem: 'no' };

function kernel(result: ExpressionResult) {
  const asked: string[] = [];
  return { asked, look: async (path: string) => (asked.push(`look ${path}`), REPLY), evaluate: async (expression: string) => (asked.push(`evaluate ${expression}`), result) };
}

describe('valueLook', () => {
  it('goes the way to a value without running anything', async () => {
    const { asked, ...rest } = kernel({ problem: 'never asked' });
    expect(await valueLook('model.layers[0]', undefined, rest)).toBe(REPLY);
    expect(asked).toEqual(['look model.layers[0]']);
  });

  it('evaluates any other expression, once', async () => {
    const { asked, ...rest } = kernel({ data: { [LOOK_MIME]: REPLY } });
    expect(await valueLook('make() // rows', '1 b', rest)).toBe(REPLY);
    expect(asked).toEqual([`evaluate globalThis[Symbol.for('patchbay.host')].lookAt((make() // rows\n), {"title":"make() // rows","layer":"1 b"})`]);
  });

  it('passes on why an expression failed', async () => {
    await expect(valueLook('nope()', undefined, kernel({ problem: 'ReferenceError: nope is not defined' }))).rejects.toThrow('"nope()" could not be evaluated: ReferenceError: nope is not defined');
  });
});
