#!/usr/bin/env node
// Makes VS Code's server and a browser ready. `node scripts/tools/prepare.mjs [part …]` does so by hand.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { cacheRoot, partFolder, preparePart, unpack } from './cache.mjs';
import { buildChromium, chromiumCommand } from './chromium.mjs';
import { buildVscode } from './vscode.mjs';

const BUILDERS = {
  vscode: buildVscode,
  node: (temporary) => unpack('node', temporary, ['package/bin/node', 'package/LICENSE']),
  chromium: buildChromium,
  deno: (temporary) => unpack('deno', temporary, ['package/deno']),
};
/** What VS Code in a browser takes; a bench asks for more by name. */
const USUAL = ['vscode', 'node', 'chromium'];

const INSTALLED_BROWSERS = [
  '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** The prepared tools are binaries for one platform. */
export const platformHasTools = () => process.platform === 'linux' && process.arch === 'x64';

/** Prepares parts at the same time. Resolves to a row each: `{ part, folder, fresh, ms }`. */
export function prepare(parts = USUAL) {
  if (!platformHasTools()) {
    throw new Error(
      `a VS Code server is prepared for Linux on x64 only, this is ${process.platform} on ${process.arch}: ` +
        'open examples/first-mask.ipynb in an installed VS Code (F5 in this folder starts one with Patchbay in it)',
    );
  }
  return Promise.all(parts.map((part) => preparePart(part, BUILDERS[part])));
}

/** The browser for the tests: the named one, else the cached, else an installed one. */
export async function findBrowser() {
  const named = process.env.PATCHBAY_BROWSER;
  if (named) {
    if (!existsSync(named)) throw new Error(`PATCHBAY_BROWSER names ${named}, which does not exist`);
    return { path: named, env: {} };
  }
  if (existsSync(partFolder('chromium'))) return chromiumCommand();
  const installed = INSTALLED_BROWSERS.find((file) => existsSync(file));
  if (installed !== undefined) return { path: installed, env: {} };
  throw new Error('no browser: set PATCHBAY_BROWSER to a Chromium, Chrome or Edge, or install one');
}

async function main() {
  const started = Date.now();
  const parts = process.argv.slice(2);
  const unknown = parts.filter((part) => !(part in BUILDERS));
  if (unknown.length) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(BUILDERS).join(', ')}`);
  for (const { part, folder, fresh, ms } of await prepare(parts.length ? parts : undefined)) {
    console.log(`${part.padEnd(9)} ${(fresh ? `${(ms / 1000).toFixed(1)} s` : 'was ready').padEnd(10)} ${folder}`);
  }
  console.log(`ready in ${((Date.now() - started) / 1000).toFixed(1)} s, in ${cacheRoot()}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(`the tools could not be prepared: ${error.message}`);
    process.exitCode = 1;
  });
}
