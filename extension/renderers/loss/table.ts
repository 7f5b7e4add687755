import { formatNumber } from '../../../kernel/model/views/format.js';
import { tableRows } from '../../../kernel/model/views/loss/export.js';
import type { LossView } from '../../../kernel/model/views/loss-view.js';
import { make } from '../dom.js';
import { keepKeys } from '../widgets/controls.js';

const MAX_ROWS = 200;

/** The losses as a table that scrolls by itself. */
export function lossTable(view: LossView): HTMLElement {
  const several = view.runs.length > 1;
  const rows = tableRows(view, MAX_ROWS);
  const total = view.runs.reduce((sum, { training }) => sum + training.x.length, 0);
  const table = make('table', { 'border-collapse': 'collapse', 'font-variant-numeric': 'tabular-nums', 'font-size': '12px' });
  table.append(make('caption', { 'text-align': 'left', padding: '2px 0' }, `Loss by epoch${rows.length < total ? `: ${rows.length} of ${total} epochs; Save as CSV has all` : ''}`));
  table.append(lineOf('th', [...(several ? ['run'] : []), 'epoch', 'training', 'validation']));
  for (const { run, epoch, training, validation } of rows) {
    const cell = (value: number | undefined): string => (value === undefined ? '' : formatNumber(value));
    table.append(lineOf('td', [...(several ? [run] : []), formatNumber(epoch), cell(training), cell(validation)]));
  }
  const box = make('div', { 'max-height': '240px', overflow: 'auto', 'margin-top': '6px' });
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'Loss by epoch, table');
  box.append(table);
  keepKeys(box);
  return box;
}

function lineOf(kind: 'th' | 'td', texts: readonly string[]): HTMLElement {
  const line = make('tr');
  for (const text of texts) {
    const cell = make(kind, { 'text-align': 'right', padding: '1px 12px 1px 0', 'border-bottom': '1px solid var(--vscode-widget-border, transparent)' }, text);
    if (kind === 'th') cell.setAttribute('scope', 'col');
    line.append(cell);
  }
  return line;
}
