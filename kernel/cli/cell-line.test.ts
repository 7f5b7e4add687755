import { expect, it } from 'vitest';
import { cellLine, runningLine } from './cell-line.js';

const ended = { number: 3, of: 12, source: '// a comment\n\n  train(model)', ms: 12.3 };

it('says of a cell that has ended what it was and how it went', () => {
  expect(cellLine({ ...ended, status: 'ok' })).toBe(`[3/12] ${'train(model)'.padEnd(60)} 12 ms`);
  const error = { ename: 'TypeError', evalue: '', traceback: [] };
  expect(cellLine({ ...ended, ms: 61_234, status: 'error', error })).toMatch(/ 61\.2 s {2}TypeError$/);
  expect(cellLine({ ...ended, status: 'expected-error', error })).toMatch(/TypeError, as the cell expects$/);
  expect(cellLine({ ...ended, source: 'x'.repeat(99), status: 'ok' })).toBe(`[3/12] ${'x'.repeat(59)}… 12 ms`);
});

it('says of a cell that runs what it showed last, within the terminal', () => {
  expect(runningLine(ended, '', 80)).toBe('[3/12] train(model)  12 ms');
  expect(runningLine(ended, 'epochs 3/9 ███', 80)).toBe('[3/12] train(model)  12 ms  epochs 3/9 ███');
  expect(runningLine(ended, '🎉'.repeat(90), 41)).toBe(`[3/12] train(model)  12 ms  ${'🎉'.repeat(6)}`);
  expect(runningLine(ended, '█'.repeat(90), 41)).toBe(`[3/12] train(model)  12 ms  ${'█'.repeat(12)}`);
  expect(runningLine(ended, 'x', 0)).toBe('');
});
