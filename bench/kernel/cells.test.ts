import { expect, it } from 'vitest';
import ts from 'typescript';
import { fortyLines } from './cells.js';

it('makes forty lines that compile, new ones for each number', () => {
  const code = fortyLines(7);
  expect(code.split('\n')).toHaveLength(40);
  const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
  expect(fortyLines(8)).not.toContain('Point7');
});
