/** An editor on cells, in this process: what requests.ts answers, and places given by marked pieces of text. */
import type { CellPosition, CellText, Diagnostic, LanguageMethod, LanguageParams, LanguageResult, LineRange, Location, NotebookChange, TextEdit } from '../../kernel/protocol/language.js';
import { lineStarts, offsetAt, positionAt } from '../../kernel/control/language/thread/positions.js';
import { requestHandlers } from '../../kernel/control/language/thread/requests.js';
import { TestLanguage } from './language.js';

export class CellsEditor {
  readonly inner: TestLanguage;
  readonly #handlers: ReturnType<typeof requestHandlers>;
  #texts = new Map<string, string>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.inner = new TestLanguage(files);
    this.#handlers = requestHandlers(this.inner.language);
  }

  ask<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>): LanguageResult<Method> {
    // SAFETY: the handler of a method takes its params and gives its result.
    const handle = this.#handlers[method] as unknown as (params: LanguageParams<Method>) => LanguageResult<Method>;
    return handle(params);
  }

  /** Cells with the ids a, b, c, … */
  open(...texts: readonly string[]): void {
    const cells = texts.map((text, index): CellText => ({ id: String.fromCharCode(97 + index), text }));
    this.#texts = new Map(cells.map(({ id, text }) => [id, text]));
    this.ask('notebook/open', { cells });
  }

  /** Applies edits as an editor does, here and in the service. */
  apply(changes: readonly { readonly cell: string; readonly edits: readonly TextEdit[] }[]): void {
    for (const { cell, edits } of changes) {
      const backwards = [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
      this.#texts.set(cell, backwards.reduce(replaced, this.text(cell)));
      this.ask('notebook/change', { changes: backwards.map((edit): NotebookChange => ({ type: 'edit', cell, edits: [edit] })) });
    }
  }

  text(cell: string): string {
    return this.#texts.get(cell) ?? '';
  }

  get all(): readonly string[] {
    return [...this.#texts.values()];
  }

  /** Where `|` stands in a marked piece of a cell's text. @throws Error when the piece is not there */
  at(cell: string, marked: string): CellPosition {
    const text = this.text(cell);
    const start = text.indexOf(marked.replace('|', ''));
    if (start < 0) throw new Error(`${marked} is not in ${text}`);
    return { cell, ...positionAt(lineStarts(text), start + Math.max(marked.indexOf('|'), 0)) };
  }

  textOf(cell: string, range: LineRange): string {
    const text = this.text(cell);
    const starts = lineStarts(text);
    return text.slice(offsetAt(text, starts, range.start), offsetAt(text, starts, range.end));
  }

  /** `a 2 name` for the text at a place of a cell, `helper.ts 1` for one of a file. */
  shown(location: Location): string {
    if ('cell' in location) return `${location.cell} ${location.range.start.line + 1} ${this.textOf(location.cell, location.range)}`;
    return `${location.file.split('/').at(-1) ?? ''} ${location.range.start.line + 1}`;
  }

  errors(cell: string): readonly Diagnostic[] {
    return this.ask('diagnostics', { cell }).filter(({ severity }) => severity === 'error');
  }

  dispose(): void {
    this.inner.dispose();
  }
}

function replaced(text: string, { range, text: inserted }: TextEdit): string {
  const starts = lineStarts(text);
  return text.slice(0, offsetAt(text, starts, range.start)) + inserted + text.slice(offsetAt(text, starts, range.end));
}
