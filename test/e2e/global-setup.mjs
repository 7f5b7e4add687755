// Makes VS Code and the browser ready before the first end-to-end test.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/setup.mjs';
import { findBrowser, prepare } from '../../scripts/tools/prepare.mjs';

export default async function setup(project) {
  if (!existsSync(path.join(root, 'dist', 'extension.js'))) throw new Error('dist/extension.js is missing: run `npm run build` first');
  await prepare();
  project.provide('e2e', { root, browser: await findBrowser() });
}
