import os from 'node:os';
import * as vscode from 'vscode';
import { KernelProcess, type NodeCommand } from '../../kernel/client/kernel-process.js';
import { nameOf } from '../places/uri.js';
import { chooseNode, nodeCandidates } from './choose-node.js';
import { kernelFolder } from './kernel-folder.js';
import { memoryArguments } from './memory-limit.js';
import type { LaunchedKernel } from './notebook-kernel.js';
import { probeNode } from './probe-node.js';

/** Starts kernel processes with the Node that setting and PATH lead to. */
export class KernelLauncher implements vscode.Disposable {
  readonly #kernelFile: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #listener: vscode.Disposable;
  /** Asking an executable for its version takes as long as starting it: the answer holds until a setting changes. */
  #node: Promise<NodeCommand> | undefined;

  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#kernelFile = vscode.Uri.joinPath(extension, 'dist', 'kernel', 'main.js').fsPath;
    this.#log = log;
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchbay.nodePath')) this.#node = undefined;
    });
  }

  async launch(notebook: vscode.NotebookDocument): Promise<LaunchedKernel> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const cwd = kernelFolder(notebook.uri, folders, os.homedir());
    this.#node ??= this.#choose();
    const choice = this.#node;
    const node = await choice.catch((error: unknown) => {
      this.#node = undefined; // the next run asks again: a Node may have been installed
      throw error;
    });
    const name = nameOf(notebook.uri);
    this.#log.info(`${name}: starting a kernel with ${node.label} (${node.path}) in ${cwd}`);
    const env = notebook.uri.scheme === 'file' || notebook.uri.scheme === 'vscode-remote' ? { PATCHBAY_NOTEBOOK: notebook.uri.fsPath } : {};
    const limit = vscode.workspace.getConfiguration('patchbay', notebook.uri).get('memoryLimit');
    const limited = { ...node, args: [...node.args, ...memoryArguments(limit)] };
    const process = KernelProcess.start({ node: limited, kernelFile: this.#kernelFile, cwd, env, onLog: (line) => this.#log.info(`${name}: ${line}`) });
    process.ready.then(
      () => this.#log.info(`${name}: the kernel is ready (process ${process.pid})`),
      () => (this.#node = undefined),
    );
    return { process, nodeLabel: node.label };
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #choose(): Promise<NodeCommand> {
    const setting = vscode.workspace.getConfiguration('patchbay').get<string>('nodePath', '');
    return chooseNode(nodeCandidates(setting, process.execPath, os.homedir()), probeNode, (line) => this.#log.info(line));
  }
}
