// Packs the extension with Visual Studio Code's own packager.
import fs from 'node:fs/promises';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { binary, root } from '../lib/setup.mjs';
import { run } from '../lib/run.mjs';

/** Above this the extension takes noticeably long to install; something that does not belong there got in. */
export const MAX_VSIX_BYTES = 10 * 1024 * 1024;

/** VS Code's TypeScript server loads a plugin from node_modules of the extension, and the packager leaves that folder out. */
async function addPlugin(vsix) {
  const name = 'node_modules/patchbay-typescript-plugin/index.js';
  const entries = unzipSync(await fs.readFile(vsix));
  entries[`extension/${name}`] = await fs.readFile(path.join(root, name));
  await fs.writeFile(vsix, zipSync(entries));
}

/** The bundles must be built. Resolves to `{ file, bytes, listing }`. */
export async function packExtension(folder = path.join(root, 'dist')) {
  const { name, version } = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(folder, `${name}-${version}.vsix`);
  // Everything is bundled, so no dependency is packed; README pictures ship inside, so no link is rewritten.
  const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const listing = await run(process.execPath, [await binary('@vscode/vsce', 'vsce'), 'package', ...flags, '--out', file], { cwd: root });
  await addPlugin(file);
  const { size: bytes } = await fs.stat(file);
  if (bytes > MAX_VSIX_BYTES) throw new Error(`${file} has ${(bytes / 2 ** 20).toFixed(1)} MB, more than ${MAX_VSIX_BYTES / 2 ** 20}:\n${listing}`);
  return { file, bytes, listing };
}
