/** The variables view: what the cells declared, and what a double click on a row opens. */
import { expect } from 'vitest';
import { notebookOf } from './harness/notebook-file.js';
import { panelCanvases } from './harness/outputs.js';
import { vscodeTest } from './harness/session.js';
import { expectDrawn } from './harness/views.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

const CELLS = ["import { Mask, tf } from 'patchbay';\nconst wiring = Mask.from([[1, 0], [0, 1], [1, 1]]);", "let looked = 0;\nconst trap = { get value() { return ++looked; } };\nconst weights = tf.ones([3, 4]);"] as const;

vscodeTest('the variables view lists, follows and opens', { workspace: { 'a.ipynb': notebookOf(...CELLS) }, open: 'a.ipynb' }, async ({ notebook, workbench, page }) => {
  await notebook.runAll();
  await workbench.command('Patchbay: Show Variables');
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Notebook Variables' }) });
  const row = (name: string) => pane.locator('.monaco-list-row').filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) });
  await row('wiring').waitFor({ timeout: STEP_TIMEOUT_MS });
  expect(await row('wiring').innerText()).toMatch(/Mask/);
  expect(await row('weights').innerText()).toMatch(/3.*4/);
  expect(await row('looked').innerText()).toMatch(/number\s+0/);

  await row('trap').dblclick();
  const text = page.locator('.editor-instance .view-lines').filter({ hasText: '[Getter]' });
  await text.waitFor({ timeout: STEP_TIMEOUT_MS });
  expect(await row('looked').innerText()).toMatch(/number\s+0/);

  await row('wiring').click();
  await page.waitForTimeout(500);
  expect(await page.locator('.tab', { hasText: 'Mask: wiring' }).count()).toBe(0);
  await row('wiring').dblclick();
  const [canvas] = await panelCanvases(page, 1);
  expect(canvas?.label).toMatch(/3×2|3 inputs/);
  if (canvas !== undefined) expectDrawn(canvas);
});
