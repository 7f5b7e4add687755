/** Networks, degrees and boundaries in the real VS Code: drawn in four themes without a violation, by keyboard, and with the kernel's answer. */
import { expect } from 'vitest';
import { expectNoViolations } from './harness/axe.js';
import { notebookOf } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';

const CELL = `import { Mask, maskedDense, show, tf } from 'patchbay';
const A = Mask.from([[1, 1, 0], [1, 1, 0]]);
const model = tf.sequential({ layers: [
  maskedDense({ name: 'hidden', connections: A, activation: 'sigmoid', inputShape: [2] }),
  tf.layers.dense({ name: 'out', units: 1, activation: 'sigmoid' }),
] });
model.setWeights([tf.tensor2d([[20, 20, 0], [20, 20, 0]]), tf.tensor1d([-10, -30, 0]), tf.tensor2d([[20], [-20], [0]]), tf.tensor1d([-10])]);
show.network(model, { names: { inputs: ['<b>x</b>', 'y'] } });
show.degrees(A);
show.boundary(model, { xs: [[0, 0], [0, 1], [1, 0], [1, 1]], ys: [0, 1, 1, 0] });`;

vscodeTest(
  'networks, degrees and boundaries: four themes, keyboard, one selection, and a connection that the kernel cuts',
  { workspace: { 'units.ipynb': notebookOf(CELL) }, open: 'units.ipynb', viewport: { width: 1280, height: 1700 } },
  async (session) => {
    const { notebook, page } = session;
    await notebook.runAll();
    const { frame } = notebook.outputs;
    const view = (name: string) => frame.locator(`[data-patchbay-view=${name}][data-drawn=true]`);
    for (const name of ['network', 'degrees', 'boundary']) await view(name).waitFor({ timeout: 30_000 });

    const network = view('network');
    await network.focus();
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await expect.poll(() => network.getByRole('status').textContent()).toMatch(/^hidden \d · 2 connections in, 1 out · bias −?[\d]+ · on 2 of 4 paths from inputs to outputs$/);
    // The degrees of the same mask follow.
    const dim = view('degrees').locator('rect[opacity="0.35"]');
    await expect.poll(() => dim.count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => dim.count()).toBe(0);
    expect(await network.locator('b').count()).toBe(0);

    const boundary = view('boundary');
    expect(await boundary.getAttribute('aria-label')).toMatch(/4 of 4 points are on the right side/);
    await boundary.getByLabel('without connection').selectOption({ label: 'out: 1 → 0 (w −20)' });
    await expect.poll(() => boundary.getAttribute('aria-label'), { timeout: 20_000 }).toMatch(/^Decision boundary without the connection out: 1 → 0, .*3 of 4 points are on the right side/);
    await boundary.getByLabel('without connection').selectOption({ label: 'none' });
    await network.getByRole('button', { name: 'View as table' }).click();
    expect(await network.getByRole('row').count()).toBe(8);

    await expectNoViolations(session, '[data-patchbay-view]', (theme) => session.leaveScreenshot(`units ${theme}`));
  },
);
