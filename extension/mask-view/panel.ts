import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { isRecord } from '../kernel-client/replies.js';
import type { MaskPicture } from './mask-picture.js';
import { panelHtml } from './panel-html.js';

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  picture: MaskPicture;
}

/** Panels beside the editor, one per file or expression: asking again for the same one brings it up to date. */
export class MaskPanels implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #open = new Map<string, OpenPanel>();

  constructor(extension: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extension, 'dist', 'renderers');
  }

  show(picture: MaskPicture): void {
    const known = this.#open.get(picture.title);
    if (known !== undefined) {
      known.picture = picture;
      known.panel.reveal(undefined, true);
      this.#post(known);
      return;
    }
    const panel = vscode.window.createWebviewPanel('patchbay.mask', `Mask: ${picture.title}`, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [this.#folder] });
    const open: OpenPanel = { panel, picture };
    this.#open.set(picture.title, open);
    panel.onDidDispose(() => this.#open.delete(picture.title));
    // A page that was hidden is loaded anew when it shows again, and asks again.
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isRecord(message) && message['type'] === 'ready') this.#post(open);
    });
    panel.webview.html = panelHtml({
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, 'panel.js')).toString(),
      source: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: picture.title,
    });
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #post({ panel, picture }: OpenPanel): void {
    void panel.webview.postMessage({ type: 'view', mime: picture.mime, payload: picture.payload });
  }
}
