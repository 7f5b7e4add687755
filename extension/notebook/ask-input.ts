import * as vscode from 'vscode';

/** Asks the user on behalf of a cell. Undefined when the box is closed or the signal comes. */
export async function askInput(prompt: string, password: boolean, signal: AbortSignal): Promise<string | undefined> {
  const cancel = new vscode.CancellationTokenSource();
  const close = (): void => cancel.cancel();
  signal.addEventListener('abort', close, { once: true });
  try {
    return await vscode.window.showInputBox({ title: 'The cell asks for input', prompt, password, ignoreFocusOut: true }, cancel.token);
  } finally {
    signal.removeEventListener('abort', close);
    cancel.dispose();
  }
}
