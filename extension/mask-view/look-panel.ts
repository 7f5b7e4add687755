import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { KernelDiedError } from '../../kernel/client/errors.js';
import type { LookReply } from '../../kernel/model/look/look.js';
import { readPanelRequest } from '../../kernel/model/look/panel-page.js';
import { PatchbayError, reasonOf } from '../errors/catalogue.js';
import { titleOf, type LookSource } from './look-source.js';
import { panelHtml } from './panel-html.js';
import { INITIAL, pageOf, stepPanel, type PanelEvent, type PanelState } from './panel-state.js';

export interface LookPanelEdges {
  readonly source: LookSource;
  /** Folder of the page's script. */
  readonly scripts: vscode.Uri;
  ask(layer: string | undefined): Promise<LookReply>;
  save(state: PanelState): void;
  onDispose(): void;
}

/** A kernel that has not answered by then runs a cell. */
const BUSY_MS = 400;

/** One panel beside the editor: what it is a picture of, kept up to date. */
export class LookPanel {
  readonly #edges: LookPanelEdges;
  readonly #panel: vscode.WebviewPanel;
  #state = INITIAL;
  #question = 0;
  #isClosed = false;

  constructor(edges: LookPanelEdges) {
    this.#edges = edges;
    const { source, scripts } = edges;
    const title = titleOf(source);
    const panel = vscode.window.createWebviewPanel('patchbay.mask', `Mask: ${title}`, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [scripts], retainContextWhenHidden: true });
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#isClosed = true;
      edges.onDispose();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#take(message));
    panel.webview.html = panelHtml({
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'panel.js')).toString(),
      source: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: `Mask: ${title}`,
    });
  }

  get source(): LookSource {
    return this.#edges.source;
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** @param first the answer to a question that was asked before there was a panel */
  raise(event: PanelEvent, first?: Promise<LookReply>): void {
    const { state, effects } = stepPanel(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      if (effect === 'show') this.#show();
      else void this.#ask(first ?? this.#edges.ask(state.layer));
    }
  }

  async #ask(answer: Promise<LookReply>): Promise<void> {
    const question = ++this.#question;
    const isOpen = (): boolean => question === this.#question;
    const timer = this.source.kind === 'value' ? setTimeout(() => isOpen() && this.raise({ type: 'busy' }), BUSY_MS) : undefined;
    const event = await answer.then(
      (reply): PanelEvent => ({ type: 'reply', reply }),
      (error: unknown): PanelEvent => ({ type: hasEnded(error) ? 'ended' : 'failed', problem: reasonOf(error) }),
    );
    clearTimeout(timer);
    if (isOpen()) this.raise(event);
  }

  #take(message: unknown): void {
    const request = readPanelRequest(message);
    if (request?.type === 'ready') this.#show();
    else if (request?.type === 'save') this.#edges.save(this.#state);
    else if (request !== undefined) this.raise(request);
  }

  #show(): void {
    if (!this.#isClosed) void this.#panel.webview.postMessage(pageOf(this.#state, this.source));
  }
}

export const hasEnded = (error: unknown): boolean => error instanceof KernelDiedError || (error instanceof PatchbayError && error.code === 'noKernel');
