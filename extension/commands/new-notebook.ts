import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../notebook/controller.js';
import { NEW_NOTEBOOK_METADATA } from '../notebook/metadata.js';
import type { CommandContext } from './context.js';
import { openNotebook } from './open-notebook.js';

/** `Patchbay: New Notebook`: an untitled notebook with one empty cell. */
export async function newNotebook(context: CommandContext): Promise<void> {
  const data = new vscode.NotebookData([new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '', 'typescript')]);
  data.metadata = { ...NEW_NOTEBOOK_METADATA };
  await openNotebook(await vscode.workspace.openNotebookDocument(NOTEBOOK_TYPE, data), context);
}
