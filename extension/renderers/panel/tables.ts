/** Numbers as tables: read by eye, by keyboard and by a screen reader alike. */
import { make } from '../dom.js';

export interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

type Entry = string | HTMLElement;

/** @param rows the first entry of each names the row */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Entry[])[]): HTMLTableElement {
  const element = make('table');
  const title = make('caption', {}, caption);
  const head = make('thead');
  head.append(rowOf(columns.map(({ head: text, isNumber }) => headCell(text, 'col', isNumber))));
  const body = make('tbody');
  body.append(...rows.map((entries) => rowOf(entries.map((entry, at) => (at === 0 && typeof entry === 'string' ? headCell(entry, 'row', columns[at]?.isNumber) : cell(entry, columns[at]?.isNumber))))));
  element.append(title, head, body);
  return element;
}

function rowOf(cells: readonly HTMLElement[]): HTMLElement {
  const row = make('tr');
  row.append(...cells);
  return row;
}

function headCell(text: string, scope: 'col' | 'row', isNumber = false): HTMLElement {
  const head = make('th', {}, text);
  head.scope = scope;
  if (isNumber) head.className = 'number';
  return head;
}

function cell(entry: Entry, isNumber = false): HTMLElement {
  const found = make('td', {}, typeof entry === 'string' ? entry : '');
  if (typeof entry !== 'string') found.append(entry);
  if (isNumber) found.className = 'number';
  return found;
}
