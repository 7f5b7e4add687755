/** Notebook folders with a tfjs-node of their own, whole or damaged. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tfjsNodeHome, WITHOUT_TFJS_NODE } from './available.mjs';

/** Files that are linked where the file system can, since the library has 400 MB. */
function linkTree(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else {
      try {
        fs.linkSync(source, target);
      } catch {
        fs.copyFileSync(source, target);
      }
    }
  }
}

/** Looked for before a test hides it. */
const home = tfjsNodeHome();

/** `node_modules` with a copy of the package, and links to what it needs. */
export function addTfjsNode(folder: string): { readonly home: string; readonly libraries: string } {
  if (home === undefined) throw new Error(WITHOUT_TFJS_NODE);
  const modules = path.resolve(home, '../..');
  const copy = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  linkTree(home, copy);
  for (const name of fs.readdirSync(modules)) {
    if (!name.startsWith('.') && name !== '@tensorflow') fs.symlinkSync(path.join(modules, name), path.join(folder, 'node_modules', name));
  }
  return { home: copy, libraries: path.join(copy, 'deps', 'lib') };
}

/** An empty cache folder: as on a machine where nothing was set up. */
export const emptyCache = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-cache-'));
