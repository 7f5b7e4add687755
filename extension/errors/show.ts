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
    this.#offer(vscode.window.showErrorMessage(firstLine(reason), action.label), action);
  }

  /** For what is no failure of ours: a kernel that a cell brought down. */
  warn(reason: string): void {
    this.#log.warn(reason);
    this.#offer(vscode.window.showWarningMessage(firstLine(reason), SHOW_LOG.label), SHOW_LOG);
  }

  #offer(choice: Thenable<string | undefined>, action: ErrorAction): void {
    choice.then(
      (chosen) => chosen === action.label && vscode.commands.executeCommand(action.command),
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

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
