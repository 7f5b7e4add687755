/** A matrix as tables: degrees of units, and connections. */
import { make, setStyles } from '../dom.js';
import { degreeTables, edgeTable, type TableData } from '../../../kernel/model/views/matrix/table-data.js';
import type { Subject, View } from './drawn.js';

export const matrixTables = (view: View, { known, mode }: Subject, border: string): HTMLElement[] =>
  [edgeTable(known, view.names, mode.quantity), ...degreeTables(known, view.names)].map((table) => tableElement(table, border));

function tableElement({ caption, head, rows, more }: TableData, border: string): HTMLElement {
  const box = make('div', { 'max-height': '260px', overflow: 'auto', 'margin-right': '16px' });
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', caption);
  const table = make('table', { 'border-collapse': 'collapse', 'font-size': '12px', 'font-variant-numeric': 'tabular-nums' });
  const title = make('caption', { 'text-align': 'left', padding: '2px 0', 'font-weight': '600' }, more ? `${caption} (${more})` : caption);
  const body = make('tbody');
  const line = (cells: readonly string[], kind: 'th' | 'td'): HTMLElement => {
    const row = make('tr');
    for (const cell of cells) {
      const element = make(kind, { padding: '1px 10px 1px 4px', 'text-align': 'right', border: `1px solid ${border}` }, cell);
      if (kind === 'th') element.setAttribute('scope', 'col');
      row.append(element);
    }
    return row;
  };
  const top = make('thead');
  top.append(line(head, 'th'));
  body.append(...rows.map((row) => line(row, 'td')));
  table.append(title, top, body);
  box.append(table);
  box.addEventListener('keydown', (event) => {
    if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
  });
  box.addEventListener('focus', () => setStyles(box, { outline: '2px solid var(--vscode-focusBorder)' }));
  box.addEventListener('blur', () => setStyles(box, { outline: 'none' }));
  return box;
}
