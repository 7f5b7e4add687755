import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { clean, documentation, signature } from './display.js';

const parts = (text: string): ts.SymbolDisplayPart[] => [{ text, kind: 'text' }];

describe('texts for the user', () => {
  it.each([
    ['Type \'import("/nb/__patchbay_editor_3").A\' is not assignable', "Type 'A' is not assignable"],
    ['module "/nb/__patchbay_session_0"', 'module "cell"'],
    ['module "/patchbay-types/@tensorflow/tfjs/dist/index"', 'module "@tensorflow/tfjs"'],
    ['module "/patchbay-types/patchbay/runtime/index"', 'module "patchbay"'],
    ['typeof __pb$model and __pb$now$model$3', 'typeof model and model$3'],
    ['"fs"', '"fs"'],
  ])('%s', (text, expected) => expect(clean(text)).toBe(expected));

  it.each([
    ['(alias) const a: number\nimport a', 'const a: number'],
    ['(alias) f(x: number): void\nimport f', 'function f(x: number): void'],
    ['(alias) g<T>(x: T): T\nexport g', 'function g<T>(x: T): T'],
    ['(alias) class A\nimport A', 'class A'],
    ['(alias) namespace n\nimport n = require("x")', 'namespace n'],
    ['(alias) namespace p\n(alias) const p: p.Path\nimport p', 'namespace p\nconst p: p.Path'],
    ['const import1: 1', 'const import1: 1'],
    ['(local var) a: 1', '(local var) a: 1'],
  ])('%j', (text, expected) => expect(signature(ts, parts(text))).toBe(expected));

  it('put tags below the text', () => {
    const tags = [
      { name: 'param', text: parts('x - the x') },
      { name: 'param', text: parts('y') },
      { name: 'returns', text: parts('all') },
      { name: 'deprecated' },
      { name: 'example', text: parts('f(1)') },
      { name: 'example' },
    ];
    expect(documentation(ts, parts(' Does it. '), tags)).toBe('Does it.\n\n*@param* `x` — the x\n\n*@param* `y`\n\n*@returns* — all\n\n*@deprecated*\n\n*@example*\n```ts\nf(1)\n```');
    expect(documentation(ts, undefined, undefined)).toBe('');
  });
});
