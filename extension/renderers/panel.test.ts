// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme } from '../../test/support/canvas.js';
import { maskOf } from '../../test/support/masks.js';
import { encodeKernelView, kernelView } from '../../kernel/model/views/kernel-view.js';
import { encodeMaskView, maskView } from '../../kernel/model/views/mask-view.js';
import { KERNEL_MIME, LOSS_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';

const posted: unknown[] = [];
beforeEach(async () => {
  document.body.replaceChildren();
  setTheme('vscode-light');
  recordCanvases();
  posted.length = 0;
  vi.stubGlobal('acquireVsCodeApi', () => ({ postMessage: (message: unknown) => posted.push(message) }));
  vi.resetModules();
  await import('./panel.js');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const receive = (data: unknown): void => void window.dispatchEvent(new MessageEvent('message', { data }));
const views = (): (string | undefined)[] => [...document.querySelectorAll<HTMLElement>('[data-patchbay-view]')].map(({ dataset }) => `${dataset.patchbayView} ${dataset.drawn}`);

it('asks once it listens, and draws what it is given, in place', () => {
  expect(posted).toEqual([{ type: 'ready' }]);
  const mask = maskOf('X.', '.X');
  receive({ type: 'view', mime: MASK_MIME, payload: encodeMaskView(maskView(mask)) });
  const first = document.querySelector('canvas');
  receive({ type: 'view', mime: MASK_MIME, payload: encodeMaskView(maskView(maskOf('XX'))) });
  expect(document.querySelector('canvas')).toBe(first);
  expect(views()).toEqual(['mask true']);
  receive({ type: 'view', mime: KERNEL_MIME, payload: encodeKernelView(kernelView(mask, Float32Array.of(1, 2))) });
  expect(views()).toEqual(['kernel true']);
});

it('says what it cannot draw, and draws again after that', () => {
  receive({ type: 'view', mime: MASK_MIME, payload: { version: 5 } });
  expect(document.body.textContent).toMatch(/its version is 5/);
  receive({ type: 'view', mime: LOSS_MIME, payload: {} });
  expect(document.body.textContent).toBe(`This panel draws masks and kernels, not ${LOSS_MIME}.`);
  receive({ type: 'view', mime: MASK_MIME, payload: encodeMaskView(maskView(maskOf('X'))) });
  expect(views()).toEqual(['mask true']);
});

it.each([null, 'view', { type: 'other' }, { type: 'view' }, { type: 'view', mime: 5, payload: {} }])('ignores %j', (message) => {
  receive(message);
  expect(document.body.textContent).toBe('');
});
