/** The Problems view. */
import type { Page } from 'playwright-core';
import { STEP_TIMEOUT_MS, type Workbench } from './workbench.js';

const PANEL = '.markers-panel-container';

export async function showProblems(workbench: Workbench): Promise<void> {
  await workbench.command('Problems: Focus on Problems View');
  await workbench.page.locator(PANEL).waitFor({ timeout: STEP_TIMEOUT_MS });
}

/** Its rows but those of files, each as `message source(code) [place]`. */
export async function problemRows(page: Page): Promise<string[]> {
  const rows = await page.locator(`${PANEL} .monaco-list-row[aria-level="2"]`).evaluateAll((elements) =>
    elements.map((row) => ['.marker-message', '.marker-source', '.marker-code', '.marker-line'].map((part) => row.querySelector(part)?.textContent?.trim() ?? '')),
  );
  return rows.map(([message, source, code, place]) => `${message} ${source}(${code?.replace(/[()]/g, '')}) ${place}`);
}
