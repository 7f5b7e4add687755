/** Where a file or notebook lies, and what it is called. */
import * as vscode from 'vscode';

/** The last part of its path: `net.ipynb`. */
export const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder it lies in; of one that is not saved yet the first of the workspace, if there is one. */
export function folderOf(uri: vscode.Uri): vscode.Uri | undefined {
  return uri.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(uri, '..');
}
