/** *Patchbay: Visualize Mask* from the palette: a variable, a file, an expression. */
import { expect } from 'vitest';
import { notebookOf } from './harness/notebook-file.js';
import { panelCanvases } from './harness/outputs.js';
import { vscodeTest } from './harness/session.js';
import { expectDrawn } from './harness/views.js';

const MASK_CELL = "import { Mask } from 'patchbay';\nconst wiring = Mask.from([[1, 0], [0, 1], [1, 1]]);";
const CSV = '1,0,1\n0,1,1\n';

vscodeTest('Visualize Mask draws a variable of the running kernel', { workspace: { 'a.ipynb': notebookOf(MASK_CELL) }, open: 'a.ipynb' }, async ({ notebook, workbench, page }) => {
  await notebook.runAll();
  await workbench.command('Patchbay: Visualize Mask');
  await workbench.choose('wiring');
  const [canvas] = await panelCanvases(page, 1);
  expect(canvas?.label).toMatch(/3×2|3 inputs/);
  if (canvas !== undefined) expectDrawn(canvas);
});

vscodeTest('Visualize Mask draws a file', { workspace: { 'a.ipynb': notebookOf('1'), 'wiring.csv': CSV }, open: 'a.ipynb' }, async ({ workbench, page }) => {
  await workbench.command('Patchbay: Visualize Mask');
  await workbench.choose(/file/i);
  await workbench.choose('wiring.csv');
  const [canvas] = await panelCanvases(page, 1);
  expect(canvas?.label).toMatch(/2×3|2 inputs/);
  if (canvas !== undefined) expectDrawn(canvas);
});

vscodeTest('Visualize Mask draws an expression', { workspace: { 'a.ipynb': notebookOf("import { masks } from 'patchbay';") }, open: 'a.ipynb' }, async ({ notebook, workbench, page }) => {
  await notebook.runAll();
  await workbench.command('Patchbay: Visualize Mask');
  await workbench.choose(/expression/i);
  await workbench.type('masks.banded(6, 6, { width: 3 })');
  await workbench.accept();
  const [canvas] = await panelCanvases(page, 1);
  expect(canvas?.label).toMatch(/6×6|6 inputs/);
  if (canvas !== undefined) expectDrawn(canvas);
});
