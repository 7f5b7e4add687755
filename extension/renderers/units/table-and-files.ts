/** What every view of units offers beside its drawing: its numbers as a table, and the view as a file. */
import { csvText, type CsvRow } from '../../../kernel/model/views/csv.js';
import { make, setStyles } from '../dom.js';
import { button, keepKeys } from '../widgets/controls.js';
import { saveAs, saveGroup, type FileKind } from '../widgets/save-file.js';

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** At least those that are shown; `total` counts all. */
  readonly rows: readonly (readonly string[])[];
  readonly total: number;
}

export interface Exports {
  /** For the name of the file. */
  readonly title: string;
  /** The static picture: opaque, the same in every theme. */
  readonly picture: () => string;
  table(): Table;
  /** Numbers in full, comma separated, with a line of names. */
  readonly csv: () => readonly CsvRow[];
}

const MAX_ROWS = 200;

export class TableAndFiles {
  readonly controls: readonly HTMLElement[];
  /** Holds the table while it is open. */
  readonly place = make('div');
  readonly #near: HTMLElement;
  readonly #exports: () => Exports;
  readonly #toggle: HTMLButtonElement;

  /** @param near an element of the output: VS Code asks where to save what is clicked inside of outputs */
  constructor(near: HTMLElement, exports: () => Exports) {
    this.#exports = exports;
    this.#near = near;
    this.#toggle = button('View as table', () => this.#show(this.place.childElementCount === 0));
    this.#toggle.setAttribute('aria-expanded', 'false');
    this.controls = [this.#toggle, saveGroup((kind) => void this.#save(kind).catch((error: unknown) => console.error(error)))];
  }

  /** An open table follows the view. */
  refresh(): void {
    if (this.place.childElementCount > 0) this.#show(true);
  }

  #save(kind: FileKind): Promise<void> {
    const { title, picture, csv } = this.#exports();
    return saveAs(this.#near, kind, { title, picture, csv: () => csvText(csv()) });
  }

  #show(open: boolean): void {
    this.place.replaceChildren(...(open ? [tableElement(this.#exports().table())] : []));
    this.#toggle.setAttribute('aria-expanded', String(open));
    this.#toggle.textContent = open ? 'Hide table' : 'View as table';
  }
}

function tableElement({ caption, head, rows, total }: Table): HTMLElement {
  const shown = rows.slice(0, MAX_ROWS);
  const table = make('table', { 'border-collapse': 'collapse', 'font-variant-numeric': 'tabular-nums', 'font-size': '12px' });
  table.append(make('caption', { 'text-align': 'left', padding: '2px 0' }, shown.length < total ? `${caption}: the first ${shown.length} of ${total}` : caption));
  table.append(tableRow('th', head), ...shown.map((row) => tableRow('td', row)));
  const box = make('div', { 'max-height': '240px', overflow: 'auto', 'margin-top': '6px' });
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', `${caption}, table`);
  box.addEventListener('focus', () => setStyles(box, { outline: '2px solid var(--vscode-focusBorder, #0078d4)' }));
  box.addEventListener('blur', () => setStyles(box, { outline: 'none' }));
  keepKeys(box);
  box.append(table);
  return box;
}

function tableRow(kind: 'th' | 'td', texts: readonly string[]): HTMLElement {
  const line = make('tr');
  for (const text of texts) {
    const cell = make(kind, { 'text-align': 'left', padding: '1px 14px 1px 0' }, text);
    if (kind === 'th') cell.setAttribute('scope', 'col');
    line.append(cell);
  }
  return line;
}
