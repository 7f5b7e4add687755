import * as vscode from 'vscode';
import type { LookReply } from '../../kernel/model/look/look.js';
import { patchbayError } from '../errors/catalogue.js';
import type { ErrorDisplay } from '../errors/show.js';
import type { PatchbayController } from '../notebook/controller.js';
import { FollowedFile } from './follow-file.js';
import { FollowedValue } from './follow-value.js';
import { LookPanel } from './look-panel.js';
import { keyOf, titleOf, type LookSource } from './look-source.js';
import type { PanelEvent } from './panel-state.js';
import { savePanel } from './save-panel.js';

/** A panel opens without an answer after this, when a cell runs. */
const BUSY_MS = 400;

/** Panels beside the editor, one per file or value: asking again for the same one brings it up to date. */
export class MaskPanels implements vscode.Disposable {
  readonly #dist: vscode.Uri;
  readonly #controller: PatchbayController;
  readonly #errors: ErrorDisplay;
  readonly #open = new Map<string, LookPanel>();

  constructor(extension: vscode.Uri, controller: PatchbayController, errors: ErrorDisplay) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
    this.#controller = controller;
    this.#errors = errors;
  }

  /**
   * Shows a value or a file in its panel. What is no mask opens none.
   *
   * @throws PatchbayError `noMask` with what it is instead, or why it cannot be looked at
   */
  async show(source: LookSource): Promise<void> {
    const known = this.#open.get(keyOf(source));
    if (known !== undefined) {
      known.reveal();
      return known.raise({ type: 'refresh' });
    }
    let panel: LookPanel | undefined;
    const tell = (event: PanelEvent): void => panel?.raise(event);
    const followed = source.kind === 'file' ? new FollowedFile(vscode.Uri.parse(source.uri), source.name, this.#dist.fsPath, tell) : new FollowedValue(source, this.#controller, tell);
    try {
      const first = followed.ask(undefined);
      const reply = await early(first, followed instanceof FollowedValue && followed.isBusy, titleOf(source));
      if (reply !== undefined && reply.status !== 'drawn') throw patchbayError('noMask', reply.problem);
      // Asked for twice in a row.
      if (this.#open.has(keyOf(source))) return followed.dispose();
      panel = this.#panel(source, followed);
      panel.raise({ type: 'refresh' }, first);
    } catch (error) {
      followed.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  #panel(source: LookSource, followed: FollowedFile | FollowedValue): LookPanel {
    const key = keyOf(source);
    const panel = new LookPanel({
      source,
      scripts: vscode.Uri.joinPath(this.#dist, 'renderers'),
      ask: (layer) => followed.ask(layer),
      save: (state) => void this.#errors.guard(() => savePanel(source, state))(),
      onDispose: () => {
        followed.dispose();
        this.#open.delete(key);
      },
    });
    this.#open.set(key, panel);
    return panel;
  }
}

/** The answer, or undefined when a cell holds it up. */
async function early(answer: Promise<LookReply>, isBusy: boolean, title: string): Promise<LookReply | undefined> {
  const shown = vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Looking at ${title}` }, () => answer);
  if (!isBusy) return shown;
  answer.catch(() => undefined); // the panel tells
  Promise.resolve(shown).catch(() => undefined);
  return Promise.race([answer, new Promise<undefined>((resolve) => setTimeout(resolve, BUSY_MS, undefined))]);
}
