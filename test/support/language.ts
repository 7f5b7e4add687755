/** The language service over cells, in this process, with the declarations that the build packs. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { BundledTypes } from '../../kernel/control/language/thread/bundled-types.js';
import type { LanguageContext } from '../../kernel/control/language/thread/context.js';
import { diagnose } from '../../kernel/control/language/thread/diagnostics.js';
import { Language, type NotebookName } from '../../kernel/control/language/thread/language.js';
import { collect } from '../../scripts/types/pack.mjs';

const { files } = await collect(process.cwd());
export const types = new BundledTypes(files);

export class TestLanguage {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-cells-')));
  readonly problems: string[] = [];
  readonly language: Language;

  constructor(written: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(written)) this.write(name, text);
    this.language = new Language(ts, { folder: this.folder, types, onProblem: (problem) => this.problems.push(problem) });
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  open(texts: readonly string[], name: NotebookName = 'editor'): LanguageContext {
    const context = this.language.context(name);
    context.notebook.open(texts.map((text, index) => ({ id: String(index), text })));
    return context;
  }

  /** `cell:line code` of every error of the cells, in order. */
  errors(texts: readonly string[], name: NotebookName = 'editor'): string[] {
    const context = this.open(texts, name);
    return context.notebook.cells.flatMap((cell) => diagnose(context, cell).filter(({ severity }) => severity === 'error').map(({ range, code }) => `${cell.id}:${range.start.line + 1} ${code}`));
  }

  dispose(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
