import * as vscode from 'vscode';
import type { CommandContext } from './context.js';
import { chooseMaskFile } from './choose-mask-file.js';

/** `Patchbay: Edit Mask`, of a file when one is handed over (context menu), else of the file in front, or one that the user picks. */
export async function editMask({ maskEditors }: CommandContext, resource?: unknown): Promise<void> {
  const file = resource instanceof vscode.Uri ? resource : await chooseMaskFile('Patchbay: Edit Mask');
  if (file !== undefined) await maskEditors.edit(file);
}

/** What a menu of a notebook's cell hands over. */
export const isCell = (value: unknown): value is vscode.NotebookCell => typeof value === 'object' && value !== null && 'notebook' in value && 'document' in value;
