/**
 * The params of requests that change the editor's cells, looked at before they count: cells that are out of step are worse than a
 * request that fails.
 */
import type { CellText, LineRange, NotebookChange } from '../../protocol/language.js';

type Shape = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Shape => typeof value === 'object' && value !== null;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isIndex = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isPosition = (value: unknown): boolean => isObject(value) && isIndex(value['line']) && isIndex(value['character']);
const isRange = (value: unknown): value is LineRange => isObject(value) && isPosition(value['start']) && isPosition(value['end']);
const isCell = (value: unknown): value is CellText => isObject(value) && typeof value['id'] === 'string' && typeof value['text'] === 'string';
const isEdit = (value: unknown): boolean => isObject(value) && isRange(value['range']) && typeof value['text'] === 'string';

/** @throws Error that says what `notebook/open` takes */
export function openedCells(params: unknown): readonly CellText[] {
  const cells: unknown = isObject(params) ? params['cells'] : undefined;
  if (Array.isArray(cells) && cells.every(isCell) && new Set(cells.map(({ id }) => id)).size === cells.length) return cells;
  throw new Error('notebook/open takes { cells: [{ id: string, text: string }, …] }, each with an id of its own');
}

/** @throws Error that says which change is none */
export function notebookChanges(params: unknown): readonly NotebookChange[] {
  const changes: unknown = isObject(params) ? params['changes'] : undefined;
  if (!isList(changes)) throw new Error('notebook/change takes { changes: [{ type, cell, … }, …] }');
  if (changes.every(isChange)) return changes;
  const wrong = changes.find((change) => !isChange(change));
  throw new Error(`this is no change of a notebook: ${(JSON.stringify(wrong) ?? 'undefined').slice(0, 200)}`);
}

function isChange(change: unknown): change is NotebookChange {
  if (!isObject(change)) return false;
  const { type, cell, index, edits } = change;
  if (type === 'insert') return isIndex(index) && isCell(cell);
  if (typeof cell !== 'string') return false;
  if (type === 'move') return isIndex(index);
  return type === 'remove' || (type === 'edit' && Array.isArray(edits) && edits.every(isEdit));
}
