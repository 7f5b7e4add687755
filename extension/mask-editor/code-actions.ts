/** The mask of an editor as code: into the clipboard, or as a cell of a notebook. */
import path from 'node:path';
import * as vscode from 'vscode';
import { patchbayError } from '../errors/catalogue.js';
import { NOTEBOOK_TYPE } from '../notebook/controller.js';
import { nameOf } from '../places/uri.js';
import { cellOf, loadingCell, maskCode, variableName } from './document/code/mask-code.js';
import type { MaskDocument } from './mask-document.js';

/** Puts the shortest code of the mask into the clipboard. Returns what was done, in a sentence. */
export async function copyCode(document: MaskDocument): Promise<string> {
  const { matrix } = document.timeline;
  const code = maskCode(matrix.toMask(), document.recipes);
  if (code === undefined) throw patchbayError('maskTooLargeForCode', nameOf(document.uri));
  await vscode.env.clipboard.writeText(code.expression);
  return `Copied: ${firstLine(code.expression)}`;
}

const firstLine = (text: string): string => text.split('\n').slice(0, 1).join('') + (text.includes('\n') ? ' …' : '');

/** Inserts a cell that declares the mask (or loads its file, when it is too large for code) and shows the notebook. */
export async function insertCell(document: MaskDocument): Promise<string> {
  const target = targetOf(document);
  if (target === undefined) throw patchbayError('noNotebookForCell');
  const { notebook, index } = target;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(index, [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, sourceOf(document, notebook), 'typescript')])]);
  if (!(await vscode.workspace.applyEdit(edit))) throw patchbayError('cellNotInserted', nameOf(notebook.uri));
  const selections = [new vscode.NotebookRange(index, index + 1)];
  const editor = await vscode.window.showNotebookDocument(notebook, { selections });
  editor.revealRange(new vscode.NotebookRange(index, index + 1), vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  return `Inserted a cell into ${nameOf(notebook.uri)}`;
}

function sourceOf(document: MaskDocument, notebook: vscode.NotebookDocument): string {
  const name = document.uri.scheme === 'untitled' ? 'mask' : variableName(nameOf(document.uri));
  const code = maskCode(document.timeline.matrix.toMask(), document.recipes);
  if (code !== undefined) return cellOf(code, name);
  if (document.uri.scheme !== 'file' || document.timeline.isDirty) throw patchbayError('maskTooLargeForCode', nameOf(document.uri));
  const relative = path.relative(path.dirname(notebook.uri.fsPath), document.uri.fsPath);
  return loadingCell(relative.split(path.sep).join('/'), name);
}

/** After the cell that the mask came from, else after the selection of the notebook that is in view, or the last one that is open. */
function targetOf({ origin }: MaskDocument): { readonly notebook: vscode.NotebookDocument; readonly index: number } | undefined {
  const notebooks = vscode.workspace.notebookDocuments.filter(({ notebookType, isClosed }) => notebookType === NOTEBOOK_TYPE && !isClosed);
  const source = origin && notebooks.find(({ uri }) => uri.toString() === origin.notebook.toString());
  if (source !== undefined && origin !== undefined) return { notebook: source, index: Math.min(source.cellCount, origin.cell + 1) };
  const editors = [vscode.window.activeNotebookEditor, ...vscode.window.visibleNotebookEditors];
  const editor = editors.find((candidate) => candidate !== undefined && notebooks.includes(candidate.notebook));
  if (editor !== undefined) return { notebook: editor.notebook, index: Math.min(editor.notebook.cellCount, editor.selection.end) };
  const last = notebooks.at(-1);
  return last && { notebook: last, index: last.cellCount };
}
