// The cache folder of tools that are too large for the project's node_modules, and how one of them gets there.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { npm } from '../lib/npm.mjs';
import { run } from '../lib/run.mjs';
import { PACKAGES } from './packages.mjs';

/** Raised when a part is prepared in another way, so that an older cache is not taken for it. */
const RECIPE = 1;
const MARKER = '.ready.json';
/** Half-made folders of runs that were killed; a preparation takes under a minute. */
const STALE_MS = 24 * 3600 * 1000;

export function cacheRoot(env = process.env) {
  if (env.PATCHBAY_CACHE) return path.resolve(env.PATCHBAY_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'patchbay');
}

/** The folder of one part. It exists only when it is complete: it comes into being by a rename. */
export const partFolder = (part) => path.join(cacheRoot(), `${part}-${PACKAGES[part].version}-r${RECIPE}`);

const isReady = (part) =>
  fs.access(path.join(partFolder(part), MARKER)).then(
    () => true,
    () => false,
  );

/** Downloads the tarball of a pinned package, checks it, and unpacks `members` of it. Resolves to the folder `package`. */
export async function unpack(part, into, members = ['package']) {
  const { name, version, sha512 } = PACKAGES[part];
  await npm(['pack', `${name}@${version}`, '--pack-destination', into], into);
  const tarball = (await fs.readdir(into)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${name}@${version} left no tarball`);
  const file = path.join(into, tarball);
  const found = createHash('sha512').update(await fs.readFile(file)).digest('base64');
  if (found !== sha512) throw new Error(`${name}@${version}: the tarball's sha512 is ${found}, expected ${sha512}`);
  await run('tar', ['xzf', file, '-C', into, '--no-same-owner', ...members]);
  await fs.rm(file);
  return path.join(into, 'package');
}

async function sweep() {
  for (const name of await fs.readdir(cacheRoot())) {
    if (!name.startsWith('.tmp-')) continue;
    const folder = path.join(cacheRoot(), name);
    const age = await fs.stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_MS) await fs.rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes one part ready: `build(temporaryFolder)` resolves to the folder that becomes the part. Two runs may do so at the
 * same time: the first rename wins, the other throws its own copy away. Resolves to `{ part, folder, fresh, ms }`.
 */
export async function preparePart(part, build) {
  const folder = partFolder(part);
  if (await isReady(part)) return { part, folder, fresh: false, ms: 0 };
  const started = Date.now();
  await fs.mkdir(cacheRoot(), { recursive: true });
  await sweep();
  const temporary = await fs.mkdtemp(path.join(cacheRoot(), `.tmp-${part}-`));
  try {
    const built = await build(temporary);
    await fs.writeFile(path.join(built, MARKER), JSON.stringify({ part, ...PACKAGES[part] }));
    await fs.rename(built, folder).catch(async (error) => {
      if (!(await isReady(part))) throw error;
    });
    return { part, folder, fresh: true, ms: Date.now() - started };
  } finally {
    await fs.rm(temporary, { recursive: true, force: true });
  }
}
