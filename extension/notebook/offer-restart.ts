import * as vscode from 'vscode';

const RESTART = 'Restart Kernel';

/** The cell has not ended some time after an interrupt: only a restart ends it, at the price of all variables. */
export async function offerRestart(notebook: vscode.NotebookDocument, restart: () => void): Promise<void> {
  const name = notebook.uri.path.split('/').at(-1) ?? 'the notebook';
  const choice = await vscode.window.showWarningMessage(`The cell of ${name} has not stopped. Restart the kernel? Its variables will be lost.`, RESTART, 'Keep Waiting');
  if (choice === RESTART) restart();
}
