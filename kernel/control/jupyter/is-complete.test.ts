import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isComplete } from './is-complete.js';

describe('is_complete', () => {
  it.each([
    '',
    '1 + 1',
    'const a = [1, 2];',
    'function f() {\n  return 1;\n}',
    'await fetch("x")',
    'for await (const x of y) {}',
    'const a: Map<string, number> = new Map()',
    '// a comment',
    '/* a comment */',
    '`a ${ `b ${1}` } c`',
    'const el = <div>text</div>',
    "import { a } from 'b'",
    'return 1',
    'type A = { a: 1 }',
  ])('is_complete_complete: %j', (source) => expect(isComplete(ts, source)).toEqual({ status: 'complete' }));

  it.each([
    ['function f() {', '  '],
    ['function f() {\n  if (x) {\n', '    '],
    ['call({', '  '],
    ['const a =', '  '],
    ['1 +', '  '],
    ['if (a)', '  '],
    ['if (a) {\n} else {', '  '],
    ['[1,\n 2,', '  '],
    ['call(1, // why\n', '  '],
    ['class A {\n  x = 1;\n', '  '],
    ["import { a,", '  '],
    ['/* a comment', '  '],
    ['`a', '  '],
    ['`a ${', '  '],
    ['`a ${b} c', '  '],
    ['const el = <div>', '  '],
    ['const el = <><b>text</b>', '  '],
    ['type A = {', '  '],
    ['const f = async (x: number) =>', '  '],
    ['x.', '  '],
  ])('is_complete_incomplete, is_complete_indent: %j', (source, indent) => expect(isComplete(ts, source)).toEqual({ status: 'incomplete', indent }));

  it.each(['}', 'const const', "'abc", 'let 1a', 'function f( } {', 'if (a) )', 'x = = 1', '1 1 +', 'const a = 1;\n)\nfunction f() {'])('is_complete_invalid: %j', (source) => {
    expect(isComplete(ts, source)).toEqual({ status: 'invalid' });
  });
});
