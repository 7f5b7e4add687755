import * as vscode from 'vscode';
import { reasonOf } from './catalogue.js';

const SHOW_LOG = 'Show Log';

/** Where errors go: the log has all of it, the message has its first line and the way to the log. */
export class ErrorDisplay {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  show(error: unknown): void {
    const reason = reasonOf(error);
    this.#log.error(error instanceof Error && error.name !== 'PatchbayError' ? (error.stack ?? reason) : reason);
    const firstLine = reason.split('\n')[0] ?? reason;
    vscode.window.showErrorMessage(firstLine, SHOW_LOG).then(
      (choice) => {
        if (choice === SHOW_LOG) this.#log.show();
      },
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
