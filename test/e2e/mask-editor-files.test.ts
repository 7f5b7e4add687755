/** What happens to the file of a mask editor: changed outside, closed unsaved, no mask at all, very large; and its mask as code. */
import fs from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { encodeMaskView, maskView } from '../../kernel/model/views/mask-view.js';
import { MASK_MIME } from '../../kernel/model/views/media-types.js';
import { csrFromDense } from '../../kernel/model/files/csr.js';
import { CANCELLED_BACKUP, MaskEditor, matrixMarket } from './harness/mask-editor.js';
import { joined, notebookOf, readNotebook } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

/** VS Code's own, whenever a window in a browser is reloaded. */
const RELOADED = [/\[lifecycle\] Long running operations during shutdown/];
/** VS Code then notes where the backup is; nobody sees when it has. */
const NOTE_OF_BACKUP_MS = 1_500;
const MINE = matrixMarket('X...', '.X..', '..X.', '...X');
const THEIRS = matrixMarket('XXXX', 'XXXX', '....', '....');

vscodeTest('a file that changes outside is followed while nothing is unsaved, and asked about when something is', { workspace: { 'a.mtx': MINE }, expectedErrors: CANCELLED_BACKUP }, async (session) => {
  const editor = new MaskEditor(session);
  const { workbench, page } = session;
  const file = editor.fileOf('a.mtx');
  await editor.open('a.mtx');
  await fs.writeFile(file, THEIRS);
  await editor.waitForBadge(/8 of 16/);
  await editor.waitUntilSaid(/changed on disk/);
  expect(await editor.isDirty()).toBe(false);

  await editor.click(3, 3);
  await editor.waitForBadge(/9 of 16/);
  await fs.writeFile(file, MINE);
  const question = await workbench.waitForNotification(/unsaved edits here/);
  expect(question).toContain('Here it has 9 connections, on disk 4; 7 cells differ.');
  await page.getByRole('button', { name: 'Keep Mine' }).click();
  await editor.waitForBadge(/9 of 16/);
  expect(await editor.isDirty()).toBe(true);
  expect(await fs.readFile(file, 'utf8')).toBe(MINE);

  await fs.writeFile(file, THEIRS);
  await workbench.waitForNotification(/on disk 8; 1 cell differs/);
  await page.getByRole('button', { name: 'Load Theirs' }).click();
  await editor.waitForBadge(/8 of 16/);
  await editor.waitUntilDirty(false);
  expect(await fs.readFile(file, 'utf8')).toBe(THEIRS);
});

vscodeTest('a mask that is closed unsaved is there again, unsaved, when the window opens again', { workspace: { 'a.mtx': MINE }, expectedErrors: [...CANCELLED_BACKUP, ...RELOADED] }, async (session) => {
  const editor = new MaskEditor(session);
  await editor.open('a.mtx');
  await editor.drag([0, 1], [0, 3]);
  await editor.waitForBadge(/7 of 16/);
  await editor.waitUntilDirty(true);
  // VS Code backs up a second after the last edit, and a page in a browser cannot hold up its own end for that.
  await expect.poll(() => session.log('Patchbay'), { timeout: STEP_TIMEOUT_MS }).toContain('a.mtx: what is not saved is kept as a backup');
  await sleep(NOTE_OF_BACKUP_MS);
  const loaded = session.page.waitForEvent('load', { timeout: STEP_TIMEOUT_MS });
  await session.workbench.command('Developer: Reload Window');
  await loaded;
  await session.workbench.waitUntilReady();
  await editor.waitUntilDrawn();
  await editor.waitForBadge(/7 of 16 .* in no file yet/);
  await editor.waitUntilDirty(true);
  expect(await fs.readFile(editor.fileOf('a.mtx'), 'utf8')).toBe(MINE);
  await editor.grid.focus();
  await editor.press('Control+s');
  await editor.waitForFile('a.mtx', matrixMarket('XXXX', '.X..', '..X.', '...X'));
  await editor.waitUntilDirty(false);
});

const DAMAGED = '%%MatrixMarket matrix coordinate pattern general\n4 4 2\n1 1\n5 2\n';

vscodeTest('a file that is no mask is refused with its place, never written, and opened once it is one', { workspace: { 'a.mtx': DAMAGED }, expectedErrors: [/Failed to save 'a\.mtx': a\.mtx, line 4/] }, async (session) => {
  const editor = new MaskEditor(session);
  await session.workbench.command('Patchbay: Edit Mask');
  await session.workbench.choose('a.mtx');
  const refusal = editor.frame.getByRole('alert');
  await refusal.waitFor({ timeout: STEP_TIMEOUT_MS });
  expect(await refusal.innerText()).toMatch(/^a\.mtx, line 4, column 1: the row is "5", not a whole number from 1 to 4\./);
  await editor.frame.getByRole('button', { name: 'Open as Text' }).focus();
  await editor.press('Control+s');
  await session.workbench.waitForNotification(/Failed to save 'a\.mtx': a\.mtx, line 4, column 1/);
  expect(await fs.readFile(editor.fileOf('a.mtx'), 'utf8')).toBe(DAMAGED);
  await fs.writeFile(editor.fileOf('a.mtx'), MINE);
  await editor.waitUntilDrawn();
  await editor.waitForBadge(/4 of 16/);
});

