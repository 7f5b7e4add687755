/** What every view of units offers beside its drawing: its numbers as a table, and the view as a file. */
import { make, setStyles } from '../dom.js';
import { button, keepKeys } from './widgets.js';

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
  picture(): string;
  table(): Table;
  /** Numbers in full, comma separated, with a line of names. */
  csv(): readonly (readonly (string | number)[])[];
}

const MAX_ROWS = 200;

export class TableAndFiles {
  readonly controls: readonly HTMLElement[];
  /** Holds the table while it is open. */
  readonly place = make('div');
  readonly #exports: () => Exports;
  readonly #toggle: HTMLButtonElement;

  /** @param near an element of the output: VS Code asks where to save what is clicked inside of outputs */
  constructor(near: HTMLElement, exports: () => Exports) {
    this.#exports = exports;
    this.#toggle = button('View as table', undefined, () => this.#show(this.place.childElementCount === 0));
    this.#toggle.setAttribute('aria-expanded', 'false');
    const save = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '4px' });
    save.setAttribute('role', 'group');
    save.setAttribute('aria-label', 'Save as');
    save.append(
      make('span', {}, 'save'),
      ...(['PNG', 'SVG', 'CSV'] as const).map((kind) => button(kind, `Save as ${kind}`, () => void saveAs(near, kind, this.#exports()).catch((error: unknown) => console.error(error)))),
    );
    this.controls = [this.#toggle, save];
  }

  /** An open table follows the view. */
  refresh(): void {
    if (this.place.childElementCount > 0) this.#show(true);
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

async function saveAs(near: HTMLElement, kind: 'PNG' | 'SVG' | 'CSV', exports: Exports): Promise<void> {
  const name = `${exports.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'view'}.${kind.toLowerCase()}`;
  if (kind === 'CSV') return download(near, name, new Blob([csvText(exports.csv())], { type: 'text/csv' }));
  const picture = exports.picture();
  download(near, name, kind === 'SVG' ? new Blob([picture], { type: 'image/svg+xml' }) : await asPng(picture));
}

/** RFC 4180; a text that a spreadsheet would take for a formula is led by an apostrophe. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string => rows.map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n';

function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+@\t\r]/.test(value) || /^-(?!\d)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Twice as dense as the picture's own pixels. */
async function asPng(picture: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(picture)}`;
  await image.decode();
  const canvas = make('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'));
}

function download(near: HTMLElement, name: string, content: Blob): void {
  const link = make('a', { display: 'none' });
  link.download = name;
  link.href = URL.createObjectURL(content);
  near.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
