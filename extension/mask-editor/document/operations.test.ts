import { describe, expect, it } from 'vitest';
import { BitMatrix } from './bit-matrix.js';
import { labelOf } from './label.js';
import { isOutside, type Operation } from './operations.js';

const matrix = new BitMatrix(4, 6);
const cell = (row: number, column: number): Operation => ({ kind: 'paint', on: true, rows: Uint32Array.of(row), columns: Uint32Array.of(column) });

describe('an operation of another matrix', () => {
  it.each<[Operation, boolean]>([
    [cell(3, 5), false],
    [cell(4, 5), true],
    [cell(3, 6), true],
    [{ kind: 'paint', on: true, rows: new Uint32Array(2), columns: new Uint32Array(1) }, true],
    [{ kind: 'rectangle', on: true, area: { top: 0, left: 0, bottom: 3, right: 5 } }, false],
    [{ kind: 'rectangle', on: true, area: { top: 2, left: 0, bottom: 1, right: 5 } }, true],
    [{ kind: 'rectangle', on: true, area: { top: 0, left: -1, bottom: 1, right: 5 } }, true],
    [{ kind: 'line', axis: 'row', index: 4 }, true],
    [{ kind: 'line', axis: 'column', index: 5 }, false],
    [{ kind: 'line', axis: 'column', index: 0.5 }, true],
    [{ kind: 'invert' }, false],
    [{ kind: 'clear', area: { top: 0, left: 0, bottom: 4, right: 0 } }, true],
    [{ kind: 'transpose' }, false],
  ])('%j is outside: %s', (operation, outside) => {
    expect(isOutside(matrix, operation)).toBe(outside);
  });
});

describe('the name of an edit', () => {
  it.each<[Operation, string]>([
    [cell(0, 0), 'Connect 1 cell'],
    [{ kind: 'paint', on: false, rows: new Uint32Array(3), columns: new Uint32Array(3) }, 'Disconnect 3 cells'],
    [{ kind: 'rectangle', on: true, area: { top: 1, left: 0, bottom: 1, right: 5 } }, 'Connect row 1, columns 0 to 5'],
    [{ kind: 'line', axis: 'row', index: 2 }, 'Toggle row 2'],
    [{ kind: 'fill', recipe: { generator: 'banded', width: 3 } }, 'Band of width 3'],
    [{ kind: 'fill', recipe: { generator: 'random', density: 0.125, seed: 7 }, area: { top: 0, left: 1, bottom: 2, right: 1 } }, 'Random 12.5 %, seed 7 in rows 0 to 2, column 1'],
    [{ kind: 'transpose' }, 'Transpose'],
  ])('%j', (operation, label) => {
    expect(labelOf(operation)).toBe(label);
  });
});
