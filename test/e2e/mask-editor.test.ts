/** The mask editor in VS Code: drawn by hand, undone, saved, reverted; with the pointer and by keys alone. */
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { axeViolations, frameOf } from './harness/axe.js';
import { CANCELLED_BACKUP, MaskEditor, matrixMarket } from './harness/mask-editor.js';
import { vscodeTest } from './harness/session.js';
import { THEMES } from './harness/workbench.js';

const EYE = matrixMarket('X.......', '.X......', '..X.....', '...X....', '....X...', '.....X..', '......X.', '.......X');
const DRAWN = matrixMarket('XXXXXX..', '.X......', '..X.....', '...X....', '....X...', '.....X..', '......X.', '.......X');

vscodeTest('a mask is drawn, undone, redone and saved: the bytes on disk are the mask', { workspace: { 'a.mtx': EYE }, expectedErrors: CANCELLED_BACKUP }, async (session) => {
  const editor = new MaskEditor(session);
  await editor.open('a.mtx');
  await editor.waitForBadge(/^8×8 · 8 of 64 connected · density 12\.5 % · no isolated units · ±0 parameters since saved$/);
  expect(await editor.isDirty()).toBe(false);

  await editor.drag([0, 1], [0, 5]);
  await editor.waitForBadge(/13 of 64 connected .* \+5 parameters/);
  await editor.waitUntilSaid('Connect 5 cells. 13 of 64 connected.');
  await editor.waitUntilDirty(true);

  await editor.press('Control+z');
  await editor.waitForBadge(/8 of 64/);
  await editor.waitUntilDirty(false);
  await editor.press('Control+Shift+z');
  await editor.waitForBadge(/13 of 64/);
  await editor.press('Control+s');
  await editor.waitForFile('a.mtx', DRAWN);
  await editor.waitUntilDirty(false);
  await editor.waitForBadge(/±0 parameters/);

  // Reverting goes back to what was saved, not to what was opened.
  await editor.click(7, 0);
  await editor.waitForBadge(/14 of 64/);
  await session.workbench.command('File: Revert File');
  await editor.waitForBadge(/13 of 64/);
  await editor.waitUntilDirty(false);
  // A new edit in place of an undone saved one is unsaved.
  await editor.grid.focus();
  await editor.press('Control+z');
  await editor.waitForBadge(/8 of 64/);
  await editor.click(7, 0);
  await editor.waitForBadge(/9 of 64/);
  await editor.waitUntilDirty(true);
  expect(await fs.readFile(editor.fileOf('a.mtx'), 'utf8')).toBe(DRAWN);
  await editor.press('Control+s');
  await editor.waitForFile('a.mtx', EYE.replace('8 8 8', '8 8 9').replace('\n8 8\n', '\n8 1\n8 8\n'));
});

vscodeTest('keys alone move, toggle, take a rectangle, undo and save; axe finds nothing in four themes', { workspace: { 'a.mtx': EYE }, expectedErrors: CANCELLED_BACKUP }, async (session) => {
  const editor = new MaskEditor(session);
  await editor.open('a.mtx');
  await editor.grid.focus();
  await editor.press('ArrowRight', 'ArrowRight');
  await editor.waitUntilSaid('row 0, column 2: not connected');
  await editor.press(' ');
  await editor.waitForBadge(/9 of 64/);
  await editor.waitUntilSaid('Connect 1 cell. 9 of 64 connected.');
  await editor.press('Control+ArrowLeft');
  await editor.waitUntilSaid('row 0, column 0: connected');
  await editor.press('End', 'Shift+ArrowDown', 'Shift+ArrowLeft');
  await editor.waitUntilSaid('Selected rows 0 to 1, columns 6 to 7');
  await editor.press('Enter');
  await editor.waitForBadge(/13 of 64/);
  await editor.press('r', ' ');
  await editor.waitForBadge(/18 of 64/);
  await editor.press('x', 'Home', ' ', 'ArrowDown', 'ArrowDown', 'Enter');
  await editor.waitForBadge(/17 of 64/);
  // VS Code drops an undo that comes while it is at one.
  await editor.press('Control+z');
  await editor.waitForBadge(/18 of 64/);
  await editor.press('Control+z');
  await editor.waitForBadge(/13 of 64/);
  await editor.press('Control+s');
  await editor.waitForFile('a.mtx', matrixMarket('X.X...XX', '.X....XX', '..X.....', '...X....', '....X...', '.....X..', '......X.', '.......X'));

  await editor.button('Band').click();
  for (const theme of THEMES) {
    await session.workbench.switchTheme(theme);
    await sleep(400);
    await session.leaveScreenshot(`mask-editor ${theme}`);
    expect(await axeViolations(await frameOf(editor.frame), 'body'), `axe in the ${theme} theme`).toEqual([]);
  }
});
