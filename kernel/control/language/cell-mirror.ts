import type { CellText, NotebookChange } from '../../protocol/language.js';
import { lineStarts, offsetAt } from './thread/positions.js';

/** The editor's cells as the language thread has them, to tell a new thread when that one has died. */
export class CellMirror {
  #cells: CellText[] | undefined;

  /** Undefined until a notebook was opened. */
  get cells(): readonly CellText[] | undefined {
    return this.#cells;
  }

  open(cells: readonly CellText[]): void {
    this.#cells = [...cells];
  }

  /** What a change of a cell that is not there means, the language thread says. */
  change(changes: readonly NotebookChange[]): void {
    const cells = (this.#cells ??= []);
    for (const change of changes) {
      const index = change.type === 'insert' ? change.index : cells.findIndex(({ id }) => id === change.cell);
      if (index < 0) continue;
      if (change.type === 'insert') cells.splice(index, 0, change.cell);
      else if (change.type === 'remove') cells.splice(index, 1);
      else if (change.type === 'move') cells.splice(change.index, 0, ...cells.splice(index, 1));
      else {
        const cell = cells[index];
        if (cell !== undefined) cells[index] = { id: cell.id, text: change.edits.reduce(applied, cell.text) };
      }
    }
  }
}

function applied(before: string, { range, text }: Extract<NotebookChange, { type: 'edit' }>['edits'][number]): string {
  const starts = lineStarts(before);
  const start = offsetAt(before, starts, range.start);
  const end = Math.max(start, offsetAt(before, starts, range.end));
  return before.slice(0, start) + text + before.slice(end);
}
