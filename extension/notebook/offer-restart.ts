import * as vscode from 'vscode';
import { nameOf } from '../places/uri.js';
import { restartQuestion } from './restart-question.js';

const RESTART = 'Restart Kernel';

/** The cell goes on after an interrupt: only a restart ends it, at the price of all variables. */
export async function offerRestart(notebook: vscode.NotebookDocument, reason: string | undefined, restart: () => void): Promise<void> {
  const choice = await vscode.window.showWarningMessage(restartQuestion(nameOf(notebook.uri), reason), RESTART, 'Keep Waiting');
  if (choice === RESTART) restart();
}
