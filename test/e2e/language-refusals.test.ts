/** Where the editor must not, cannot or need not know the cells. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { CellEditor } from './harness/cell-editor.js';
import { notebookOf } from './harness/notebook-file.js';
import { problemRows, showProblems } from './harness/problems.js';
import { vscodeTest } from './harness/session.js';

const OF_VSCODE = [/vscode\.typescript-language-features/];

vscodeTest('an untrusted folder: typing and pointing start nothing, and the status item says why', { workspace: { 'a.ipynb': notebookOf("import { Mask } from 'patchbay';\nconst wiring = 1;", 'wiring;') }, open: 'a.ipynb', trusted: false, expectedErrors: OF_VSCODE }, async (session) => {
  const { notebook, page } = session;
  const last = new CellEditor(notebook, 1);
  await last.focus();
  await last.type('\nwir');
  await page.keyboard.press('Control+Space');
  await page.waitForTimeout(3000);
  expect(await session.kernels()).toEqual([]);
  const item = page.locator('.statusbar-item', { hasText: 'Patchbay: folder not trusted' });
  expect(await item.locator('a').getAttribute('aria-label')).toMatch(/nothing in it is run.*cells do not know each other/s);
  expect(await session.log('Patchbay')).toMatch(/not trusted: the language service of cells is off/);
});

const WRONG = "Type 'number' is not assignable to type 'string'. ts(2322) [Ln 1, Col 7]";
const GARBAGE = '}{)(`${"\u0000 class class 1 2 3 => <<<< @@ #\n'.repeat(40);
const LONG = Array.from({ length: 5000 }, (_, line) => `const line${line} = ${line};`).join('\n');
const MANY = Array.from({ length: 300 }, (_, cell) => `const many${cell} = ${cell === 0 ? '0' : `many${cell - 1} + 1`};`);

vscodeTest(
  'a cell with type errors is not run when patchbay.typeErrors is block; a broken tsconfig.json, garbage, long cells and many are borne',
  { workspace: { 'a.ipynb': notebookOf('let count: number = 1;', 'const text: string = count;', 'count = 2;', GARBAGE, LONG, ...MANY), 'tsconfig.json': '{ "compilerOptions": { "strict": tru' }, open: 'a.ipynb', settings: { 'patchbay.typeErrors': 'block' }, viewport: { width: 1280, height: 1400 } },
  async (session) => {
    const { notebook, page, workbench } = session;
    const second = new CellEditor(notebook, 1);
    await notebook.startCell(0);
    await notebook.waitForState(0, 'success');
    await notebook.startCell(1);
    await notebook.waitForState(1, 'error');
    expect(await notebook.outputs.waitForText('TypeCheckError')).toMatch(/was not run, because it has type errors\..*line 1: Type 'number' is not assignable to type 'string'\. \(TS2322\).*patchbay\.typeErrors/s);

    await showProblems(workbench);
    await second.focus();
    await second.type(' ');
    await expect.poll(() => problemRows(page), { timeout: 120_000 }).toContain(WRONG);
    await second.replaceAll('const text: string = String(count);');
    await expect.poll(() => problemRows(page), { timeout: 120_000 }).not.toContain(WRONG);
    await page.keyboard.press('Control+Enter');
    await notebook.waitForState(1, 'success');

    const log = await session.log('Patchbay');
    expect(log.match(/tsconfig\.json/g), log).toHaveLength(1);
    expect(log).not.toMatch(/\[error\]|Error:|^\s+at /m);

    // ignore: not shown, and run all the same.
    await page.keyboard.press('Escape');
    await second.replaceAll('const text: string = count;');
    await expect.poll(() => problemRows(page), { timeout: 120_000 }).toContain(WRONG);
    await fs.mkdir(path.join(session.workspace, '.vscode'), { recursive: true });
    await fs.writeFile(path.join(session.workspace, '.vscode', 'settings.json'), JSON.stringify({ 'patchbay.typeErrors': 'ignore' }));
    await expect.poll(() => problemRows(page), { timeout: 60_000 }).not.toContain(WRONG);
    await second.focus();
    await page.keyboard.press('Control+Enter');
    await notebook.waitForState(1, 'success');
  },
);
