/** A folder that is not trusted: saved outputs draw, nothing runs. */
import { beforeAll, expect } from 'vitest';
import { runHeadlessly } from './harness/headless.js';
import { notebookOf } from './harness/notebook-file.js';
import { readmeCell } from './harness/readme.js';
import { vscodeTest } from './harness/session.js';
import { drawnCanvases, expectDrawn } from './harness/views.js';

let saved = '';
beforeAll(async () => {
  saved = await runHeadlessly(notebookOf(readmeCell()));
});

vscodeTest(
  'an untrusted folder: saved outputs are drawn, running is refused with the reason, no process starts',
  () => ({ workspace: { 'saved.ipynb': saved, '.vscode/settings.json': '{ "patchbay.nodePath": "/bin/false" }' }, open: 'saved.ipynb', trusted: false }),
  async (session) => {
    const { notebook, workbench } = session;
    const canvases = await drawnCanvases(notebook);
    expect(canvases.length).toBe(3);
    canvases.forEach(expectDrawn);

    await notebook.toolbar.getByText('Run All', { exact: true }).click();
    const refusal = await workbench.waitForNotification(/trust/i);
    expect(refusal).toMatch(/trust/i);
    expect(await session.kernels()).toEqual([]);
    expect([...(await notebook.states()).values()]).not.toContain('running');
  },
);
