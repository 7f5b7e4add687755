import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellText, NotebookChange } from '../../kernel/protocol/language.js';
import { cellChanges, textEdits } from './cell-changes.js';

const cell = (id: string): CellText => ({ id, text: `// ${id}` });

/** As the kernel makes them (kernel/control/language/cell-mirror.ts). */
function applied(before: readonly string[], changes: readonly NotebookChange[]): string[] {
  const cells = [...before];
  for (const change of changes) {
    if (change.type === 'insert') cells.splice(change.index, 0, change.cell.id);
    else if (change.type === 'remove') cells.splice(cells.indexOf(change.cell), 1);
    else if (change.type === 'move') cells.splice(change.index, 0, ...cells.splice(cells.indexOf(change.cell), 1));
  }
  return cells;
}

describe('cellChanges', () => {
  it.each<[string, string, string, NotebookChange[]]>([
    ['nothing', 'abc', 'abc', []],
    ['an insertion', 'ac', 'abc', [{ type: 'insert', index: 1, cell: cell('b') }]],
    ['a removal', 'abc', 'ac', [{ type: 'remove', cell: 'b' }]],
    ['a move up', 'abcd', 'dabc', [{ type: 'move', cell: 'd', index: 0 }]],
    ['a move down', 'abcd', 'bcda', [{ type: 'move', cell: 'a', index: 3 }]],
    ['a swap', 'ab', 'ba', [{ type: 'move', cell: 'a', index: 1 }]],
    ['a cell for another', 'abc', 'axc', [{ type: 'remove', cell: 'b' }, { type: 'insert', index: 1, cell: cell('x') }]],
  ])('%s', (_name, before, after, changes) => {
    expect(cellChanges([...before], [...after].map(cell))).toEqual(changes);
  });

  it('leads from any order of cells to any other', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
    fc.assert(fc.property(ids, ids, (before, after) => {
      expect(applied(before, cellChanges(before, after.map(cell)))).toEqual(after);
    }), { numRuns: 500 });
  });
});

describe('textEdits', () => {
  it('takes plain positions of what VS Code hands over', () => {
    class Position {
      constructor(readonly line: number, readonly character: number) {}
      isBefore(): boolean { return true; }
    }
    const range = { start: new Position(1, 2), end: new Position(3, 4) };
    expect(JSON.parse(JSON.stringify(textEdits([{ range, text: 'x' }])))).toEqual([{ range: { start: { line: 1, character: 2 }, end: { line: 3, character: 4 } }, text: 'x' }]);
  });
});
