/** The pictures in media/: both examples and the cell of the README, run in a real VS Code. `npm run screenshots` makes them. */
import path from 'node:path';
import { environment } from '../e2e/harness/environment.js';
import { notebookOf } from '../e2e/harness/notebook-file.js';
import { readmeCell } from '../e2e/harness/readme.js';
import { vscodeTest, type Session, type SessionOptions } from '../e2e/harness/session.js';
import type { Theme } from '../e2e/harness/workbench.js';

const THEMES: readonly Theme[] = ['light', 'dark', 'high contrast'];

/** Tall enough for the whole notebook: what is out of view is not drawn. */
const SHOTS: readonly { readonly name: string; readonly options: SessionOptions; readonly height: number }[] = [
  { name: 'first-mask', options: { workspace: { copyOf: 'examples' }, open: 'first-mask.ipynb' }, height: 5300 },
  { name: 'receptive-fields', options: { workspace: { copyOf: 'examples' }, open: 'receptive-fields.ipynb' }, height: 5100 },
  { name: 'gallery', options: { workspace: { copyOf: 'examples' }, open: 'gallery.ipynb' }, height: 9200 },
  { name: 'first-cell', options: { workspace: { 'first-cell.ipynb': notebookOf(readmeCell()) }, open: 'first-cell.ipynb' }, height: 1500 },
];

async function shoot(session: Session, name: string): Promise<void> {
  await session.notebook.runAll();
  await session.workbench.command('View: Toggle Primary Side Bar Visibility');
  for (const theme of THEMES) {
    await session.workbench.switchTheme(theme);
    await session.page.mouse.move(5, 5);
    await session.screenshot(path.join(environment().root, 'media', `${name}-${theme.replace(' ', '-')}.png`));
  }
}

for (const { name, options, height } of SHOTS) {
  vscodeTest(`${name} in three themes`, { ...options, viewport: { width: 1100, height } }, (session) => shoot(session, name));
}
