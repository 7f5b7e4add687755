import * as vscode from 'vscode';
import { reasonOf } from './catalogue.js';

export interface ErrorAction {
  readonly label: string;
  readonly command: string;
}

const SHOW_LOG: ErrorAction = { label: 'Show Log', command: 'patchbay.showLog' };

/** Where errors go: the log has all of it, the message has its first line and one way on. */
export class ErrorDisplay {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  show(error: unknown, action: ErrorAction = SHOW_LOG): void {
    const reason = reasonOf(error);
    this.#log.error(error instanceof Error && error.name !== 'PatchbayError' ? (error.stack ?? reason) : reason);
    const firstLine = reason.split('\n')[0] ?? reason;
    vscode.window.showErrorMessage(firstLine, action.label).then(
      (choice) => choice === action.label && vscode.commands.executeCommand(action.command),
      () => undefined,
    );
  }

  /** Runs a command's body; whatever it throws is shown. */
  guard<Arguments extends unknown[]>(body: (...values: Arguments) => Promise<void> | void): (...values: Arguments) => Promise<void> {
    return async (...values) => {
      try {
        await body(...values);
      } catch (error) {
        this.show(error);
      }
    };
  }
}
