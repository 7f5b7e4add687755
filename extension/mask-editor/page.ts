import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from '../mask-view/panel-html.js';
import { nameOf } from '../places/uri.js';
import type { Delta } from './document/delta.js';
import type { Operation } from './document/operations.js';
import type { MaskDocument } from './mask-document.js';
import { Channel } from './protocol/channel.js';
import type { Badge, Change, FromPage, ToPage } from './protocol/messages.js';
import { parseFromPage } from './protocol/parse.js';
import { toWire } from './protocol/wire-matrix.js';

export interface PageActions {
  readonly onReady: () => void;
  readonly onEdit: (operation: Operation) => void;
  readonly onCopyCode: () => void;
  readonly onInsertCell: () => void;
  readonly onOpenOtherwise: () => void;
  readonly log: (line: string) => void;
}

/** One webview that shows a document. */
export class MaskPage implements vscode.Disposable {
  readonly #channel: Channel<ToPage, FromPage>;
  readonly #disposables: vscode.Disposable[];

  constructor(
    readonly document: MaskDocument,
    readonly panel: vscode.WebviewPanel,
    folder: vscode.Uri,
    actions: PageActions,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.#channel = new Channel<ToPage, FromPage>({
      post: (message) => void webview.postMessage(message),
      parse: parseFromPage,
      handlers: {
        ready: () => {
          this.#open();
          actions.onReady();
        },
        edit: ({ operation }) => actions.onEdit(operation),
        copyCode: actions.onCopyCode,
        insertCell: actions.onInsertCell,
        openOtherwise: actions.onOpenOtherwise,
      },
      onUnknown: () => actions.log('The page of a mask editor sent what is no message.'),
    });
    this.#disposables = [
      webview.onDidReceiveMessage((message: unknown) => this.#channel.receive(message)),
      document.onDidReopen(() => this.#open()),
      document.onDidChange(({ deltas, why }) => {
        const badge = badgeOf(document);
        if (deltas.length === 0 && why === '') this.#channel.send({ type: 'badge', badge });
        else this.#channel.send({ type: 'change', changes: deltas.map((delta) => changeOf(delta)), badge, why });
      }),
    ];
    webview.html = panelHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'mask-editor.js')).toString(),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: nameOf(document.uri),
    });
  }

  say(text: string): void {
    this.#channel.send({ type: 'say', text });
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #open(): void {
    const { document } = this;
    if (document.problem !== undefined) return this.#channel.send({ type: 'refused', problem: document.problem, isText: !/\.(npy|npz)$/i.test(document.uri.path) });
    const { timeline, counts } = document;
    this.#channel.send({ type: 'open', name: nameOf(document.uri), matrix: toWire(timeline.matrix, counts.connections), badge: badgeOf(document) });
  }
}

const badgeOf = ({ timeline, savedConnections }: MaskDocument): Badge => ({ savedConnections, isDirty: timeline.isDirty });

function changeOf(delta: Delta): Change {
  if (delta.kind !== 'replace') return delta;
  const { inputs, outputs, words } = delta.after;
  return { kind: 'replace', matrix: { form: 'bits', inputs, outputs, words } };
}
