/**
 * A matrix in a webview panel of its own. It asks with `{type:'ready'}`, and draws each `{type:'view', mime, payload}` that the
 * extension posts, in place of the one before.
 */
import type { KernelView } from '../../kernel/model/views/kernel-view.js';
import type { MaskView } from '../../kernel/model/views/mask-view.js';
import { KERNEL_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import { kernelDrawer, maskDrawer } from './drawers.js';
import { make } from './dom.js';
import { Slot } from './mount.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

const drawers = new Map([
  [MASK_MIME, maskDrawer],
  [KERNEL_MIME, kernelDrawer],
]);

let shown: { readonly mime: string; readonly slot: Slot<MaskView | KernelView> } | undefined;
const container = make('div');
document.body.append(container);

function show(mime: string, payload: unknown): void {
  const drawer = drawers.get(mime);
  if (shown?.mime !== mime) {
    shown?.slot.dispose();
    shown = undefined;
  }
  if (!drawer) {
    container.replaceChildren(make('div', {}, `This panel draws masks and kernels, not ${mime}.`));
    return;
  }
  shown ??= { mime, slot: new Slot(drawer, container) };
  shown.slot.show(() => payload);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'view') return;
  if ('mime' in data && typeof data.mime === 'string' && 'payload' in data) show(data.mime, data.payload);
});

acquireVsCodeApi().postMessage({ type: 'ready' });
