import * as vscode from 'vscode';
import { patchbayError } from '../errors/catalogue.js';
import { isRecord } from '../kernel-client/replies.js';
import type { CommandContext } from './context.js';

/** `Patchbay: Restart Kernel`, from the palette or from a notebook's toolbar, which names its notebook. */
export function restartKernel({ controller }: CommandContext, toolbar?: unknown): void {
  const notebook = notebookOf(toolbar) ?? vscode.window.activeNotebookEditor?.notebook;
  if (notebook === undefined || !controller.isSelectedFor(notebook)) throw patchbayError('noKernel', 'none can be restarted');
  controller.restart(notebook);
}

/** The toolbar hands over `{ notebookEditor: { notebookUri } }`. */
function notebookOf(toolbar: unknown): vscode.NotebookDocument | undefined {
  const editor = isRecord(toolbar) ? toolbar['notebookEditor'] : undefined;
  const uri = isRecord(editor) ? editor['notebookUri'] : undefined;
  return uri instanceof vscode.Uri ? vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === uri.toString()) : undefined;
}
