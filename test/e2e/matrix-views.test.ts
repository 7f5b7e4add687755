/** Masks and kernels in a real VS Code: nothing that axe finds wrong in any theme, and all of it by keyboard. */
import { expect } from 'vitest';
import { expectNoViolations, frameOf } from './harness/axe.js';
import { notebookOf } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';

const CELLS = `import { Mask, masks, maskedDense, show, tf } from 'patchbay';
const A = masks.random(24, 12, { density: 0.3, seed: 7 });
show.mask(A, { title: 'Wiring' });
const layer = maskedDense({ connections: A, inputShape: [24], name: 'wired' });
tf.sequential({ layers: [layer] });
show.kernel(layer, { gradient: tf.ones([24, 12]) });
const large = masks.random(4000, 4000, { density: 0.02, seed: 3 });
show.mask(large, { title: 'Large' });`;

vscodeTest('masks and kernels: axe in four themes, keyboard alone, detail from the kernel', { workspace: { 'a.ipynb': notebookOf(CELLS) }, open: 'a.ipynb', viewport: { width: 1280, height: 3000 } }, async (session) => {
  await session.notebook.runAll();
  const { page } = session;
  const outputs = session.notebook.outputs.frame;
  await outputs.locator('[data-patchbay-view][data-drawn]').nth(2).waitFor();
  await expectNoViolations(session, '[data-patchbay-view]', (theme) => session.leaveScreenshot(`matrix ${theme}`));
  await session.workbench.switchTheme('light');

  // The kernel tells what lies below the tiles of the large mask.
  const large = outputs.locator('[data-patchbay-view]').nth(2);
  await large.locator('input').fill('17, 1234');
  await large.locator('input').press('Enter');
  await expect.poll(() => large.locator('[role=gridcell]').textContent(), { timeout: 20_000 }).toMatch(/^in 17 → out 1234 · (not )?connected$/);
  await expect.poll(() => large.textContent(), { timeout: 20_000 }).not.toMatch(/Asking the kernel|no kernel holds/);

  // From here on no pointer: focus comes by the grid of the first mask, and every key stays in it.
  const mask = outputs.locator('[data-patchbay-view]').nth(0);
  const grid = mask.locator('[role=grid]');
  await grid.focus();
  const selected = (): Promise<number> => session.notebook.root.locator('.monaco-list-row.focused').count();
  const before = await selected();
  const read = (): Promise<string | null> => mask.locator('[role=gridcell]').textContent();
  await page.keyboard.press('ArrowDown');
  expect(await read()).toMatch(/^in 0 → out 0 · /);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  expect(await read()).toMatch(/^in 1 → out 1 · /);
  await page.keyboard.press('End');
  expect(await read()).toMatch(/^in 1 → out 11 · /);
  await page.keyboard.press('Control+Home');
  expect(await read()).toMatch(/^in 0 → out 0 · /);
  await page.keyboard.press('Control+ArrowRight');
  expect(await read()).toMatch(/ · connected$/);
  await expect.poll(() => mask.locator('[role=status]').textContent()).toMatch(/ · connected$/);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await read()).toBe('no cell is chosen');
  expect(await selected(), 'the notebook has not moved').toBe(before);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await (await frameOf(outputs)).evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  const table = mask.getByRole('button', { name: 'View as table' });
  await table.focus();
  await page.keyboard.press('Enter');
  await mask.locator('table').first().waitFor();
  expect(await mask.locator('table').count()).toBe(3);
});
