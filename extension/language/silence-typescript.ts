/** Tells VS Code's own TypeScript which notebooks are ours: see ../typescript-plugin. */
import * as vscode from 'vscode';
import type { PatchbayController } from '../notebook/controller.js';
import { PLUGIN_NAME, type PluginConfiguration } from '../typescript-plugin/silenced.js';

/** https://github.com/microsoft/vscode/blob/main/extensions/typescript-language-features/src/api.ts */
interface TypeScriptApi {
  configurePlugin(name: string, configuration: PluginConfiguration): void;
}

export class TypeScriptSilencer implements vscode.Disposable {
  readonly #controller: PatchbayController;
  readonly #log: (line: string) => void;
  readonly #listener: vscode.Disposable;
  #told = '';

  constructor(controller: PatchbayController, log: (line: string) => void) {
    this.#controller = controller;
    this.#log = log;
    const update = (): void => void this.#update().catch((error: unknown) => log(`VS Code's TypeScript could not be told which notebooks are ours: ${String(error)}`));
    this.#listener = vscode.Disposable.from(controller.onDidChange(update), vscode.workspace.onDidOpenNotebookDocument(update), vscode.workspace.onDidGrantWorkspaceTrust(update));
    update();
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** Where our service cannot answer, because the folder is not trusted or the kernel does not start, VS Code's goes on. */
  async #update(): Promise<void> {
    const isOurs = (notebook: vscode.NotebookDocument): boolean => this.#controller.isSelectedFor(notebook) && this.#controller.run(notebook)?.state.kernel !== 'dead';
    const notebooks = vscode.workspace.isTrusted ? vscode.workspace.notebookDocuments.filter(isOurs).map(({ uri }) => uri.path).sort() : [];
    const text = JSON.stringify(notebooks);
    if (text === this.#told || (this.#told === '' && notebooks.length === 0)) return;
    this.#told = text;
    const extension = vscode.extensions.getExtension('vscode.typescript-language-features');
    const api = apiOf(await extension?.activate());
    if (api === undefined) this.#log("VS Code's own TypeScript takes no plugin: what it says of cells is shown beside what Patchbay says");
    else if (text === this.#told) api.configurePlugin(PLUGIN_NAME, { notebooks });
  }
}

function apiOf(exported: unknown): TypeScriptApi | undefined {
  const getAPI: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'getAPI') : undefined;
  const api: unknown = typeof getAPI === 'function' ? Reflect.apply(getAPI, exported, [0]) : undefined;
  if (typeof api !== 'object' || api === null || typeof Reflect.get(api, 'configurePlugin') !== 'function') return undefined;
  // SAFETY: version 0 of the API has this method, which was looked for just now.
  return api as TypeScriptApi;
}
