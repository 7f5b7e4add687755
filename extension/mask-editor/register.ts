import * as vscode from 'vscode';
import type { ErrorDisplay } from '../errors/show.js';
import { copyCode, insertCell } from './code-actions.js';
import { editOutput } from './edit-output.js';
import { MaskFiles } from './files/mask-files.js';
import type { MaskDocument } from './mask-document.js';
import { MASK_EDITOR, MaskEditorProvider, OPTIONAL_MASK_EDITOR } from './provider.js';

/** The mask editor, and what its commands act on. */
export class MaskEditors implements vscode.Disposable {
  /** One for each type: VS Code asks each for the documents of its own. */
  readonly #providers: readonly MaskEditorProvider[];
  readonly #registrations: vscode.Disposable;

  constructor(extension: vscode.Uri, errors: ErrorDisplay, log: (line: string) => void) {
    const files = new MaskFiles(vscode.Uri.joinPath(extension, 'dist', 'mask-editor-worker.js').fsPath);
    const tools = {
      extension,
      files,
      errors,
      log,
      copyCode: errors.guard((document: MaskDocument) => this.copyCode(document)),
      insertCell: errors.guard((document: MaskDocument) => this.insertCell(document)),
    };
    // What a person has zoomed to and where the cursor stands outlive a look at another tab.
    const options = { supportsMultipleEditorsPerDocument: true, webviewOptions: { retainContextWhenHidden: true } };
    const registered = [MASK_EDITOR, OPTIONAL_MASK_EDITOR].map((type) => {
      const provider = new MaskEditorProvider(tools);
      return { provider, registration: vscode.window.registerCustomEditorProvider(type, provider, options) };
    });
    this.#providers = registered.map(({ provider }) => provider);
    this.#registrations = vscode.Disposable.from(...registered.map(({ registration }) => registration));
  }

  async copyCode(document = this.#active): Promise<void> {
    if (document !== undefined) this.#say(document, await copyCode(document));
  }

  async insertCell(document = this.#active): Promise<void> {
    if (document !== undefined) this.#say(document, await insertCell(document));
  }

  /** The mask that an output of the cell shows, in an editor whose save asks for a file. */
  async editOutput(cell: vscode.NotebookCell | undefined): Promise<void> {
    const [provider] = this.#providers;
    if (provider !== undefined) await editOutput(provider, cell);
  }

  get #active(): MaskDocument | undefined {
    return this.#providers.map(({ active }) => active).find((document) => document !== undefined);
  }

  #say(document: MaskDocument, text: string): void {
    for (const provider of this.#providers) provider.say(document, text);
  }

  /** Opens a mask file in the editor, whichever editor its kind of file has by default. */
  async edit(resource: vscode.Uri): Promise<void> {
    const isOurs = /\.(mtx|mask\.csv)$/i.test(resource.path);
    await vscode.commands.executeCommand('vscode.openWith', resource, isOurs ? MASK_EDITOR : OPTIONAL_MASK_EDITOR);
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}
