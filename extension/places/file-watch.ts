import * as vscode from 'vscode';
import { nameOf } from './uri.js';

/** Tells of changes of a file once it has come to rest: programs write in pieces, and several times in a row. */
export class FileWatch implements vscode.Disposable {
  readonly #restMs: number;
  readonly #tell: () => void;
  readonly #watcher: vscode.FileSystemWatcher;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param tell hears that the file was changed, made or deleted
   * @param glob files of the folder that count; without it, the file alone
   */
  constructor(uri: vscode.Uri, restMs: number, tell: () => void, glob = literal(nameOf(uri))) {
    this.#restMs = restMs;
    this.#tell = tell;
    this.#watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), glob));
    for (const onChange of [this.#watcher.onDidChange, this.#watcher.onDidCreate, this.#watcher.onDidDelete]) onChange(() => this.changed());
  }

  /** As if it had changed now. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#tell, this.#restMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher.dispose();
  }
}

/** A glob knows no escape for its own characters, so each stands for any one. */
const literal = (name: string): string => name.replace(/[*?{}[\]]/g, '?');
