/** The panel of *Visualize Mask* in front, and the places that open it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import { expect } from 'vitest';
import { panelCanvases, panelFrame } from './outputs.js';
import type { Session } from './session.js';
import { expectDrawn } from './views.js';
import { STEP_TIMEOUT_MS } from './workbench.js';

export class MaskPanel {
  constructor(readonly session: Session) {}

  get frame(): FrameLocator {
    return panelFrame(this.session.page);
  }

  /** The panel of this title is in front, has drawn, and says this of its matrix. */
  async waitFor(title: string, ...texts: readonly (string | RegExp)[]): Promise<void> {
    await this.session.page.locator('.tab.active', { hasText: `Mask: ${title}` }).waitFor({ timeout: STEP_TIMEOUT_MS });
    await expect.poll(() => this.frame.locator('h1').innerText({ timeout: 1_000 }).catch(() => ''), { timeout: STEP_TIMEOUT_MS }).toBe(title);
    for (const text of texts) await this.waitForText(text);
    const [canvas] = await panelCanvases(this.session.page, 1);
    if (canvas !== undefined) expectDrawn(canvas);
  }

  async waitForText(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(), { timeout: STEP_TIMEOUT_MS }).toMatch(text);
  }

  text(): Promise<string> {
    return this.frame.locator('main').innerText({ timeout: 1_000 }).catch(() => '');
  }

  /** Closes the panel in front: the next place opens another. */
  async close(title: string): Promise<void> {
    const tab = this.session.page.locator('.tab', { hasText: `Mask: ${title}` }).first();
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'detached', timeout: STEP_TIMEOUT_MS });
  }

  /** Runs the first cell. The first key that VS Code gets may be lost while it still starts. */
  async runFirstCell(): Promise<void> {
    const { notebook } = this.session;
    for (let attempt = 0; ; attempt++) {
      await notebook.startCell(0);
      for (const until = Date.now() + 5_000; Date.now() < until; await sleep(50)) {
        if ((await notebook.states()).get(0) !== 'idle') return notebook.waitForState(0, 'success', 120_000);
      }
      if (attempt === 3) throw new Error('the first cell did not begin to run');
    }
  }

  /** The row of a variable in the variables view, which is open. */
  variable(name: string): Locator {
    const { page } = this.session;
    const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Notebook Variables' }) });
    return pane.locator('.monaco-list-row').filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) });
  }

  /** A file in the explorer, which is open. */
  explorerFile(name: string): Locator {
    return this.session.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: this.session.page.locator('.label-name', { hasText: new RegExp(`^${name.replaceAll('.', '\\.')}$`) }) });
  }

  /** Opens a row's menu and takes *Visualize Mask* there. */
  async fromMenu(row: Locator): Promise<void> {
    const item = this.session.page.locator('.monaco-menu .action-item').filter({ hasText: 'Visualize Mask' }).first();
    for (let attempt = 0; ; attempt++) {
      await row.click({ button: 'right', timeout: STEP_TIMEOUT_MS });
      const isThere = await item.waitFor({ timeout: 3_000 }).then(() => true, () => false);
      if (isThere) break;
      if (attempt === 3) throw new Error(`the menu has no Visualize Mask: ${(await this.session.page.locator('.monaco-menu .action-item').allInnerTexts()).join(' | ')}`);
      await this.session.page.keyboard.press('Escape');
      await sleep(300);
    }
    await sleep(200); // a menu takes no click in the moment it opens
    await item.click();
  }
}
