/** *Visualize Mask* on files of every kind, from the explorer and the palette; the panel follows the file, saves, and can be used by everybody. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { expect } from 'vitest';
import { readMaskFile } from '../../kernel/model/files/read-mask-file.js';
import { axeViolations, frameOf } from './harness/axe.js';
import { MaskPanel } from './harness/mask-panel.js';
import { notebookOf } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';
import { STEP_TIMEOUT_MS, THEMES } from './harness/workbench.js';

const FILES = `import { Mask, maskedDense, models, tf } from 'patchbay';
const wiring = Mask.from([[1, 0], [0, 1], [0, 0]]);
for (const kind of ['mtx', 'csv', 'npy', 'npz', 'json']) await wiring.save(\`w.\${kind}\`);
const model = tf.sequential({ layers: [maskedDense({ connections: wiring, inputShape: [3], name: 'first' }), tf.layers.dense({ units: 1, name: 'last' })] });
await models.save(model, 'net.json');
await models.exportKeras(model, 'net.keras', { as: 'custom' });
await models.exportKeras(model, 'net.h5');`;

vscodeTest('files of every kind, followed, saved as any format, in four themes', { workspace: { 'a.ipynb': notebookOf(FILES), 'bad.csv': '1,0\n0,7\n', 'settings.json': '{"a": 1}' }, open: 'a.ipynb', viewport: { width: 1500, height: 1000 }, expectedErrors: [/bad\.csv, line 2/, /settings\.json, at shape/] }, async (session) => {
  const { workbench, page } = session;
  const panel = new MaskPanel(session);
  await panel.runFirstCell();

  await workbench.command('Explorer: Focus on Folders View').catch(() => undefined);
  for (const name of ['w.mtx', 'w.csv', 'w.npy', 'w.npz', 'w.json', 'net.json', 'net.keras', 'net.h5']) {
    await panel.fromMenu(panel.explorerFile(name));
    await panel.waitFor(name, /2 of 6/, /Dead inputs\s+1 \(2\)/, 'Follows the file', ...(name.startsWith('net') ? [/The whole net: a \w+ of \d layers/] : []));
  }
  await session.leaveScreenshot('visualize-keras');
  for (const [name, said] of [['bad.csv', 'bad.csv, line 2, column 3: the entry is "7"'], ['settings.json', 'settings.json, at shape']] as const) {
    await panel.fromMenu(panel.explorerFile(name));
    await workbench.waitForNotification(said);
    await workbench.command('Notifications: Clear All Notifications');
  }
  await workbench.command('Patchbay: Visualize Mask');
  await workbench.choose(/file/i);
  await workbench.choose('w.csv');
  await panel.waitFor('w.csv', /2 of 6/);

  // It follows the file: changed, damaged, deleted, there again.
  const file = path.join(session.workspace, 'w.csv');
  await fs.writeFile(file, '1,1,0\n1,1,0\n');
  await panel.waitForText(/4 of 6/);
  await fs.writeFile(file, '1,1,0\n1,5,0\n');
  await panel.waitForText('w.csv, line 2, column 3');
  await fs.rm(file);
  await panel.waitForText('There is no file w.csv');
  await fs.writeFile(file, '1,0,0\n1,1,0\n');
  await panel.waitForText(/3 of 6/);

  // Saved as pictures and as masks.
  for (const format of ['png', 'svg', 'csv', 'mtx', 'npy', 'npz', 'json']) {
    await panel.frame.getByRole('button', { name: 'Save As…' }).click();
    const target = path.join(session.workspace, `saved.${format}`);
    // The dialog fills in its suggestion a moment after it is there.
    await expect.poll(() => workbench.quickInput.locator('.quick-input-box input').inputValue(), { timeout: STEP_TIMEOUT_MS }).toMatch(/w\.png$/);
    await workbench.type(target);
    await workbench.accept();
    await expect.poll(() => fs.stat(target).then(() => true, () => false), { timeout: STEP_TIMEOUT_MS, message: target }).toBe(true);
    const bytes = await fs.readFile(target);
    if (format === 'png') expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    else if (format === 'svg') expect(bytes.toString()).toMatch(/^<svg [^]*<\/svg>$/);
    else expect(Array.from(readMaskFile(target, bytes, { decodeText: (part) => new TextDecoder().decode(part), unzip: unzipSync }).indices)).toEqual([0, 0, 1]);
  }
  expect((await fs.readdir(session.workspace)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

  // For everybody: by keyboard, said by a screen reader, in four themes.
  expect(await panel.frame.locator('[role=status]').first().innerText()).toContain('Follows the file');
  await panel.frame.getByRole('button', { name: 'Refresh' }).focus();
  await page.keyboard.press('Tab');
  expect(await panel.frame.locator(':focus').innerText()).toBe('Save As…');
  await page.keyboard.press('Tab');
  expect(await panel.frame.locator(':focus').getAttribute('aria-label')).toMatch(/2 inputs × 3 outputs/);
  for (const theme of THEMES) {
    await workbench.switchTheme(theme);
    await panel.waitFor('w.csv');
    expect(await axeViolations(await frameOf(panel.frame), 'main'), `axe in the ${theme} theme`).toEqual([]);
    await session.leaveScreenshot(`visualize ${theme}`);
  }
});
