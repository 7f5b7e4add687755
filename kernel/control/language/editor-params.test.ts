import { describe, expect, it } from 'vitest';
import { notebookChanges, openedCells } from './editor-params.js';

const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 2 } };

describe('params of an editor', () => {
  it.each([[[]], [[{ type: 'edit', cell: 'a', edits: [{ range, text: '' }] }, { type: 'insert', index: 0, cell: { id: 'b', text: '' } }, { type: 'remove', cell: 'a' }, { type: 'move', cell: 'b', index: 2 }]]])('are taken: %j', (changes) =>
    expect(notebookChanges({ changes })).toBe(changes),
  );

  it.each([null, undefined, 1, 'edit', {}, { type: 'insert', index: 0, cell: null }, { type: 'insert', index: -1, cell: { id: 'a', text: '' } }, { type: 'insert', index: 0.5, cell: { id: 'a', text: '' } }, { type: 'remove', cell: 3 }, { type: 'edit', cell: 'a', edits: [{ range: { start: range.start }, text: '' }] }, { type: 'edit', cell: 'a', edits: [{ range, text: 1 }] }, { type: 'rename', cell: 'a' }])('are refused: %j', (change) =>
    expect(() => notebookChanges({ changes: [{ type: 'remove', cell: 'a' }, change] })).toThrow('this is no change of a notebook'),
  );

  it('name what is opened', () => {
    expect(openedCells({ cells: [{ id: 'a', text: '' }] })).toHaveLength(1);
    for (const params of [undefined, null, {}, { cells: {} }, { cells: [null] }, { cells: [{ id: 'a' }] }, { cells: [{ id: 'a', text: '' }, { id: 'a', text: '' }] }]) expect(() => openedCells(params)).toThrow('notebook/open takes');
    expect(() => notebookChanges({ changes: 'all' })).toThrow('notebook/change takes');
  });
});
