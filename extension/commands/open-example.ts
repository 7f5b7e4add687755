import * as vscode from 'vscode';
import { patchbayError, reasonOf } from '../errors/catalogue.js';
import type { CommandContext } from './context.js';
import { exampleOf, type Example } from './examples.js';
import { openNotebook } from './open-notebook.js';

const FOLDER_NAME = 'patchbay-examples';

/**
 * `Patchbay: Open Example`: copies the examples, which refer to each other and to their data, into a folder of the
 * workspace (or one the user chooses) and opens the chosen one there. A copy that is there is left as the user left it.
 */
export async function openExample(context: CommandContext): Promise<void> {
  const source = vscode.Uri.joinPath(context.extension.extensionUri, 'examples');
  const examples = await listExamples(source);
  const choice = await vscode.window.showQuickPick(
    examples.map((example) => ({ label: example.title, description: example.file, example })),
    { title: 'Patchbay: Open Example', placeHolder: 'The examples are copied with their data, and are yours to change' },
  );
  if (choice === undefined) return;
  const parent = await chooseFolder();
  if (parent === undefined) return;
  const target = vscode.Uri.joinPath(parent, FOLDER_NAME);
  const notebook = vscode.Uri.joinPath(target, choice.example.file);
  try {
    await copyMissing(source, target);
  } catch (error) {
    throw patchbayError('exampleFailed', target.fsPath, reasonOf(error));
  }
  await openNotebook(await vscode.workspace.openNotebookDocument(notebook), context);
}

async function listExamples(folder: vscode.Uri): Promise<readonly Example[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const files = entries.map(([name]) => name).filter((name) => name.endsWith('.ipynb'));
  if (files.length === 0) throw patchbayError('noExamples');
  const decoder = new TextDecoder();
  return Promise.all(files.map(async (file) => exampleOf(file, decoder.decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file))))));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]?.uri;
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Where to copy the example to' }))?.uri;
  const [folder] = (await vscode.window.showOpenDialog({ title: 'Where to copy the example to', openLabel: 'Copy Here', canSelectFolders: true, canSelectFiles: false })) ?? [];
  return folder;
}

/** Copies what is not there yet, folder by folder; what the user has changed is never overwritten. */
async function copyMissing(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  await fs.createDirectory(to);
  const there = new Set((await fs.readDirectory(to)).map(([name]) => name));
  for (const [name, type] of await fs.readDirectory(from)) {
    const [source, target] = [vscode.Uri.joinPath(from, name), vscode.Uri.joinPath(to, name)];
    if ((type & vscode.FileType.Directory) !== 0) await copyMissing(source, target);
    else if (!there.has(name)) await fs.copy(source, target, { overwrite: false });
  }
}
