/** The workbench around the notebook: palette, theme, notifications. */
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { machineSettings, type Home } from './server.js';

/** An open palette does not list what is registered later: then it is opened again. */
const LISTED_WITHIN_MS = 2000;

/** How long VS Code gets for one step on two busy cores. */
export const STEP_TIMEOUT_MS = 45_000;

export const THEMES = ['light', 'dark', 'high contrast', 'high contrast light'] as const;
export type Theme = (typeof THEMES)[number];

/** An unknown theme's name is ignored by VS Code in silence, so these are looked for in the page after a switch. */
const NAMES: Record<Theme, { readonly name: string; readonly class: string }> = {
  light: { name: 'Light Modern', class: 'vs' },
  dark: { name: 'Dark Modern', class: 'vs-dark' },
  'high contrast': { name: 'Default High Contrast', class: 'hc-black' },
  'high contrast light': { name: 'Default High Contrast Light', class: 'hc-light' },
};

export const themeName = (theme: Theme): string => NAMES[theme].name;

export class Workbench {
  constructor(
    readonly page: Page,
    readonly home: Home,
  ) {}

  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.titlebar .command-center-center').waitFor({ timeout: 2 * STEP_TIMEOUT_MS });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  quickRows(): Locator {
    return this.quickInput.locator('.monaco-list-row');
  }

  /** Runs a command by its title in the palette, which lists an extension's commands only once VS Code has read its manifest. */
  async command(title: string): Promise<void> {
    const deadline = Date.now() + STEP_TIMEOUT_MS;
    for (;;) {
      await this.page.locator('.part.titlebar .command-center-center').click();
      await this.type(`>${title}`);
      const row = this.quickRows().filter({ hasText: title }).first();
      const listed = await row.waitFor({ timeout: LISTED_WITHIN_MS }).then(
        () => true,
        () => false,
      );
      if (listed) return row.click({ timeout: STEP_TIMEOUT_MS });
      if (Date.now() > deadline) throw new Error(`the palette has no command ${title}`);
      await this.page.keyboard.press('Escape');
      await this.quickInput.waitFor({ state: 'hidden', timeout: STEP_TIMEOUT_MS });
    }
  }

  /** Fills the box of a quick pick or an input box. */
  async type(text: string): Promise<void> {
    const box = this.quickInput.locator('.quick-input-box input');
    await box.waitFor({ timeout: STEP_TIMEOUT_MS });
    await box.fill(text);
  }

  /** Takes the row of an open quick pick that holds the text. */
  async choose(text: string | RegExp): Promise<void> {
    await this.quickRows().filter({ hasText: text }).first().click({ timeout: STEP_TIMEOUT_MS });
  }

  /** Accepts an open input box. */
  async accept(): Promise<void> {
    await this.quickInput.locator('.quick-input-box input').press('Enter');
  }

  /** Texts of the notifications on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  async waitForNotification(text: string | RegExp): Promise<string> {
    const item = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await item.waitFor({ timeout: STEP_TIMEOUT_MS });
    return item.innerText();
  }

  async switchTheme(theme: Theme): Promise<void> {
    const settings = { 'workbench.colorTheme': themeName(theme), 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false };
    await fs.writeFile(machineSettings(this.home), JSON.stringify(settings));
    await this.page.locator(`.monaco-workbench.${NAMES[theme].class}`).waitFor({ timeout: STEP_TIMEOUT_MS });
    await sleep(500); // webviews get the new colours after the workbench
  }

  /** The title of the active editor's tab. */
  activeTab(): Locator {
    return this.page.locator('.editor-group-container.active .tab.active');
  }
}
