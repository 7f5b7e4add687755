/** A training in the real VS Code: its curve lives in one output, listens, and stops when it is told to. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { axeViolations, expectNoViolations, frameOf } from './harness/axe.js';
import { joined, notebookOf } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';

const MAX_BUSY_MS = 50;
const BUSY_FILE = path.join(os.tmpdir(), `patchbay-busy-${process.pid}.jsonl`);
/** How long the extension host's thread was busy at a stretch, from that moment on; the probe itself writes 0 when it starts. */
async function busySince(moment: number): Promise<number[]> {
  const lines = (await fs.readFile(BUSY_FILE, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { at: number; busy: number });
  expect(lines.some(({ busy }) => busy === 0), 'the probe was loaded into the extension host').toBe(true);
  return lines.filter(({ at }) => at >= moment).map(({ busy }) => busy);
}

const LOSS = 'application/vnd.patchbay.loss+json';
const VIEWPORT = { width: 1280, height: 1500 };

const MODEL = `import { tf, maskedDense, train, show } from 'patchbay';
const x = tf.randomNormal([256, 4], 0, 1, 'float32', 1);
const y = tf.tidy(() => x.sum(1, true));
const model = tf.sequential();
model.add(maskedDense({ connections: [[1, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 1]], inputShape: [4], activation: 'tanh' }));
model.add(maskedDense({ connections: [[1], [1], [1]] }));
model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
show.kernel(model.layers[0]);`;
/** Slow enough to be watched, as a training on real data would be. */
const pause = (ms: number): string => `callbacks: { onEpochEnd: () => new Promise<void>((resolve) => setTimeout(resolve, ${ms})) }`;

vscodeTest(
  '200 epochs are followed in one output that is never replaced, and the saved notebook holds its last state',
  { workspace: { 'train.ipynb': notebookOf(MODEL, `const run = await train(model, x, y, { epochs: 200, batchSize: 64, validationSplit: 0.25, ${pause(40)} });\nrun.epochsRun`) }, open: 'train.ipynb', viewport: VIEWPORT, env: { PATCHBAY_BUSY_FILE: BUSY_FILE }, extensions: ['test/e2e/harness/busy-probe'] },
  async (session) => {
    const { notebook } = session;
    await notebook.startAll();
    const figure = notebook.outputs.frame.locator('[data-patchbay-view=loss]');
    const stop = figure.getByRole('button', { name: 'Stop training after this step' });
    await stop.waitFor({ timeout: 60_000 });
    // The element that counts from now on is the one that is there at the end: nothing was replaced.
    await figure.evaluate((element) => {
      element.dataset.states = '0';
      new MutationObserver(() => (element.dataset.states = String(Number(element.dataset.states) + 1))).observe(element, { attributeFilter: ['aria-label'] });
    });
    const frame = await frameOf(notebook.outputs.frame);
    expect(await axeViolations(frame, '[data-patchbay-view=loss]'), 'axe while it trains').toEqual([]);
    const began = Date.now();
    await stop.waitFor({ state: 'hidden', timeout: 120_000 });
    await notebook.waitUntilIdle(60_000);
    const busy = await busySince(began);
    await fs.rm(BUSY_FILE, { force: true });
    expect(Math.max(0, ...busy), 'ms of processor time that the extension host was busy at a stretch').toBeLessThan(MAX_BUSY_MS);
    expect(Number(await figure.getAttribute('data-states')), 'states that were seen').toBeGreaterThan(10);
    await expect.poll(() => figure.getAttribute('aria-label'), { timeout: 10_000 }).toMatch(/^Training loss fell from .* over 200 epochs; best validation .* no NaN\.$/);

    const { cells } = await notebook.save();
    const [curve, result, ...more] = cells[1]?.outputs ?? [];
    expect(more).toEqual([]);
    expect(joined(result?.data?.['text/plain'] as string)).toBe('200');
    expect(Object.keys(curve?.data ?? {}).sort()).toEqual([LOSS, 'image/png', 'text/plain']);
    expect(joined(curve?.data?.['text/plain'] as string)).toMatch(/over 200 epochs/);
    expect(curve?.data?.[LOSS]).toMatchObject({ runs: [{ epochs: 200, running: false, weights: { layers: [{ connections: 7 }, { connections: 3 }] } }] });

    // Every control is there for the keyboard, and no arrow moves the notebook to another cell.
    await figure.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', '+', 'Shift+ArrowRight', 'End', '0']) await session.page.keyboard.press(key);
    await expect.poll(() => figure.locator('[role=status]').first().textContent()).toMatch(/^epoch \d+, .*training/);
    const slider = figure.getByRole('slider', { name: 'Weights at epoch' });
    await slider.focus();
    await session.page.keyboard.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toBe('before training');
    await expect.poll(() => notebook.outputs.frame.locator('[data-patchbay-view=kernel]').innerText(), { timeout: 10_000 }).toContain('before training');
    await figure.getByRole('button', { name: 'View as table' }).focus();
    await session.page.keyboard.press('Enter');
    await figure.locator('td').first().waitFor();

    await expectNoViolations(session, '[data-patchbay-view=loss]', (theme) => session.leaveScreenshot(`loss ${theme}`));
  },
);

vscodeTest(
  'Stop ends a training after its step, the cell goes on, and the weights are those of that step',
  { workspace: { 'stop.ipynb': notebookOf(MODEL, `const run = await train(model, x, y, { epochs: 1e7, batchSize: 64, validationSplit: 0.25 });\n[run.stoppedBy, run.steps.length > 0, run.epochsRun < 1e7].join()`) }, open: 'stop.ipynb', viewport: VIEWPORT },
  async ({ notebook }) => {
    await notebook.startAll();
    const stop = notebook.outputs.frame.getByRole('button', { name: 'Stop training after this step' });
    await stop.waitFor({ timeout: 60_000 });
    await stop.click();
    await notebook.waitForState(1, 'success', 60_000);
    const { cells } = await notebook.save();
    expect(joined(cells[1]?.outputs?.[1]?.data?.['text/plain'] as string)).toBe("'abort,true,true'");
    expect(joined(cells[1]?.outputs?.[0]?.data?.['text/plain'] as string)).toMatch(/stopped on request\.$/);
  },
);
