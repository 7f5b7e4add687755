import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './language.js';
import { typeErrorLines, typeErrorMode } from './type-errors.js';

const error = (line: number, message: string): Diagnostic => ({ range: { start: { line, character: 0 }, end: { line, character: 1 } }, severity: 'error', code: 2322, message, related: [] });

describe('type errors', () => {
  it.each<[unknown, string | undefined, string]>([
    ['block', 'ignore', 'block'],
    [undefined, 'ignore', 'ignore'],
    ['loud', undefined, 'show'],
    [undefined, 'BLOCK', 'show'],
  ])('request %s and environment %s mean %s', (requested, environment, mode) => expect(typeErrorMode(requested, environment, 'show')).toBe(mode));

  it('cuts long lists, and indents messages of several lines', () => {
    const lines = typeErrorLines('Cell 2', Array.from({ length: 13 }, (_, line) => error(line, 'one\ntwo')));
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('Cell 2, line 1: one\n  two (TS2322)');
    expect(lines.at(-1)).toBe('Cell 2: and 3 more type errors');
  });
});
