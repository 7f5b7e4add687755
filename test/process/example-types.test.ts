/** The examples as an editor sees them: a lesson has no red line that it does not speak of. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../kernel/control/language/thread/diagnostics.js';
import { Language } from '../../kernel/control/language/thread/language.js';
import { types } from '../support/language.js';

const EXAMPLES = path.resolve('examples');
const notebooks = fs.readdirSync(EXAMPLES).filter((name) => name.endsWith('.ipynb'));

function cellsOf(name: string): { readonly id: string; readonly text: string }[] {
  // SAFETY: notebooks of this project, which other tests run.
  const { cells } = JSON.parse(fs.readFileSync(path.join(EXAMPLES, name), 'utf8')) as { cells: { cell_type: string; source: string[] }[] };
  return cells.filter(({ cell_type: type }) => type === 'code').map(({ source }, index) => ({ id: `cell ${index + 1}`, text: source.join('') }));
}

describe('the examples', () => {
  // One service for all: it reads tfjs once.
  const problems: string[] = [];
  const language = new Language(ts, { folder: EXAMPLES, types, onProblem: (problem) => problems.push(problem) });

  it.each(notebooks)('%s has no type errors', { timeout: 120_000 }, (name) => {
    const context = language.context('editor');
    context.notebook.open(cellsOf(name));
    const found = context.notebook.cells.flatMap((cell) => diagnose(context, cell).filter(({ severity }) => severity === 'error').map(({ range, message }) => `${cell.id}, line ${range.start.line + 1}: ${message}`));
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('would not be read as they are if a cell were wrong', { timeout: 120_000 }, () => {
    const context = language.context('editor');
    context.notebook.open([...cellsOf('first-mask.ipynb'), { id: 'wrong', text: 'const units: number = matrixA;' }]);
    const wrong = context.notebook.cells.at(-1);
    expect(wrong === undefined ? [] : diagnose(context, wrong).map(({ code }) => code)).toEqual([2322]);
  });
});
