import * as vscode from 'vscode';
import type { PatchbayController } from '../notebook/controller.js';
import { kernelStatus } from './kernel-status.js';

/** Shows the kernel of the notebook in front, while ours is the kernel chosen for it. */
export function createStatusItem(controller: PatchbayController): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('patchbay.kernel', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Patchbay Kernel';
  item.command = 'patchbay.showLog';
  const update = (): void => {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    const isOurs = notebook !== undefined && controller.isSelectedFor(notebook);
    // For key bindings and the palette: VS Code's own key `notebookKernel` is unset until a cell was run.
    void vscode.commands.executeCommand('setContext', 'patchbay.isKernelOfActiveNotebook', isOurs);
    if (!isOurs) return item.hide();
    const run = controller.run(notebook);
    const { text, tooltip, isError } = kernelStatus(run?.state, run?.nodeLabel, vscode.workspace.isTrusted);
    item.text = text;
    item.tooltip = `${tooltip} Click for the log.`;
    item.accessibilityInformation = { label: tooltip };
    item.backgroundColor = isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  update();
  return vscode.Disposable.from(item, controller.onDidChange(update), vscode.workspace.onDidGrantWorkspaceTrust(update), vscode.window.onDidChangeActiveNotebookEditor(update));
}