const SIDE = 10_000;

/** Ten connections in each row. */
const LARGE = `%%MatrixMarket matrix coordinate pattern general\n${SIDE} ${SIDE} ${10 * SIDE}\n${Array.from({ length: SIDE }, (_, i) => Array.from({ length: 10 }, (_unused, k) => `${i + 1} ${((i * 7 + k * 997) % SIDE) + 1}\n`).join('')).join('')}`;

vscodeTest('10,000 × 10,000 opens in a moment, and a stroke is painted at once', { workspace: { 'small.mtx': MINE, 'large.mtx': LARGE }, expectedErrors: CANCELLED_BACKUP }, async (session) => {
  const editor = new MaskEditor(session);
  // The extension is awake before the clock runs.
  await editor.open('small.mtx');
  const started = performance.now();
  await session.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'large.mtx' }).dblclick();
  await editor.waitForBadge(/^10000×10000 · 100,000 of 100,000,000 connected/);
  await editor.waitUntilDrawn();
  const opened = performance.now() - started;

  await editor.grid.evaluate((grid) => {
    const frames: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name.startsWith('pointer')) frames.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
    Object.assign(grid, { frames });
  });
  const box = await editor.grid.boundingBox();
  if (box === null) throw new Error('the mask is not on screen');
  // The first stroke compiles what paints it.
  let slowest = 0;
  for (const down of [100, 140]) {
    await editor.grid.evaluate((grid) => void ((grid as unknown as { frames: number[] }).frames.length = 0));
    await session.page.mouse.move(box.x + 100, box.y + down);
    await session.page.mouse.down();
    await session.page.mouse.move(box.x + 400, box.y + down + 200, { steps: 30 });
    await session.page.mouse.up();
    await editor.waitUntilSaid(/(Connect|Disconnect) [\d,]+ cells/);
    await sleep(200);
    slowest = Math.max(0, ...(await editor.grid.evaluate((grid) => (grid as unknown as { frames: number[] }).frames)));
    console.log(`stroke from ${down}: slowest frame ${slowest} ms`);
  }
  console.log(`10,000 × 10,000: open and drawn after ${Math.round(opened)} ms, slowest of the stroke's frames ${slowest} ms, ${LOAD.toFixed(1)} programs per core`);
  expect(opened).toBeLessThan(1500 * LOAD);
  expect(slowest).toBeLessThan(50 * LOAD);
});

/** Programs per core: where others share the machine, everything takes as many times longer. */
const LOAD = Math.max(1, (os.loadavg()[0] ?? 0) / os.cpus().length);

const mask = csrFromDense(6, 6, (i, j) => Math.abs(i - j) <= 1);

function withOutput(): string {
  const notebook = JSON.parse(notebookOf('const A = 1;', '2')) as { cells: { outputs: unknown[]; execution_count: number | null }[] };
  notebook.cells[0]?.outputs.push({ output_type: 'display_data', metadata: {}, data: { [MASK_MIME]: encodeMaskView(maskView(mask)), 'text/plain': ['6×6 mask'] } });
  return JSON.stringify(notebook);
}

vscodeTest('the mask of an output is edited, and goes back into the notebook as code', { workspace: { 'a.ipynb': withOutput() }, open: 'a.ipynb', expectedErrors: CANCELLED_BACKUP }, async (session) => {
  const editor = new MaskEditor(session);
  const { workbench, notebook } = session;
  await notebook.cell(0).locator('.view-lines .view-line').first().click();
  await workbench.command('Patchbay: Edit Mask of Output');
  await editor.waitUntilDrawn();
  await editor.waitForBadge(/^6×6 · 16 of 36 connected .* in no file yet$/);
  await editor.waitUntilDirty(true);
  await editor.button('Invert').click();
  await editor.waitForBadge(/20 of 36/);
  await editor.button('Insert Cell').click();
  await notebook.cell(2).waitFor({ timeout: STEP_TIMEOUT_MS });
  await notebook.save();
  const { cells } = await readNotebook(notebook.file);
  expect(cells.map(({ source }) => joined(source))).toEqual(['const A = 1;', "import { masks } from 'patchbay';\n\nconst mask = masks.banded(6, 6, { width: 3 }).not();", '2']);
});
