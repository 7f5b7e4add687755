import * as vscode from 'vscode';
import type { KernelVariable } from '../kernel-client/replies.js';
import { isValueArgument } from '../mask-view/look-source.js';
import { needRun } from '../notebook/need-idle.js';
import type { NotebookRun } from '../notebook/notebook-run.js';
import { nameOf } from '../places/uri.js';
import { chooseMaskFile } from './choose-mask-file.js';
import type { CommandContext } from './context.js';
import { maskSources, type MaskSource } from './mask-sources.js';

const TITLE = 'Patchbay: Visualize Mask';

/**
 * `Patchbay: Visualize Mask`: of files (the explorer hands over the one that was clicked, and all that are selected), of a row of
 * the variables view, of a value that a hover names, else of what the user picks.
 */
export async function visualizeMask(context: CommandContext, argument?: unknown, selected?: unknown): Promise<void> {
  const { panels, variables } = context;
  if (argument instanceof vscode.Uri) return showFiles(context, filesOf(argument, selected));
  if (isValueArgument(argument)) return panels.show({ kind: 'value', notebook: argument.notebook, expression: argument.expression });
  const row = variables.sourceOf(argument);
  return row === undefined ? ofChoice(context) : panels.show(row);
}

/** What is selected, if the click was on it. */
function filesOf(clicked: vscode.Uri, selected: unknown): readonly vscode.Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const files = all.filter((uri): uri is vscode.Uri => uri instanceof vscode.Uri);
  return files.some((uri) => uri.toString() === clicked.toString()) ? files : [clicked];
}

async function showFiles({ panels, errors }: CommandContext, files: readonly vscode.Uri[]): Promise<void> {
  const show = (uri: vscode.Uri): Promise<void> => panels.show({ kind: 'file', uri: uri.toString(), name: vscode.workspace.asRelativePath(uri) });
  for (const uri of files) await errors.guard(() => show(uri))();
}

async function ofChoice(context: CommandContext): Promise<void> {
  const run = context.controller.runWithKernel(vscode.window.activeNotebookEditor?.notebook);
  const choice = await vscode.window.showQuickPick<MaskSource & vscode.QuickPickItem>(variablesOf(run).then(maskSources), { title: TITLE, placeHolder: 'A mask, a masked layer, a model, or what a mask can be made of', matchOnDescription: true });
  if (choice === undefined) return;
  const { source } = choice;
  if (source.kind === 'file') return ofChosenFile(context);
  const what = source.kind === 'expression' ? source.text : 'an expression';
  const { notebook } = needRun(run, what);
  const expression = source.kind === 'expression' ? source.text : await askExpression(notebook);
  if (expression !== undefined) await context.panels.show({ kind: 'value', notebook: notebook.uri.toString(), expression });
}

/** Without a kernel there is nothing to list, and one that a loop keeps busy does not answer: files and expressions are still offered. */
async function variablesOf(run: NotebookRun | undefined): Promise<readonly KernelVariable[]> {
  return run === undefined ? [] : run.kernel.variables(run.state.running === undefined ? undefined : BUSY_MS).catch(() => []);
}

const BUSY_MS = 300;

async function askExpression(notebook: vscode.NotebookDocument): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({ title: TITLE, prompt: `An expression, evaluated in the kernel of ${nameOf(notebook.uri)}`, placeHolder: 'model.layers[0], or masks.banded(8, 8, { width: 3 })', ignoreFocusOut: true });
  return text?.trim() === '' ? undefined : text?.trim();
}

async function ofChosenFile(context: CommandContext): Promise<void> {
  const file = await chooseMaskFile(TITLE);
  if (file !== undefined) await showFiles(context, [file]);
}
