/** An editor's side of the language protocol, for tests. */
import type { CellPosition, CellText, Diagnostic, DiagnosticsContent, LanguageMethod, LanguageParams, LanguageReply, LanguageResult, LineRange, NotebookChange } from '../../kernel/protocol/language.js';
import { TestKernel } from './harness.js';

/** `text` with `|` where the place is. */
export interface Marked {
  readonly text: string;
  readonly at: CellPosition;
}

export class TestEditor {
  readonly kernel: TestKernel;
  readonly texts = new Map<string, string>();
  #taken = 0;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();

  constructor(node: string, files: Readonly<Record<string, string>> = {}) {
    this.kernel = new TestKernel(node, files);
  }

  async ask<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>): Promise<LanguageResult<Method>> {
    const reply = await this.reply(method, params);
    if (reply.status !== 'ok') throw new Error(reply.status === 'error' ? reply.evalue : reply.status);
    return reply.result;
  }

  async reply<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, id?: string): Promise<LanguageReply<Method>> {
    const { content } = await this.kernel.process.request<LanguageReply<Method>>('control', 'patchbay_language_request', { method, params, id });
    return content;
  }

  async cancel(id: string): Promise<void> {
    await this.kernel.process.request('control', 'patchbay_language_cancel_request', { id });
  }

  async open(cells: readonly CellText[]): Promise<void> {
    this.texts.clear();
    for (const { id, text } of cells) this.texts.set(id, text);
    await this.ask('notebook/open', { cells });
  }

  async change(changes: readonly NotebookChange[]): Promise<void> {
    await this.ask('notebook/change', { changes });
  }

  /** Replaces a cell's text. */
  async write(cell: string, text: string): Promise<void> {
    this.texts.set(cell, text);
    await this.change([{ type: 'edit', cell, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } }, text }] }]);
  }

  /** Where `|` stands in the marked piece of a cell's text. */
  at(cell: string, marked: string): CellPosition {
    const text = this.texts.get(cell) ?? '';
    const start = text.indexOf(marked.replace('|', ''));
    if (start < 0) throw new Error(`${marked} is not in ${text}`);
    const before = text.slice(0, start + marked.indexOf('|')).split('\n');
    return { cell, line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  }

  /** The text of a range. */
  textOf(cell: string, { start, end }: LineRange): string {
    const lines = (this.texts.get(cell) ?? '').split('\n');
    const offset = ({ line, character }: LineRange['start']): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
    return (this.texts.get(cell) ?? '').slice(offset(start), offset(end));
  }

  /** The newest diagnostics of a cell, each as `line: message`, hints as `line: (unnecessary) message`. */
  problems(cell: string): string[] {
    for (const { header, content } of this.kernel.messages.slice(this.#taken)) {
      if (header.msg_type !== 'patchbay_language_diagnostics') continue;
      const { cell: of, diagnostics } = content as unknown as DiagnosticsContent;
      this.#diagnostics.set(of, diagnostics);
    }
    this.#taken = this.kernel.messages.length;
    return (this.#diagnostics.get(cell) ?? []).map(({ range, message, tag }) => `${range.start.line + 1}: ${tag === undefined ? '' : `(${tag}) `}${message}`);
  }

  async untilProblems(cell: string, expected: readonly string[]): Promise<void> {
    const same = (): boolean => JSON.stringify(this.problems(cell)) === JSON.stringify(expected);
    await this.kernel.until(same, `${JSON.stringify(expected)} in ${cell}`, 20_000).catch((error: unknown) => {
      throw new Error(`${String(error)}; there are ${JSON.stringify(this.problems(cell))}`);
    });
  }

  stop(): Promise<void> {
    return this.kernel.stop();
  }
}

/** A text after edits of its first form, as an editor applies them. */
export function edited(text: string, edits: readonly { readonly range: LineRange; readonly text: string }[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: LineRange['start']): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
  const backwards = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return backwards.reduce((result, { range, text: inserted }) => result.slice(0, offset(range.start)) + inserted + result.slice(offset(range.end)), text);
}
