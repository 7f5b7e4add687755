/** A folder that is not trusted: saved outputs draw, nothing runs. */
import { beforeAll, expect } from 'vitest';
import { runHeadlessly } from './harness/headless.js';
import { notebookOf } from './harness/notebook-file.js';
import { readmeCell } from './harness/readme.js';
import { vscodeTest } from './harness/session.js';
import { drawnCanvases, expectDrawn, VIEWS } from './harness/views.js';

/** When trust is granted, VS Code moves one of its own extensions to another host, and stumbles. */
const OF_VSCODE = [/vscode\.typescript-language-features/];

let saved = '';
beforeAll(async () => {
  saved = await runHeadlessly(notebookOf(readmeCell()));
});

vscodeTest(
  'an untrusted folder: saved outputs are drawn, running is refused with the reason until the user trusts the folder',
  () => ({ workspace: { 'saved.ipynb': saved }, open: 'saved.ipynb', trusted: false, expectedErrors: OF_VSCODE }),
  async (session) => {
    const { notebook, page } = session;
    const canvases = await drawnCanvases(notebook);
    expect(canvases.length).toBe(VIEWS.length);
    canvases.forEach(expectDrawn);

    const runAll = notebook.toolbar.getByText('Run All', { exact: true });
    const question = page.locator('.monaco-dialog-box').filter({ hasText: 'Executing a notebook cell will run code from this workspace' });
    await runAll.click();
    await question.getByText('Cancel', { exact: true }).click();
    await question.waitFor({ state: 'detached' });
    expect(await session.kernels(), 'no process was started').toEqual([]);
    expect(await page.locator('.tab.active.dirty').count(), 'nothing has changed').toBe(0);

    await runAll.click();
    await question.getByText('Trust Folder & Continue').click();
    await notebook.waitForState(0, 'success');
    expect(await session.kernels()).toHaveLength(1);
  },
);
