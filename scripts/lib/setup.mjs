// What a fresh clone lacks: its dependencies and its bundles.
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';
import { run } from './run.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Says in one sentence what to do on a Node that is too old, before anything else fails on it in a stranger way. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  console.error(`Patchbay needs Node 20.12 or newer, this is ${process.version}. Install a newer one from https://nodejs.org and try again.`);
  process.exit(1);
}

const readLock = (file) => fs.readFile(file, 'utf8').then((text) => JSON.parse(text).packages, () => undefined);

/** True when each package of the lock file is installed in its version; optional ones may be missing. */
async function dependenciesInstalled() {
  const wanted = await readLock(path.join(root, 'package-lock.json'));
  const installed = await readLock(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing: this is not a whole clone');
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([place, { version, optional, link }]) => place === '' || optional || link || installed[place]?.version === version);
}

/** Installs what the lock file says, when something is missing. Resolves to true when it had to. */
export async function ensureDependencies() {
  if (await dependenciesInstalled()) return false;
  await npm(['ci'], root);
  return true;
}

/** Builds every bundle. */
export const build = () => run(process.execPath, ['esbuild.mjs'], { cwd: root });

/** The program of an installed package, to be run by this Node: no shell and no `npx` in between. */
export async function binary(packageName, name = packageName) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
