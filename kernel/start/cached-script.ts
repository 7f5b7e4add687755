/**
 * Loads a bundle with V8's cached data: what V8 made of it in an earlier process, so that it is not parsed again.
 *
 * The data is made at the first start on a machine. An installed kernel keeps it in its own folder, others in the user's
 * cache folder. It is never shipped: V8 refuses data of another version, other flags or another processor.
 * A bundle has no `import()` of its own: on Node 20 cached data forgets which loader it would go to.
 * This file is on the way to the first answer of a kernel: it loads no module of Node's that is not loaded anyway.
 */
import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

export interface CachedScript {
  /** `module.exports` of the bundle; run at the first call. */
  run(): unknown;
  /** Writes the cached data unless it is there. Best when the code has run: the data holds the functions in use. */
  saveCache(): void;
}

/** Beside the bundles of an installed kernel, made by `patchbay install`. */
export const OWN_CACHE = 'cache';
/** Of compilers and Nodes that are no longer used, the newest stay: a start without costs a quarter of a second. */
const KEPT = 16;
const NAME = /^(v8-.*|typescript-[0-9a-f]{16})\.bin$/;

/** @param use what it is loaded for: each use has its own data, which holds the functions that it runs */
export function loadCached(file: string, use: string): CachedScript {
  const bytes = fs.readFileSync(file);
  const source = `(function (exports, require, module, __filename, __dirname) {${bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')}\n})`;
  const name = cacheName(file, source.length, use);
  const folders = cacheFolders(path.dirname(file), process.env);
  const cachedData = firstOf(folders, name);
  const script = new vm.Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  let isSaved = cachedData !== undefined && script.cachedDataRejected !== true;
  let module: { exports: unknown } | undefined;
  return {
    run() {
      if (module !== undefined) return module.exports;
      module = { exports: {} };
      const wrapper: unknown = script.runInThisContext();
      if (typeof wrapper !== 'function') throw new Error(`${file} is not a CommonJS module`);
      Reflect.apply(wrapper, undefined, [module.exports, createRequire(file), module, file, path.dirname(file)]);
      return module.exports;
    },
    saveCache() {
      if (!isSaved) write(folders, name, script.createCachedData());
      isSaved = true;
    },
  };
}

/** V8 itself looks only at the length of the source: the time of the last change tells apart what it cannot. */
function cacheName(file: string, size: number, use: string): string {
  return `v8-${use}-${process.versions.v8}-${process.arch}-${size}-${fs.statSync(file).mtimeMs.toString(36)}.bin`;
}

/** Where the data may lie, the best place first. The user's folder is that of the platform, and `~/.cache` where there is none. */
export function cacheFolders(bundles: string, env: NodeJS.ProcessEnv): string[] {
  const own = path.join(bundles, OWN_CACHE);
  const home = env['HOME'] ?? env['USERPROFILE'];
  const users = env['XDG_CACHE_HOME'] ?? env['LOCALAPPDATA'] ?? (home === undefined ? undefined : path.join(home, '.cache'));
  return [...(fs.existsSync(own) ? [own] : []), ...(users === undefined ? [] : [path.join(users, 'patchbay')])];
}

function firstOf(folders: readonly string[], name: string): Buffer | undefined {
  for (const folder of folders) {
    const file = path.join(folder, name);
    try {
      const data = fs.readFileSync(file);
      const now = new Date();
      if (folder !== folders[0] || folders.length === 1) fs.utimesSync(file, now, now); // what is used is kept
      return data;
    } catch {
      // The next, or none.
    }
  }
  return undefined;
}

/** Data that cannot be written costs time at the next start and nothing else. */
function write(folders: readonly string[], name: string, data: Buffer): void {
  for (const folder of folders) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      const temporary = path.join(folder, `${name}.${process.pid}.tmp`);
      fs.writeFileSync(temporary, data);
      fs.renameSync(temporary, path.join(folder, name));
      sweep(folder);
      return;
    } catch {
      // The next, or none.
    }
  }
}

function sweep(folder: string): void {
  const files = fs.readdirSync(folder).filter((name) => NAME.test(name)).map((name) => path.join(folder, name));
  const byAge = files.map((name) => ({ name, modified: fs.statSync(name).mtimeMs })).sort((a, b) => b.modified - a.modified);
  for (const { name } of byAge.slice(KEPT)) fs.rmSync(name, { force: true });
}
