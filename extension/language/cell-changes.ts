/** What happened to a notebook in the editor, as changes of the language protocol. */
import type { CellText, NotebookChange, TextEdit } from '../../kernel/protocol/language.js';

/** A change of a document as VS Code tells it: its ranges are such that the changes can be made one after the other. */
export interface TextChange {
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
  readonly text: string;
}

export function textEdits(changes: readonly TextChange[]): TextEdit[] {
  return changes.map(({ range: { start, end }, text }) => ({
    range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } },
    text,
  }));
}

/**
 * The changes that make `after` of `before`: removals, then from the top down an insertion or a move for each cell that does
 * not stand where it should. Texts of cells that stay are not compared.
 *
 * @param before ids of the cells in order
 */
export function cellChanges(before: readonly string[], after: readonly CellText[]): NotebookChange[] {
  const wanted = new Set(after.map(({ id }) => id));
  const known = new Set(before);
  const changes: NotebookChange[] = before.filter((id) => !wanted.has(id)).map((cell) => ({ type: 'remove', cell }));
  const order = before.filter((id) => wanted.has(id));
  const place = (id: string, index: number): void => {
    if (order[index] === id) return;
    const at = order.indexOf(id);
    if (at >= 0) order.splice(at, 1);
    order.splice(index, 0, id);
    changes.push({ type: 'move', cell: id, index });
  };
  after.forEach((cell, index) => {
    const passed = order[index];
    if (!known.has(cell.id)) {
      changes.push({ type: 'insert', index, cell });
      order.splice(index, 0, cell.id);
    } else if (passed !== undefined && passed !== cell.id && order[index + 1] === cell.id) {
      // One cell that moves down makes all others move up: it alone is told.
      place(passed, behindPreceding(order, after, passed));
    } else place(cell.id, index);
  });
  return changes;
}

/** Where a cell goes among those that are there: behind the last one that precedes it in the end. */
function behindPreceding(order: readonly string[], after: readonly CellText[], id: string): number {
  const preceding = new Set(after.slice(0, after.findIndex((cell) => cell.id === id)).map((cell) => cell.id));
  return order.filter((other) => other !== id).findLastIndex((other) => preceding.has(other)) + 1;
}
