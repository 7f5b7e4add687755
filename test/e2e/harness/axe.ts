/** Deque's axe on what our renderers put into a page, in all four kinds of theme. */
import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import type { Frame, FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import type { Session } from './session.js';
import { THEMES, type Theme } from './workbench.js';

export interface Violation {
  readonly rule: string;
  readonly help: string;
  /** Elements, as HTML, with what is wrong. */
  readonly where: readonly string[];
}

/** The frame that a locator looks into. */
export async function frameOf(locator: FrameLocator): Promise<Frame> {
  const element = await locator.owner().elementHandle();
  const frame = await element?.contentFrame();
  if (!frame) throw new Error('the webview has no page yet');
  return frame;
}

/**
 * What axe finds wrong inside of the elements of `selector`, every rule of WCAG 2.2 A and AA and axe's best practices for parts of a
 * page. The webview is transparent: for its contrast the body gets the colour that VS Code paints behind it.
 */
export async function axeViolations(frame: Frame, selector: string): Promise<Violation[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate(async (include) => {
    const { body } = document;
    const before = body.style.backgroundColor;
    body.style.backgroundColor = getComputedStyle(body).getPropertyValue('--vscode-editor-background');
    // SAFETY: the line before has put axe into the page.
    const page = globalThis as unknown as { readonly axe: typeof axe };
    // A part of a page needs no heading and no landmark of its own.
    const rules = { region: { enabled: false }, 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } };
    const { violations } = await page.axe.run({ include: [include] }, { rules });
    body.style.backgroundColor = before;
    return violations.map(({ id, help, nodes }) => ({ rule: id, help, where: nodes.map((node) => `${node.html.slice(0, 200)} — ${(node.failureSummary ?? '').replace(/\s+/g, ' ')}`) }));
  }, selector);
}

/** Looks at the outputs that are on screen in each theme. `look` is called in each, after axe: for a screenshot, say. */
export async function expectNoViolations(session: Session, selector = '[data-patchbay-view]', look: (theme: Theme) => Promise<void> = async () => undefined): Promise<void> {
  for (const theme of THEMES) {
    await session.workbench.switchTheme(theme);
    // Views follow a theme within two frames.
    await sleep(300);
    const frame = await frameOf(session.notebook.outputs.frame);
    expect(await frame.locator(selector).count(), `elements that match ${selector}`).toBeGreaterThan(0);
    expect(await axeViolations(frame, selector), `axe in the ${theme} theme`).toEqual([]);
    await look(theme);
  }
}
