/** Across cells: where a name comes from and where it is used, another name for it, fixes of problems. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { CellEditor } from './harness/cell-editor.js';
import { notebookOf } from './harness/notebook-file.js';
import { problemRows, showProblems } from './harness/problems.js';
import { vscodeTest } from './harness/session.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

const CELLS = [
  "import { Mask } from 'patchbay';\nconst wiring = Mask.from([[1, 0], [0, 1]]);",
  "import { double } from './helper';\nconst twice = double(2);",
  '{ const wiring = 1; console.log(wiring); }\nconsole.log(wiring, twice);',
];
const HELPER = '// wiring\nexport const double = (x: number): number => 2 * x;\n';
const EMPTY = 'const empty = 0;\n';

vscodeTest('from a cell to another, to a file and to the types that come with Patchbay; a rename changes the cells and nothing else', { workspace: { 'a.ipynb': notebookOf(...CELLS, EMPTY), 'b.ipynb': notebookOf('const wiring = 1;'), 'helper.ts': HELPER }, open: 'a.ipynb' }, async (session) => {
  const { notebook, page, workbench } = session;
  const before = await fs.readFile(notebook.file, 'utf8');
  const [first, second, third, last] = [0, 1, 2, 3].map((index) => new CellEditor(notebook, index)) as [CellEditor, CellEditor, CellEditor, CellEditor];

  // Definition: another cell.
  await third.goTo(1, 14);
  await page.keyboard.press('F12');
  await first.waitUntilFocused();
  expect(await first.cursorLine()).toBe('const wiring = Mask.from([[1, 0], [0, 1]]);');

  // References: all in cells, each once.
  await page.keyboard.press('Shift+F12');
  const peek = page.locator('.peekview-widget');
  await peek.waitFor({ timeout: STEP_TIMEOUT_MS });
  await expect.poll(() => peek.locator('.peekview-title').innerText(), { timeout: STEP_TIMEOUT_MS }).toMatch(/References \(2\)/);
  await page.keyboard.press('Escape');

  // A rename: two places in two cells, and no other `wiring`.
  await third.goTo(1, 14);
  await page.keyboard.press('F2');
  const name = page.locator('.rename-box:visible input');
  await name.fill('links', { timeout: STEP_TIMEOUT_MS });
  await name.press('Enter');
  await expect.poll(() => first.text(), { timeout: STEP_TIMEOUT_MS }).toContain('const links = Mask');
  await notebook.save();
  const expected = before.replace('const wiring = Mask', 'const links = Mask').replace('console.log(wiring, twice)', 'console.log(links, twice)');
  expect(JSON.parse(await fs.readFile(notebook.file, 'utf8'))).toEqual(JSON.parse(expected));
  expect(await fs.readFile(path.join(session.workspace, 'helper.ts'), 'utf8')).toBe(HELPER);
  expect(await page.locator('.tab').count()).toBe(1);

  // What a package declares keeps its name: the refusal says why.
  await first.goTo(1, 21);
  await page.keyboard.press('F2');
  await expect.poll(() => page.locator('.monaco-editor-overlaymessage').allInnerTexts(), { timeout: STEP_TIMEOUT_MS }).toEqual([expect.stringMatching(/^from is declared in a library, which is not yours to rename/)]);
  await page.keyboard.press('Escape');

  // Signature help, once.
  await last.focus();
  await last.type('double(');
  const signature = page.locator('.parameter-hints-widget.visible .signature');
  await expect.poll(() => signature.allInnerTexts(), { timeout: STEP_TIMEOUT_MS }).toEqual([expect.stringMatching(/^double\(x: number\): number$/)]);
  await page.keyboard.press('Escape');

  // A fix, once: the import that is missing, the name that is misspelt.
  await last.replaceAll('console.log(lnks, maskedDense);');
  await showProblems(workbench);
  await expect.poll(async () => (await problemRows(page)).map((row) => row.replace(/ts\(.*/, '').trim()), { timeout: 60_000 }).toEqual([expect.stringContaining("'lnks'"), expect.stringContaining("'maskedDense'")]);
  await last.goTo(0, 14);
  expect(await last.fixes(/links/)).toEqual([expect.stringContaining("'links'")]);
  await page.keyboard.press('Escape');
  await last.goTo(0, 22);
  expect(await last.fixes(/import/)).toEqual([expect.stringMatching(/import.*patchbay/i)]);
  await page.keyboard.press('Enter');
  await expect.poll(() => last.text(), { timeout: STEP_TIMEOUT_MS }).toMatch(/^import \{ maskedDense \} from ['"]patchbay['"];\nconsole\.log\(lnks, maskedDense\);$/);

  // A completion brings the import that it needs. (An open Problems view asks for fixes in lines that are gone by then.)
  await page.keyboard.press('Control+J');
  await last.replaceAll('const conv = maskedCon');
  await page.keyboard.press('Control+Space');
  expect(await last.completions('maskedConv2d')).toEqual(['maskedConv2d']);
  await page.keyboard.press('Enter');
  await expect.poll(() => last.text(), { timeout: STEP_TIMEOUT_MS }).toMatch(/^import \{ maskedConv2d \} from ['"]patchbay['"];\nconst conv = maskedConv2d$/);

  // Definition: a file, and types that lie in no folder.
  await second.goTo(1, 16);
  await page.keyboard.press('F12');
  await page.locator('.tab.active', { hasText: 'helper.ts' }).waitFor({ timeout: STEP_TIMEOUT_MS });
  await page.locator('.tab', { hasText: 'a.ipynb' }).click();
  await first.goTo(1, 21);
  await page.keyboard.press('F12');
  await page.locator('.tab.active', { hasText: '.d.ts' }).waitFor({ timeout: STEP_TIMEOUT_MS });
  await page.locator('.editor-instance .view-lines:visible', { hasText: 'from(' }).first().waitFor({ timeout: STEP_TIMEOUT_MS });
});
