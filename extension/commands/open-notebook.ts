import * as vscode from 'vscode';
import { CONTROLLER_ID } from '../notebook/controller.js';
import type { CommandContext } from './context.js';

/** Shows a notebook and chooses our kernel for it, so that its first cell runs at once. */
export async function openNotebook(notebook: vscode.NotebookDocument, { extension }: CommandContext): Promise<void> {
  const notebookEditor = await vscode.window.showNotebookDocument(notebook);
  await vscode.commands.executeCommand('notebook.selectKernel', { notebookEditor, id: CONTROLLER_ID, extension: extension.extension.id });
}
