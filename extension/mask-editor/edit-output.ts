/** The mask that an output shows, in an editor of its own: saving asks for a file, and its code can go back into the notebook. */
import * as vscode from 'vscode';
import { KERNEL_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import { patchbayError } from '../errors/catalogue.js';
import { folderOf } from '../places/uri.js';
import { BitMatrix } from './document/bit-matrix.js';
import { maskOfPayload } from './mask-of-output.js';
import type { MaskEditorProvider } from './provider.js';

/** @param cell the cell whose first mask is edited; without one, that of the selection */
export async function editOutput(editor: MaskEditorProvider, cell: vscode.NotebookCell | undefined): Promise<void> {
  const chosen = cell ?? selectedCell();
  const item = chosen && itemOf(chosen);
  if (chosen === undefined || item === undefined) throw patchbayError('noMaskInOutput');
  const mask = maskOfPayload(item.mime, JSON.parse(new TextDecoder().decode(item.data)));
  if ('problem' in mask) throw patchbayError('outputNotEditable', mask.problem);
  await editor.openUntitled(untitledBeside(chosen.notebook.uri), BitMatrix.ofMask(mask), { notebook: chosen.notebook.uri, cell: chosen.index });
}

function selectedCell(): vscode.NotebookCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  return editor === undefined || editor.selection.isEmpty ? undefined : editor.notebook.cellAt(editor.selection.start);
}

function itemOf(cell: vscode.NotebookCell): vscode.NotebookCellOutputItem | undefined {
  const items = cell.outputs.flatMap((output) => output.items);
  return items.find(({ mime }) => mime === MASK_MIME) ?? items.find(({ mime }) => mime === KERNEL_MIME);
}

let count = 0;

function untitledBeside(notebook: vscode.Uri): vscode.Uri {
  const name = `Mask-${++count}.mtx`;
  const folder = folderOf(notebook);
  return folder === undefined ? vscode.Uri.from({ scheme: 'untitled', path: name }) : vscode.Uri.joinPath(folder, name).with({ scheme: 'untitled' });
}
