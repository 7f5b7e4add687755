/**
 * The page of *Visualize Mask*: a matrix, how it stands to what it is a picture of, and what its wiring does. It asks with
 * `{type:'ready'}`, and shows each PanelPage that the extension posts in place of the one before.
 */
import type { PanelPage, PanelRequest } from '../../kernel/model/look/panel-page.js';
import { PanelElement } from './panel/panel-element.js';

interface VsCodeApi {
  postMessage(message: PanelRequest): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

const api = acquireVsCodeApi();
const panel = new PanelElement(document.body, (request) => api.postMessage(request));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // SAFETY: no other page can post to a webview of the extension, which posts PanelPages under this type.
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'panel') panel.show(data as PanelPage);
});

api.postMessage({ type: 'ready' });
