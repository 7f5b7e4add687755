import * as vscode from 'vscode';
import type { ErrorDisplay } from '../errors/show.js';
import { copyCode, insertCell } from './code-actions.js';
import { MaskFiles } from './files/mask-files.js';
import type { MaskDocument } from './mask-document.js';
import { MASK_EDITOR, MaskEditorProvider, OPTIONAL_MASK_EDITOR } from './provider.js';

/** The mask editor, and what its commands act on. */
export class MaskEditors implements vscode.Disposable {
  readonly provider: MaskEditorProvider;
  readonly #registrations: vscode.Disposable;

  constructor(extension: vscode.Uri, errors: ErrorDisplay, log: (line: string) => void) {
    const files = new MaskFiles(vscode.Uri.joinPath(extension, 'dist', 'mask-editor-worker.js').fsPath);
    this.provider = new MaskEditorProvider({
      extension,
      files,
      errors,
      log,
      copyCode: errors.guard((document: MaskDocument) => this.copyCode(document)),
      insertCell: errors.guard((document: MaskDocument) => this.insertCell(document)),
    });
    // What a person has zoomed to and where the cursor stands outlive a look at another tab.
    const options = { supportsMultipleEditorsPerDocument: true, webviewOptions: { retainContextWhenHidden: true } };
    this.#registrations = vscode.Disposable.from(...[MASK_EDITOR, OPTIONAL_MASK_EDITOR].map((type) => vscode.window.registerCustomEditorProvider(type, this.provider, options)));
  }

  async copyCode(document = this.provider.active): Promise<void> {
    if (document !== undefined) this.provider.say(document, await copyCode(document));
  }

  async insertCell(document = this.provider.active): Promise<void> {
    if (document !== undefined) this.provider.say(document, await insertCell(document));
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
