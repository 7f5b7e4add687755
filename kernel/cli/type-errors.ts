/**
 * Type errors of the cells of a run: looked for while the cells run, told when they have, and saved nowhere.
 */
import type { KernelProcess } from '../client/kernel-process.js';
import type { Diagnostic, LanguageReply } from '../protocol/language.js';
import { typeErrorLines } from '../protocol/type-errors.js';

export class TypeErrorSearch {
  readonly #found: readonly Promise<readonly Diagnostic[]>[];

  /** Asks at once for all cells, whose sources these are. */
  constructor(kernel: KernelProcess, sources: readonly string[]) {
    const cells = sources.map((text, index) => ({ id: String(index), text }));
    const opened = ask(kernel, 'notebook/open', { cells });
    this.#found = cells.map(({ id }) => opened.then(() => ask(kernel, 'diagnostics', { cell: id })));
    for (const one of this.#found) one.catch(() => undefined);
  }

  /** The errors of the cells that ran, by the number that traces give them. A kernel that has ended knows of none. */
  async lines(labels: ReadonlyMap<number, string>): Promise<string[]> {
    const found = await Promise.all(this.#found.map((one) => one.catch(() => [])));
    return found.flatMap((diagnostics, index) => {
      const label = labels.get(index);
      return label === undefined ? [] : typeErrorLines(label, diagnostics);
    });
  }
}

async function ask(kernel: KernelProcess, method: 'notebook/open' | 'diagnostics', params: object): Promise<readonly Diagnostic[]> {
  const { content } = await kernel.request<LanguageReply<'diagnostics'>>('control', 'patchbay_language_request', { method, params });
  return content.status === 'ok' ? content.result : [];
}
