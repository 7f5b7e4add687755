/** The editor knows the cells: completion, types, problems and outline, each once. */
import { expect } from 'vitest';
import { CellEditor } from './harness/cell-editor.js';
import { notebookOf } from './harness/notebook-file.js';
import { problemRows, showProblems } from './harness/problems.js';
import { vscodeTest } from './harness/session.js';

const CELLS = [
  "import { Mask } from 'patchbay';\nconst wiring = Mask.from([[1, 0], [0, 1]]);\nconst wirings = [wiring];",
  "import { double } from './helper';\nconst twice = double(2);",
  'const again = twice;\n',
];
const WORKSPACE = { 'a.ipynb': notebookOf(...CELLS), 'helper.ts': '/** Twice as much. */\nexport const double = (x: number): number => 2 * x;\n' };

vscodeTest('names of earlier cells and of files complete, have types and problems, each once; the kernel that knows them runs them', { workspace: WORKSPACE, open: 'a.ipynb' }, async (session) => {
  const { notebook, page, workbench } = session;
  const second = new CellEditor(notebook, 1);
  const last = new CellEditor(notebook, 2);
  expect(await session.kernels(), 'a notebook that is only open has no process').toEqual([]);

  // A name of a cell that has imports.
  await last.focus();
  await last.type('wir');
  expect(await last.completions('wiring')).toEqual(['wiring', 'wirings']);
  await page.keyboard.press('Escape');
  const kernels = await session.kernels();
  expect(kernels).toHaveLength(1);

  // Members, through the types of the module patchbay.
  await last.type('ing.dens');
  expect(await last.completions('density')).toEqual(['density']);
  await page.keyboard.press('Escape');

  // The type of what a relative file exports: one text, not two.
  expect(await second.hover('twice', /number/)).toEqual(['const twice: number']);
  expect((await second.hover('double', /number/)).map((text) => text.split(/\n+/))).toEqual([['const double: (x: number) => number', 'Twice as much.']]);

  // A type error at its own line of its own cell, gone when it is corrected.
  await showProblems(workbench);
  await last.replaceAll('const again = twice;\nconst wrong: string = again;');
  await expect.poll(() => problemRows(page), { timeout: 60_000 }).toEqual(["Type 'number' is not assignable to type 'string'. ts(2322) [Ln 2, Col 7]"]);
  await expect.poll(() => last.underlined()).toEqual(['wrong']);
  await last.replaceAll('const again = twice;\nwiring');
  await expect.poll(() => problemRows(page), { timeout: 60_000 }).toEqual([]);

  // What does not parse: VS Code's own TypeScript finds that in cells, too.
  await last.replaceAll('const again = ;\nwiring');
  await expect.poll(() => problemRows(page), { timeout: 60_000 }).toEqual(['Expression expected. ts(1109) [Ln 1, Col 15]']);
  await last.replaceAll('const again = twice;\nwiring');
  await expect.poll(() => problemRows(page), { timeout: 60_000 }).toEqual([]);

  expect((await notebook.save()).metadata['language_info'], 'only a run writes down what ran it').toEqual({ name: 'typescript' });

  // The cells run in the process that was there.
  await notebook.runAll();
  expect(await session.kernels()).toEqual(kernels);
  const [shown] = await last.hover('wiring', /Connection mask/);
  expect(shown).toMatch(/^const wiring: Mask\s+Connection mask “wiring”, 2 inputs × 2 outputs: 2 of 4 connected/);
  const widths = await page.locator('.monaco-hover:visible img').evaluateAll((images) => images.map((image) => (image instanceof HTMLImageElement ? [image.naturalWidth > 0, image.width] : [])));
  expect(widths, 'one picture, drawn').toEqual([[true, 300]]);

  // The outline is VS Code's own.
  await page.mouse.move(2, 2);
  await last.focus();
  await page.keyboard.press('Control+Shift+O');
  await expect.poll(async () => (await workbench.quickRows().allInnerTexts()).map((row) => row.trim())).toEqual(['wiring', 'wirings', 'twice', 'again']);
  await page.keyboard.press('Escape');
});
