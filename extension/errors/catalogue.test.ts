import { describe, expect, it } from 'vitest';
import { errorContent, patchbayError, reasonOf, wrapped } from './catalogue.js';

describe('the catalogue', () => {
  it.each([
    [patchbayError('untrusted'), 'untrusted', /not trusted.*Manage Workspace Trust/],
    [patchbayError('nodeUnusable', '/opt/node', 'it is version 18.0.0'), 'nodeUnusable', /"\/opt\/node", and it is version 18\.0\.0\. Name a Node/],
    [patchbayError('noMask', '`x` is a string, not a mask.'), 'noMask', /^`x` is a string, not a mask\.$/],
    [patchbayError('unknownFormat', 'a.gif', '.png, .svg'), 'unknownFormat', /^a\.gif has none .*: \.png, \.svg\. Give it one of these\./],
    [patchbayError('noKernel', 'variables cannot be picked'), 'noKernel', /so variables cannot be picked\. Run a cell/],
  ])('says what, which value and what to do: %s', (error, code, message) => {
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('errorContent', () => {
  it('shows the message and no stack of the extension', () => {
    expect(errorContent(patchbayError('untrusted'), 'NotTrusted')).toEqual({ ename: 'NotTrusted', evalue: expect.stringContaining('not trusted'), traceback: expect.arrayContaining([expect.stringMatching(/^NotTrusted: .*not trusted/)]) });
  });

  it('takes anything that is thrown', () => {
    expect(reasonOf('just text')).toBe('just text');
    expect(errorContent(7).evalue).toBe('7');
  });
});

describe('wrapped', () => {
  it('breaks between words and loses nothing', () => {
    const text = `${'word '.repeat(60)}end\nsecond line`;
    const lines = wrapped(text);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.join(' ')).toBe(text.replace('\n', ' '));
    expect(lines.at(-1)).toBe('second line');
  });

  it('leaves a word that is too long as it is', () => {
    expect(wrapped('x'.repeat(150))).toEqual(['x'.repeat(150)]);
  });
});
