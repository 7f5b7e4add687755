/** What stands below the cells: texts, and the pixels of the canvases. All outputs of a notebook share one webview. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { STEP_TIMEOUT_MS } from './workbench.js';

export interface CanvasPixels {
  /** The name that a screen reader says. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Pixels of another colour than the most frequent one. */
  readonly drawn: number;
  /** Different colours, counted up to 1000. */
  readonly colours: number;
  /** A sum over all pixels: the same for the same picture. */
  readonly fingerprint: number;
}

/** The innermost frame of the webview that is on screen, for outputs or a panel. */
const webview = (page: Page, scope: string): FrameLocator => page.frameLocator(`${scope} >> nth=0`).frameLocator('iframe#active-frame');

/** Counts on the pixels that the browser holds, in the page that drew them. */
async function readCanvases(frame: FrameLocator): Promise<CanvasPixels[]> {
  return frame.locator('canvas').evaluateAll((canvases) =>
    canvases.flatMap((canvas) => {
      // A layer over another one, for its cursor, does not count: most of the time there is nothing on it.
      const area = (other: HTMLCanvasElement): number => (getComputedStyle(other).pointerEvents === 'none' || other.getClientRects().length === 0 ? 0 : other.width * other.height);
      if (!(canvas instanceof HTMLCanvasElement) || area(canvas) === 0) return [];
      // One canvas stands for its figure: the largest. Histograms and minimaps are beside it.
      const figure = canvas.closest('[role=figure]');
      if (figure !== null && [...figure.querySelectorAll('canvas')].some((other) => area(other) > area(canvas))) return [];
      const context = canvas.getContext('2d');
      if (context === null) return [];
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      const counts = new Map<number, number>();
      for (const pixel of pixels) if (counts.size < 1000 || counts.has(pixel)) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      const labelled = (figure?.hasAttribute('aria-label') ? figure : canvas.closest('[aria-label]')) ?? canvas;
      return {
        label: labelled.getAttribute('aria-label') ?? '',
        width: canvas.width,
        height: canvas.height,
        drawn: pixels.length - Math.max(...counts.values()),
        colours: counts.size,
        fingerprint: pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 0),
      };
    }),
  );
}

export class Outputs {
  constructor(readonly page: Page) {}

  get frame(): FrameLocator {
    return webview(this.page, 'iframe.webview.ready:visible');
  }

  canvases(): Promise<CanvasPixels[]> {
    return readCanvases(this.frame);
  }

  /** Texts of all outputs on screen. */
  async text(): Promise<string> {
    return (await this.frame.locator('.output_container .output').allInnerTexts()).join('\n');
  }

  async waitForText(text: string | RegExp, timeoutMs = STEP_TIMEOUT_MS): Promise<string> {
    const output = this.frame.locator('.output_container .output').filter({ hasText: text }).first();
    await output.waitFor({ timeout: timeoutMs });
    return output.innerText();
  }
}

/** The page of a panel or a custom editor. */
export const panelFrame = (page: Page): FrameLocator => webview(page, '.webview-overlay-content iframe.webview.ready:visible');

/** The canvases of the webview of a panel or a custom editor, once there are `count`. */
export async function panelCanvases(page: Page, count: number): Promise<CanvasPixels[]> {
  const frame = panelFrame(page);
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  for (;;) {
    const canvases = await readCanvases(frame).catch(() => []);
    // A swatch of a legend may be of one colour.
    const drawn = canvases.filter((canvas) => canvas.drawn > 0);
    if (drawn.length >= count) return drawn;
    if (Date.now() > deadline) {
      const said = await page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
      throw new Error(`the panel shows ${canvases.length} drawn canvases after ${STEP_TIMEOUT_MS / 1000} s, expected ${count}; notifications: ${said.join(' | ')}`);
    }
    await sleep(100);
  }
}
