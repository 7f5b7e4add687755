import * as vscode from 'vscode';
import type { KernelVariable } from '../kernel-client/replies.js';
import { expressionPicture } from '../mask-view/expression-picture.js';
import { filePicture } from '../mask-view/file-picture.js';
import type { MaskPicture } from '../mask-view/mask-picture.js';
import { needIdle } from '../notebook/need-idle.js';
import type { NotebookRun } from '../notebook/notebook-run.js';
import { chooseMaskFile } from './choose-mask-file.js';
import type { CommandContext } from './context.js';
import { maskSources, type MaskSource } from './mask-sources.js';

const TITLE = 'Patchbay: Visualize Mask';

/** `Patchbay: Visualize Mask`, of a file when one is handed over (context menu), else of what the user picks. */
export async function visualizeMask(context: CommandContext, resource?: unknown): Promise<void> {
  const picture = resource instanceof vscode.Uri ? await ofFile(context, resource) : await ofChoice(context);
  if (picture !== undefined) context.panels.show(picture);
}

async function ofChoice(context: CommandContext): Promise<MaskPicture | undefined> {
  const run = context.controller.runWithKernel(vscode.window.activeNotebookEditor?.notebook);
  const choice = await vscode.window.showQuickPick<MaskSource & vscode.QuickPickItem>(variablesOf(run).then(maskSources), { title: TITLE, placeHolder: 'A mask, a masked layer, or what a mask can be made of', matchOnDescription: true });
  if (choice === undefined) return undefined;
  const { source } = choice;
  if (source.kind === 'file') return ofChosenFile(context);
  const what = source.kind === 'expression' ? source.text : 'an expression';
  const text = source.kind === 'expression' ? source.text : await askExpression(needIdle(run, what));
  if (text === undefined) return undefined;
  const { kernel } = needIdle(run, text);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Evaluating ${text}` }, () => expressionPicture(text, (expression) => kernel.evaluate(expression)));
}

/** Without a kernel, or while it is busy, there is nothing to list: files and expressions are still offered. */
async function variablesOf(run: NotebookRun | undefined): Promise<readonly KernelVariable[]> {
  if (run === undefined || run.state.running !== undefined) return [];
  return run.kernel.variables().catch(() => []);
}

async function askExpression({ notebook }: NotebookRun): Promise<string | undefined> {
  const name = notebook.uri.path.split('/').at(-1) ?? 'the notebook';
  const text = await vscode.window.showInputBox({ title: TITLE, prompt: `An expression, evaluated in the kernel of ${name}`, placeHolder: 'masks.banded(8, 8, { width: 3 })', ignoreFocusOut: true });
  return text?.trim() === '' ? undefined : text?.trim();
}

async function ofChosenFile(context: CommandContext): Promise<MaskPicture | undefined> {
  const file = await chooseMaskFile(TITLE);
  return file === undefined ? undefined : ofFile(context, file);
}

function ofFile({ extension }: CommandContext, uri: vscode.Uri): Promise<MaskPicture> {
  const { fs } = vscode.workspace;
  const file = { name: vscode.workspace.asRelativePath(uri), size: async () => (await fs.stat(uri)).size, read: async () => fs.readFile(uri) };
  return filePicture(file, vscode.Uri.joinPath(extension.extensionUri, 'dist', 'mask-file-worker.js').fsPath);
}
