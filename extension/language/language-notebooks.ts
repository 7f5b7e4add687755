/** The notebooks whose cells the language service knows: follows the editor and the kernels, and publishes problems. */
import * as vscode from 'vscode';
import type { Diagnostic, DiagnosticsContent, LanguageMethod, LanguageParams, LanguageResult } from '../../kernel/protocol/language.js';
import { reasonOf } from '../errors/catalogue.js';
import { cellId } from '../notebook/cell-executions.js';
import { LANGUAGES, type PatchbayController } from '../notebook/controller.js';
import { typeErrorSetting } from '../notebook/type-error-setting.js';
import { textEdits } from './cell-changes.js';
import { shownDiagnostics } from './diagnostics.js';
import { LanguageError, NotebookLanguage } from './notebook-language.js';
import { toDiagnostic } from './vscode-convert.js';

export interface Question {
  readonly document: vscode.TextDocument;
  readonly token: vscode.CancellationToken;
  /** VS Code asks by itself: no kernel is started for it. */
  readonly isPassive?: boolean;
  /** The answer counts although the text has changed meanwhile. */
  readonly mayBeStale?: boolean;
}

export class LanguageNotebooks implements vscode.Disposable {
  readonly #controller: PatchbayController;
  readonly #log: vscode.LogOutputChannel;
  readonly #languages = new Map<vscode.NotebookDocument, NotebookLanguage>();
  readonly #problems = vscode.languages.createDiagnosticCollection('patchbay');
  /** What the kernel has found, by cell, for the time when the setting changes. */
  readonly #found = new Map<string, readonly Diagnostic[]>();
  readonly #disposables: vscode.Disposable[];
  #saidUntrusted = false;

  constructor(controller: PatchbayController, log: vscode.LogOutputChannel) {
    this.#controller = controller;
    this.#log = log;
    const { workspace } = vscode;
    this.#disposables = [
      this.#problems,
      controller.onDidChange(() => this.#kernelsChanged()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#languageOf(document)?.textChanged(document.uri.toString(), textEdits(contentChanges));
      }),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
        // Most changes are outputs, of which a running cell writes many.
        if (contentChanges.length > 0 || cellChanges.some(({ document }) => document !== undefined)) this.#languages.get(notebook)?.cellsChanged();
      }),
      workspace.onDidCloseNotebookDocument((notebook) => this.#forget(notebook)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('patchbay.typeErrors')) for (const notebook of this.#languages.keys()) this.#publish(notebook);
      }),
    ];
  }

  /** Undefined when nobody answers: the cell is not ours, the folder is not trusted, or the answer is not wanted any more. */
  async ask<Method extends LanguageMethod>({ document, token, isPassive = false, mayBeStale = false }: Question, method: Method, params: LanguageParams<Method>): Promise<LanguageResult<Method> | undefined> {
    try {
      return await this.askOrThrow({ document, token, isPassive, mayBeStale }, method, params);
    } catch (error) {
      if (error instanceof LanguageError) this.#log.debug(`${method}: ${error.message}`);
      else this.#log.error(`${method}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /** @throws LanguageError with the reason why there is no answer */
  async askOrThrow<Method extends LanguageMethod>({ document, token, isPassive = false, mayBeStale = false }: Question, method: Method, params: LanguageParams<Method>): Promise<LanguageResult<Method> | undefined> {
    const language = this.#languageOf(document);
    if (language === undefined) return undefined;
    const { version } = document;
    const result = await (isPassive ? language.askIfOpen(method, params, token) : language.ask(method, params, token));
    return mayBeStale || document.version === version ? result : undefined;
  }

  /** Asks whichever service is there. */
  async askAny<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, token: vscode.CancellationToken): Promise<LanguageResult<Method> | undefined> {
    for (const language of this.#languages.values()) {
      const result = await language.askIfOpen(method, params, token).catch(() => undefined);
      if (result !== undefined && result !== null) return result;
    }
    return undefined;
  }

  notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
    if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
    return vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.path === document.uri.path && notebook.getCells().some((cell) => cell.document === document));
  }

  show(notebook: vscode.NotebookDocument, { cell, diagnostics }: DiagnosticsContent): void {
    this.#found.set(cell, diagnostics);
    this.#publish(notebook, cell);
  }

  dispose(): void {
    for (const notebook of [...this.#languages.keys()]) this.#forget(notebook);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #languageOf(document: vscode.TextDocument): NotebookLanguage | undefined {
    const notebook = this.notebookOf(document);
    if (notebook === undefined || !LANGUAGES.includes(document.languageId) || !this.#controller.isSelectedFor(notebook)) return undefined;
    if (!vscode.workspace.isTrusted) {
      if (!this.#saidUntrusted) this.#log.info('This folder is not trusted: the language service of cells is off, since it reads what the folder names.');
      this.#saidUntrusted = true;
      return undefined;
    }
    const known = this.#languages.get(notebook);
    if (known !== undefined) return known;
    const language = this.#create(notebook);
    this.#languages.set(notebook, language);
    return language;
  }

  #create(notebook: vscode.NotebookDocument): NotebookLanguage {
    const kernel = () => this.#controller.run(notebook)?.kernel;
    return new NotebookLanguage({
      start: () => this.#controller.start(notebook),
      session: () => kernel()?.session,
      isDead: () => this.#controller.run(notebook)?.state.kernel === 'dead',
      send: (method, params, id) => kernel()?.language(method, params, id) ?? Promise.reject(new Error('there is no kernel')),
      cancel: (id) => kernel()?.cancelLanguage(id),
      cells: () => cellsOf(notebook).map((cell) => ({ id: cellId(cell), text: cell.document.getText() })),
      forgetDiagnostics: () => this.#clear(notebook),
      log: (line) => this.#log.info(line),
      now: () => performance.now(),
    });
  }

  #kernelsChanged(): void {
    for (const [notebook, language] of [...this.#languages]) {
      if (this.#controller.isSelectedFor(notebook)) language.kernelChanged();
      else this.#forget(notebook);
    }
  }

  #forget(notebook: vscode.NotebookDocument): void {
    this.#languages.get(notebook)?.dispose();
    this.#languages.delete(notebook);
  }

  #publish(notebook: vscode.NotebookDocument, only?: string): void {
    const mode = typeErrorSetting(notebook.uri);
    for (const cell of cellsOf(notebook)) {
      const id = cellId(cell);
      if (only === undefined || only === id) this.#problems.set(cell.document.uri, shownDiagnostics(this.#found.get(id) ?? [], mode).map(toDiagnostic));
    }
  }

  #clear(notebook: vscode.NotebookDocument): void {
    for (const uri of [...this.#found.keys()].map((id) => vscode.Uri.parse(id, true))) {
      if (uri.path !== notebook.uri.path) continue;
      this.#found.delete(uri.toString());
      this.#problems.delete(uri);
    }
  }
}

/** The cells that the kernel can run. */
const cellsOf = (notebook: vscode.NotebookDocument): vscode.NotebookCell[] =>
  notebook.getCells().filter(({ kind, document }) => kind === vscode.NotebookCellKind.Code && LANGUAGES.includes(document.languageId));
