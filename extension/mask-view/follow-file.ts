import * as vscode from 'vscode';
import type { LookReply } from '../../kernel/model/look/look.js';
import { FileWatch } from '../places/file-watch.js';
import { fileLook } from './file-look.js';
import type { PanelEvent } from './panel-state.js';

/** A file that is written anew changes several times in a row. */
const REST_MS = 200;

/** A file on disk, over its changes. */
export class FollowedFile implements vscode.Disposable {
  readonly #uri: vscode.Uri;
  readonly #name: string;
  readonly #dist: string;
  readonly #watch: FileWatch;

  /** @param tell hears of each change */
  constructor(uri: vscode.Uri, name: string, dist: string, tell: (event: PanelEvent) => void) {
    this.#uri = uri;
    this.#name = name;
    this.#dist = dist;
    // The weights of a model lie beside its .json.
    this.#watch = new FileWatch(uri, REST_MS, () => tell({ type: 'refresh' }), /\.json$/i.test(uri.path) ? '*.{json,bin}' : undefined);
  }

  /** @throws what `fileLook` throws */
  async ask(layer: string | undefined): Promise<LookReply> {
    const { fs } = vscode.workspace;
    const isThere = await fs.stat(this.#uri).then(
      () => true,
      () => false,
    );
    if (!isThere) return { status: 'gone', problem: `There is no file ${this.#name}: it was moved or deleted.` };
    const file = { name: this.#name, path: this.#uri.scheme === 'file' ? this.#uri.fsPath : undefined, size: async () => (await fs.stat(this.#uri)).size, read: async () => fs.readFile(this.#uri) };
    return fileLook(file, layer, this.#dist);
  }

  dispose(): void {
    this.#watch.dispose();
  }
}
