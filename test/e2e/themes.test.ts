/** The views follow the theme: the same notebook in light, dark and high contrast, with a picture of each in out/screenshots. */
import { expect } from 'vitest';
import { notebookOf } from './harness/notebook-file.js';
import { readmeCell } from './harness/readme.js';
import { vscodeTest } from './harness/session.js';
import { expectDrawn, VIEWS } from './harness/views.js';
import type { Theme } from './harness/workbench.js';

const THEMES: readonly Theme[] = ['light', 'dark', 'high contrast'];
/** Tall enough that the cell and its three views are in view together. */
const VIEWPORT = { width: 1280, height: 2200 };

vscodeTest('the views are drawn anew in light, dark and high contrast', { workspace: { 'readme.ipynb': notebookOf(readmeCell()) }, open: 'readme.ipynb', viewport: VIEWPORT }, async (session) => {
  await session.notebook.runAll();
  const backgrounds = new Set<string>();
  for (const theme of THEMES) {
    await session.workbench.switchTheme(theme);
    await session.leaveScreenshot(theme);
    const canvases = await session.notebook.outputs.canvases();
    expect(canvases.length, theme).toBe(VIEWS.length);
    canvases.forEach(expectDrawn);
    backgrounds.add(canvases.map(({ fingerprint }) => fingerprint).join());
  }
  expect(backgrounds.size, 'each theme draws other pixels').toBe(THEMES.length);
});
