import * as vscode from 'vscode';
import { restartQuestion } from './restart-question.js';

const RESTART = 'Restart Kernel';

/** The cell goes on after an interrupt: only a restart ends it, at the price of all variables. */
export async function offerRestart(notebook: vscode.NotebookDocument, reason: string | undefined, restart: () => void): Promise<void> {
  const name = notebook.uri.path.split('/').at(-1) ?? 'the notebook';
  const choice = await vscode.window.showWarningMessage(restartQuestion(name, reason), RESTART, 'Keep Waiting');
  if (choice === RESTART) restart();
}
