#!/usr/bin/env node
// `npm start` on a fresh clone: sets up what is missing, runs the first notebook, then opens it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, ensureDependencies, requireNode, root, seconds } from './lib/setup.mjs';
import { serveBrowser } from './start/browser.mjs';
import { findDesktop, openDesktop } from './start/desktop.mjs';
import { platformHasTools } from './tools/prepare.mjs';

const folder = path.join(root, 'examples');
const notebook = path.join(folder, 'first-mask.ipynb');

async function step(title, action) {
  const started = Date.now();
  process.stdout.write(`${title}… `);
  const result = await action();
  console.log(seconds(Date.now() - started));
  return result;
}

/** Runs the notebook through the real kernel. Resolves to the exit code of `patchbay run`. */
function runNotebook() {
  console.log(`\n${path.relative(root, notebook)}`);
  const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), 'run', notebook], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function openNotebook() {
  const window = { extension: root, folder, file: notebook };
  const desktop = await findDesktop();
  if (desktop !== undefined) {
    console.log('\nOpening the notebook in Visual Studio Code: choose Run All there.');
    openDesktop(desktop, window);
    return;
  }
  if (!platformHasTools()) {
    console.log(`\nTo open the notebook: open the folder ${root} in Visual Studio Code 1.96 or newer and press F5.`);
    return;
  }
  console.log('\nVisual Studio Code in the browser starts (the first time it is fetched from the npm registry)…');
  await serveBrowser(window, (url) => console.log(`\nOpen this address, and choose Run All there. Ctrl+C ends it.\n\n  ${url}\n`));
}

requireNode();
try {
  const headless = process.argv.slice(2).includes('--headless');
  const unknown = process.argv.slice(2).filter((argument) => argument !== '--headless');
  if (unknown.length) throw new Error(`unknown argument ${unknown.join(' ')}; there is --headless`);
  await step('Dependencies', ensureDependencies);
  await step('Building', build);
  process.exitCode = await runNotebook();
  if (!headless && process.exitCode === 0) await openNotebook();
} catch (error) {
  console.error(`\nnpm start failed: ${error.message}`);
  process.exitCode = 1;
}
