import * as vscode from 'vscode';
import { MASK_FILE_EXTENSIONS } from '../../kernel/model/files/read-mask-file.js';

const EXTENSIONS = [...MASK_FILE_EXTENSIONS, 'keras', 'h5'];
const MAX_LISTED = 200;
/** JSON files of tools, which are never masks. */
const EXCLUDED = '{**/node_modules/**,**/.*/**,**/package*.json,**/tsconfig*.json,**/jsconfig*.json}';

/** Lets the user pick one of the workspace's files of masks and models, or any file. */
export async function chooseMaskFile(title: string): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(`**/*.{${EXTENSIONS.join(',')}}`, EXCLUDED, MAX_LISTED);
  if (found.length === 0) return browse(title);
  const rows = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })).sort((a, b) => a.label.localeCompare(b.label));
  const choice = await vscode.window.showQuickPick([...rows, { label: '$(folder-opened) Browse…', uri: undefined }], { title, placeHolder: 'A mask file, or a file of a model' });
  return choice === undefined ? undefined : (choice.uri ?? browse(title));
}

async function browse(title: string): Promise<vscode.Uri | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title, openLabel: 'Visualize', filters: { 'Masks and Models': EXTENSIONS } })) ?? [];
  return file;
}
