import * as vscode from 'vscode';
import { readViewMessage } from '../../../kernel/model/views/view-channel.js';
import type { CommMessage } from '../../../kernel/protocol/comm.js';
import type { PatchbayController } from '../controller.js';
import { ViewComms } from './view-comms.js';

/** Carries messages between the renderers of views and the kernels of their notebooks. */
export class ViewMessages implements vscode.Disposable {
  readonly #comms: ViewComms<vscode.NotebookDocument>;
  readonly #disposables: vscode.Disposable[];

  /** @param renderers ids of `notebookRenderer` contributions that take messages */
  constructor(controller: PatchbayController, log: (line: string) => void, renderers: readonly string[] = RENDERERS) {
    this.#comms = new ViewComms({
      session: (notebook) => controller.run(notebook)?.kernel.session,
      send: (notebook, message) => controller.run(notebook)?.kernel.sendComm(message),
    });
    this.#disposables = [
      controller.onDidChange(() => this.#comms.closeLost()),
      ...renderers.map((id) => {
        const messaging = vscode.notebooks.createRendererMessaging(id);
        return messaging.onDidReceiveMessage(({ editor, message }) => {
          const read = readViewMessage(message);
          if (read === undefined) return log(`a message of ${id} is left alone: it is none of a comm`);
          const post = async (answer: unknown): Promise<boolean> => messaging.postMessage(answer, editor);
          this.#comms.fromView({ notebook: editor.notebook, post }, read);
        });
      }),
    ];
  }

  fromKernel(message: CommMessage): void {
    this.#comms.fromKernel(message);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** Those of package.json with `requiresMessaging: optional`. */
const RENDERERS = ['patchbay-mask', 'patchbay-kernel', 'patchbay-loss', 'patchbay-boundary'];
