import * as vscode from 'vscode';
import type { CommandContext } from './context.js';
import { editMask, isCell } from './edit-mask.js';
import { newNotebook } from './new-notebook.js';
import { openExample } from './open-example.js';
import { restartKernel } from './restart-kernel.js';
import { showLog } from './show-log.js';
import { visualizeMask } from './visualize-mask.js';

/** One row per command that package.json contributes. */
const COMMANDS: Readonly<Record<string, (context: CommandContext, argument?: unknown, selected?: unknown) => Promise<void> | void>> = {
  'patchbay.copyMaskCode': ({ maskEditors }) => maskEditors.copyCode(),
  'patchbay.editMask': editMask,
  'patchbay.editOutputMask': ({ maskEditors }, cell) => maskEditors.editOutput(isCell(cell) ? cell : undefined),
  'patchbay.insertMaskCell': ({ maskEditors }) => maskEditors.insertCell(),
  'patchbay.newNotebook': newNotebook,
  'patchbay.openExample': openExample,
  'patchbay.openVariable': ({ variables }, row) => variables.open(row),
  'patchbay.restartKernel': restartKernel,
  'patchbay.showLog': showLog,
  'patchbay.showVariables': async () => void (await vscode.commands.executeCommand('patchbay.variables.focus')),
  'patchbay.visualizeMask': visualizeMask,
};

export function registerCommands(context: CommandContext): vscode.Disposable {
  const rows = Object.entries(COMMANDS);
  return vscode.Disposable.from(...rows.map(([id, run]) => vscode.commands.registerCommand(id, context.errors.guard((argument?: unknown, selected?: unknown) => run(context, argument, selected)))));
}
