/** Where tfjs-node may be. */
import os from 'node:os';
import path from 'node:path';
import { tf } from './tfjs.js';

/** Of a process. Node's own type would make the shipped declarations need @types/node. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What `npm run setup:tfjs-node` makes, in the same place (scripts/tools/cache.mjs); it fits this tfjs only. */
export function preparedFolder(env: Environment = process.env): string {
  const cache = env['PATCHBAY_CACHE'] ? path.resolve(env['PATCHBAY_CACHE']) : path.join(env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'patchbay');
  return path.join(cache, `tfjs-node-${tf.version.tfjs}-r1`);
}

/** In the order in which they are tried: the notebook's own packages first. `PATCHBAY_PACKAGE` is the package that a kernel of Jupyter was installed from. */
export function nativeFolders(notebookFolder: string | undefined, env: Environment = process.env): string[] {
  const folders = [notebookFolder, process.cwd(), env['PATCHBAY_PACKAGE'], __dirname, preparedFolder(env)];
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}
