import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { composeSegments, offsetMap, throughOffsetMap } from './source-map.js';
import { SyntaxProblem } from './syntax-error.js';
import { transform } from './transform.js';

describe('offsets through a source map', () => {
  // generated 'ab\ncd' from 'xx\nab cd': a→3, c→6
  const map = offsetMap('AACA;AAAG', 'ab\ncd', 'xx\nab cd');

  it('are those of the token', () => {
    expect(map).toEqual({ generated: [0, 3], original: [3, 6] });
    expect([0, 1, 2, 3, 4].map((offset) => throughOffsetMap(map, offset))).toEqual([3, 3, 3, 6, 6]);
  });

  it('compose with segments as far as both texts read the same', () => {
    expect(composeSegments([0, 0, 0, 10, 0, 5], map, 'ab\ncd', 'xx\nab cd')).toEqual([0, 3, 0, 10, 3, 0, 10, 3, 2, 13, 6, 2]);
  });
});

describe("TypeScript's transform", () => {
  it('maps each word of the output to the same word of the source', () => {
    const source = 'enum Color { Red, Green }\n\nfunction paint(color: Color): string {\n  return color === Color.Red ? "red" : missing(color);\n}\n';
    const { text, toSource } = transform(ts, 'cell.ts', source, 'none');
    for (const word of ['paint', 'missing', 'color ===']) expect(toSource(text.indexOf(word))).toBe(source.indexOf(word));
    expect(text).not.toContain('sourceMappingURL');
  });

  it('leaves helpers out or in', () => {
    const source = '@dec class A {}';
    expect(transform(ts, 'cell.ts', source, 'none').text).not.toContain('var __esDecorate');
    expect(transform(ts, 'cell.ts', source, 'inline').text).toContain('var __esDecorate');
  });

  it('lowers what ES2022 does not have', () => {
    const { text } = transform(ts, 'cell.ts', '{ using a = b }', 'none');
    expect(text).toContain('__addDisposableResource');
    expect(text).not.toContain('using');
  });

  it('throws for what does not parse, with its place', () => {
    const attempt = (): unknown => transform(ts, 'cell.ts', 'enum A {\n  B C\n}', 'none');
    expect(attempt).toThrow(SyntaxProblem);
    expect(attempt).toThrow(expect.objectContaining({ offset: 13 }));
  });
});
