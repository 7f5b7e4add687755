import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { CellText, NotebookChange } from '../../protocol/language.js';
import { CellMirror } from './cell-mirror.js';
import { Notebook } from './thread/notebook.js';

const range = (line: number, character: number, toLine = line, toCharacter = character) => ({ start: { line, character }, end: { line: toLine, character: toCharacter } });

describe('the mirror of the editor’s cells', () => {
  it('is empty until a notebook was opened', () => expect(new CellMirror().cells).toBeUndefined());

  it('follows opens and changes', () => {
    const mirror = new CellMirror();
    mirror.open([{ id: 'a', text: 'one\ntwo' }, { id: 'b', text: '' }]);
    mirror.change([
      { type: 'insert', index: 1, cell: { id: 'c', text: 'x' } },
      { type: 'edit', cell: 'a', edits: [{ range: range(1, 0, 1, 3), text: 'TWO' }, { range: range(0, 0, 0, 0), text: '// ' }] },
      { type: 'move', cell: 'b', index: 0 },
      { type: 'remove', cell: 'c' },
    ]);
    expect(mirror.cells).toEqual([{ id: 'b', text: '' }, { id: 'a', text: '// one\nTWO' }]);
    mirror.open([]);
    expect(mirror.cells).toEqual([]);
  });

  it('passes over changes of cells that are not there, of which the service has complained', () => {
    const mirror = new CellMirror();
    mirror.open([{ id: 'a', text: 'a' }]);
    mirror.change([{ type: 'remove', cell: 'z' }, { type: 'move', cell: 'z', index: 0 }, { type: 'edit', cell: 'z', edits: [] }]);
    expect(mirror.cells).toEqual([{ id: 'a', text: 'a' }]);
  });

  it('leaves alone what it was opened with', () => {
    const cells: CellText[] = [{ id: 'a', text: 'a' }];
    const mirror = new CellMirror();
    mirror.open(cells);
    mirror.change([{ type: 'insert', index: 0, cell: { id: 'b', text: '' } }]);
    expect(cells).toHaveLength(1);
  });

  it('has what the service has, after any changes', () => {
    const text = fc.array(fc.constantFrom('const a = 1', '\n', '\r\n', '😀', ' ', 'x'), { maxLength: 4 }).map((parts) => parts.join(''));
    const position = fc.record({ line: fc.nat(3), character: fc.nat(6) });
    const step = fc.record({ kind: fc.constantFrom('insert', 'remove', 'move', 'edit'), at: fc.nat(9), to: fc.nat(9), text, start: position, end: position });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const mirror = new CellMirror();
        const notebook = new Notebook(ts, { seesLater: true });
        mirror.open([{ id: '0', text: 'let first' }]);
        notebook.open([{ id: '0', text: 'let first' }]);
        steps.forEach(({ kind, at, to, text: written, start, end }, index) => {
          const ids = notebook.cells.map(({ id }) => id);
          const cell = ids[at % Math.max(ids.length, 1)];
          const change: NotebookChange | undefined =
            kind === 'insert' ? { type: 'insert', index: at % (ids.length + 1), cell: { id: `n${index}`, text: written } }
            : cell === undefined ? undefined
            : kind === 'remove' ? { type: 'remove', cell }
            : kind === 'move' ? { type: 'move', cell, index: to % ids.length }
            : { type: 'edit', cell, edits: [{ range: { start, end }, text: written }] };
          if (change === undefined) return;
          mirror.change([change]);
          notebook.change([change]);
        });
        expect(mirror.cells).toEqual(notebook.cells.map(({ id, source }) => ({ id, text: source.text })));
      }),
      { numRuns: 100 },
    );
  });
});
