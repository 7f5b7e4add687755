/** Commands of the palette, and what they leave on disk. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { environment } from './harness/environment.js';
import { joined, notebookOf, readNotebook } from './harness/notebook-file.js';
import { NotebookEditor } from './harness/notebook.js';
import { vscodeTest } from './harness/session.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

/** VS Code itself still asks for a cell of the untitled notebook after it has closed it. */
const CLOSED_UNTITLED = /Unable to resolve text model content for resource vscode-notebook-cell:Untitled-1/;

const focusedCell = (page: Page) => page.locator('.notebookOverlay:visible .code-cell-row .monaco-editor.focused').first();

vscodeTest('New Notebook takes text at once, and its first save keeps the kernel and its variables', { workspace: { 'readme.txt': 'nothing here' }, expectedErrors: [CLOSED_UNTITLED] }, async (session) => {
  const { page, workbench } = session;
  await workbench.command('Patchbay: New Notebook');
  await focusedCell(page).waitFor({ timeout: STEP_TIMEOUT_MS });
  await page.keyboard.type('const kept = 6 * 7; kept');
  await page.keyboard.press('Control+Enter');
  const file = path.join(session.workspace, 'Untitled-1.ipynb');
  const notebook = new NotebookEditor(workbench, file);
  await notebook.waitForState(0, 'success');
  const before = await session.kernels();
  expect(before).toHaveLength(1);

  await workbench.command('File: Save');
  await expect.poll(() => workbench.quickInput.locator('.quick-input-box input').inputValue(), { timeout: STEP_TIMEOUT_MS }).toBe(file);
  await workbench.accept();
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: STEP_TIMEOUT_MS });
  const saved = await readNotebook(file);
  expect(saved.metadata['kernelspec']).toEqual({ name: 'patchbay', display_name: 'TypeScript (Patchbay)', language: 'typescript' });
  expect(joined(saved.cells[0]?.outputs?.[0]?.data?.['text/plain'] as string)).toBe('42');

  await notebook.settledToolbar((text) => text.includes('Patchbay'));
  await notebook.cell(0).locator('.cell-editor-part, .cell-editor-container').first().click();
  await focusedCell(page).waitFor({ timeout: STEP_TIMEOUT_MS });
  await page.keyboard.press('Control+A');
  await page.keyboard.type('typeof kept');
  await page.keyboard.press('Control+Enter');
  await notebook.outputs.waitForText("'number'");
  expect(await session.kernels()).toEqual(before);
});

vscodeTest('Open Example copies the examples with their data, and never over what is there', { workspace: { 'patchbay-examples/data/README.md': 'mine' } }, async (session) => {
  await session.workbench.command('Patchbay: Open Example');
  await session.workbench.choose('first-mask.ipynb');
  await session.page.locator('.tab.active').filter({ hasText: 'first-mask.ipynb' }).waitFor({ timeout: STEP_TIMEOUT_MS });
  const folder = path.join(session.workspace, 'patchbay-examples');
  const notebook = new NotebookEditor(session.workbench, path.join(folder, 'first-mask.ipynb'));
  await notebook.settledToolbar((text) => text.includes('TypeScript (Patchbay)'));
  const examples = (await fs.readdir(path.join(environment().root, 'examples'))).sort();
  expect(examples).toContain('optimizer-traps.ipynb');
  expect((await fs.readdir(folder)).sort()).toEqual(examples);
  expect(await fs.readFile(path.join(folder, 'data', 'README.md'), 'utf8')).toBe('mine');
  expect((await fs.stat(path.join(folder, 'data', 'digits.csv'))).size).toBeGreaterThan(100_000);
});

vscodeTest(
  'Visualize Mask of an expression is refused with a sentence when no kernel runs',
  { workspace: { 'a.ipynb': notebookOf('1') }, open: 'a.ipynb', expectedErrors: [/No kernel runs for a notebook/] },
  async ({ workbench }) => {
    await workbench.command('Patchbay: Visualize Mask');
    await workbench.choose('From an Expression');
    expect(await workbench.waitForNotification(/No kernel runs/)).toMatch(/cannot be evaluated\. Run a cell of a notebook/);
  },
);
