/** *Patchbay: Visualize Mask* from each of its places, for each kind of value; the panel follows, and says what is no mask. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { CellEditor } from './harness/cell-editor.js';
import { MaskPanel } from './harness/mask-panel.js';
import { notebookOf } from './harness/notebook-file.js';
import { vscodeTest, type Session } from './harness/session.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

const VALUES = `import { Mask, masks, maskedDense, tf } from 'patchbay';
let wiring: any = Mask.from([[1, 0], [0, 1], [0, 0]]);
const model = tf.sequential({ layers: [maskedDense({ connections: wiring, inputShape: [3], name: 'first' }), tf.layers.dense({ units: 1, name: 'last' })] });
const fixed = masks.banded(6, 6, { width: 3 });
const weights = tf.tensor2d([[0.5, 0, -2]]);
const rows = [[1, 0], [1, 1], [0, 1], [1, 1]];
let text = 'X.';
let evaluated = 0;
function make() { evaluated++; return rows; }
const trap = { get mask() { evaluated = 100; return fixed; } };`;
const CHANGE = 'wiring = Mask.from([[1, 1, 1]]);';
const NO_MASK = "wiring = 'now a text'; console.log('evaluated', evaluated);";

/** VS Code repeats its notifications in the console. */
const SAID = [/, not a mask\./, /is a getter\./, /There is no variable `nothing`/, /"oops\(" could not be evaluated/];

async function palette({ workbench }: Session, ...choices: readonly (string | RegExp)[]): Promise<void> {
  await workbench.command('Patchbay: Visualize Mask');
  for (const choice of choices) await workbench.choose(choice);
}

async function expression(session: Session, text: string): Promise<void> {
  await palette(session, /expression/i);
  await session.workbench.type(text);
  await session.workbench.accept();
}

vscodeTest('values: from palette, variables view and hover; the panel follows its variable; what is no mask is named', { workspace: { 'a.ipynb': notebookOf(VALUES, CHANGE, NO_MASK, 'fixed') }, open: 'a.ipynb', viewport: { width: 1500, height: 1000 }, expectedErrors: SAID }, async (session) => {
  const { workbench, page } = session;
  const panel = new MaskPanel(session);
  await panel.runFirstCell();

  // From the palette: variables of each kind, and expressions.
  await palette(session, 'wiring');
  await panel.waitFor('wiring', 'Follows the variable', /2 of 6/, /Dead inputs\s+1 \(2\)/);
  await session.leaveScreenshot('visualize-wiring');
  await palette(session, 'model');
  await panel.waitFor('model', 'one layer of a Sequential of 2 layers: a MaskedDense layer', /The whole net/, /Dead inputs\s+1 \(2\)/);
  await panel.frame.getByRole('combobox', { name: /^Layer/ }).selectOption({ label: 'last: Dense, 2 × 1' });
  await panel.waitForText('A Dense layer has no mask: every weight that is not 0 counts as a connection.');
  await panel.waitForText('2 inputs × 1 output');
  await session.leaveScreenshot('visualize-model');
  await palette(session, 'weights');
  await panel.waitFor('weights', 'a tensor of shape [1, 3]. Every value that is not 0 counts as a connection.', /2 of 3/);
  await palette(session, 'rows');
  await panel.waitFor('rows', 'an array of 4 rows of 2', /6 of 8/);
  for (const [asked, ...texts] of [['model.layers[0]', 'a MaskedDense layer', 'Follows the variable'], ['model.layers[0].mask', 'Drawn is a Mask.'], ['make()', /Refresh evaluates it again/, /6 of 8/]] as const) {
    await expression(session, asked);
    await panel.waitFor(asked, ...texts);
  }

  // What is no mask is named, and opens nothing.
  const tabs = await page.locator('.tab', { hasText: 'Mask: ' }).count();
  for (const [asked, said] of [['text', '`text` is a string, not a mask.'], ['evaluated', '`evaluated` is a number, not a mask.'], ['trap', '`trap` is an object, not a mask.'], ['trap.mask', '`trap.mask` is a getter.'], ['nothing', 'There is no variable `nothing`'], ['oops(', 'could not be evaluated']] as const) {
    await expression(session, asked);
    await workbench.waitForNotification(said);
    await workbench.command('Notifications: Clear All Notifications');
  }
  expect(await page.locator('.tab', { hasText: 'Mask: ' }).count()).toBe(tabs);

  // From the variables view: button, double click, menu.
  await workbench.command('Patchbay: Show Variables');
  // Its rows get the room of the files.
  await page.locator('.pane-header', { hasText: 'workspace' }).first().click();
  for (const open of [
    async () => {
      await panel.variable('fixed').hover();
      await panel.variable('fixed').locator('.action-label[aria-label^="Visualize Mask"]').click({ timeout: STEP_TIMEOUT_MS });
    },
    async () => panel.variable('fixed').dblclick(),
    async () => panel.fromMenu(panel.variable('fixed')),
  ]) {
    await open();
    await panel.waitFor('fixed', /16 of 36/);
    await panel.close('fixed');
  }
  await panel.fromMenu(panel.variable('text'));
  await workbench.waitForNotification('`text` is a string, not a mask.');
  await workbench.command('Notifications: Clear All Notifications');
});

vscodeTest('a panel follows its variable to the kernel’s end, and a hover links to it', { workspace: { 'a.ipynb': notebookOf(VALUES, CHANGE, NO_MASK, 'fixed', "import fs from 'node:fs';\nwhile (!fs.existsSync('go'));\nwiring = Mask.from([[1], [1]]);") }, open: 'a.ipynb', viewport: { width: 1500, height: 1000 } }, async (session) => {
  const { notebook, page } = session;
  const panel = new MaskPanel(session);
  await panel.runFirstCell();

  // From the hover in code.
  const editor = new CellEditor(notebook, 3);
  await editor.hover('fixed', /Visualize Mask/);
  await page.locator('.monaco-hover:visible a', { hasText: 'Visualize Mask' }).click();
  await panel.waitFor('fixed', /16 of 36/);
  await panel.close('fixed');

  // It follows: another mask, no mask, a busy kernel, a mask again, no kernel.
  await palette(session, 'wiring');
  await panel.waitFor('wiring', /2 of 6/);
  await notebook.startCell(1);
  await panel.waitForText(/3 of 3/);
  await notebook.startCell(2);
  await panel.waitForText('`wiring` is a string, not a mask.');
  await panel.waitForText('What is drawn is what it was before.');
  expect(await notebook.outputs.waitForText('evaluated'), 'looking ran no code').toContain('evaluated 0');
  expect(await notebook.cell(2).locator('.execution-count-label').innerText(), 'nor did it count').toBe('[3]');
  await session.leaveScreenshot('visualize-no-mask');
  await notebook.startCell(4);
  await notebook.waitForState(4, 'running');
  await panel.frame.getByRole('button', { name: 'Refresh' }).click();
  await panel.waitForText('A cell is running. This is drawn as soon as the kernel answers.');
  await fs.writeFile(path.join(session.workspace, 'go'), '');
  await panel.waitForText('Follows the variable');
  await panel.waitForText('2 inputs × 1 output');
  // The notebook is in front again: the command is of the notebook in front.
  await notebook.cell(3).locator('.cell-editor-part, .cell-editor-container').first().click();
  await notebook.toolbar.getByText('Restart', { exact: true }).click();
  await panel.waitForText('The kernel of a.ipynb has ended');
  await notebook.startCell(0);
  await panel.waitForText(/2 of 6/);
  await panel.waitForText('Follows the variable');
});
