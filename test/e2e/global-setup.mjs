// Makes VS Code and the browser ready before the first end-to-end test, and hands their places to the tests.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, prepare, serverCommand } from '../../scripts/tools/prepare.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export default async function setup(project) {
  if (!existsSync(path.join(root, 'dist', 'extension.js'))) throw new Error('dist/extension.js is missing: run `npm run build` first');
  await prepare();
  project.provide('e2e', { root, server: serverCommand(), browser: await findBrowser() });
}
