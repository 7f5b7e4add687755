import path from 'node:path';
import { patchbayError } from '../errors/catalogue.js';

export interface NotebookPlace {
  readonly scheme: string;
  readonly fsPath: string;
}

/**
 * Where relative paths in cells start: the notebook's folder; an untitled notebook's is the first workspace folder, or
 * the home folder when none is open.
 *
 * @throws PatchbayError `noFolder` for a notebook that lies on no disk of this machine
 */
export function kernelFolder(notebook: NotebookPlace, workspaceFolders: readonly NotebookPlace[], homeFolder: string): string {
  if (notebook.scheme === 'file') return path.dirname(notebook.fsPath);
  if (notebook.scheme !== 'untitled') throw patchbayError('noFolder', notebook.scheme);
  const first = workspaceFolders[0];
  if (first === undefined) return homeFolder;
  if (first.scheme !== 'file') throw patchbayError('noFolder', first.scheme);
  return first.fsPath;
}
