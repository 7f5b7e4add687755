import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../notebook/controller.js';
import { NEW_NOTEBOOK_METADATA } from '../notebook/metadata.js';
import type { CommandContext } from './context.js';
import { openNotebook } from './open-notebook.js';

/** `Patchbay: New Notebook`: an untitled notebook with one empty cell, and the cursor in it. */
export async function newNotebook(context: CommandContext): Promise<void> {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '', 'typescript');
  cell.metadata = { id: randomBytes(4).toString('hex') }; // nbformat 4.5
  const data = new vscode.NotebookData([cell]);
  data.metadata = { ...NEW_NOTEBOOK_METADATA };
  await openNotebook(await vscode.workspace.openNotebookDocument(NOTEBOOK_TYPE, data), context);
  await vscode.commands.executeCommand('notebook.cell.edit');
}
