/**
 * Loads the compiler with V8's cached data: 70 ms instead of 200.
 *
 * The data is made at the first start on a machine and kept in the user's cache folder, keyed by what it depends on.
 * It is never shipped: V8 refuses data of another version or processor.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import type TS from 'typescript';

export type TypeScript = typeof TS;

export interface LoadedTypeScript {
  readonly typescript: TypeScript;
  /** Writes the cached data unless it is there. Best when the compiler has run: the data holds the functions in use. */
  saveCache(): void;
}

/** @param use what it is loaded for: each use has its own cache, which holds the functions that it runs */
export function loadTypeScript(file: string, use = 'compiler'): LoadedTypeScript {
  const source = fs.readFileSync(file, 'utf8');
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const cacheFile = cachePath(file, source.length, use);
  const cachedData = readIfThere(cacheFile);
  const script = new vm.Script(wrapped, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  // SAFETY: the file is the compiler, which fills it below.
  const module = { exports: {} as TypeScript };
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new Error(`${file} is not a CommonJS module`);
  Reflect.apply(run, undefined, [module.exports, createRequire(file), module, file, path.dirname(file)]);
  let saved = cachedData !== undefined && script.cachedDataRejected !== true;
  const saveCache = (): void => {
    if (!saved) writeQuietly(cacheFile, () => script.createCachedData());
    saved = true;
  };
  return { typescript: module.exports, saveCache };
}

function cachePath(file: string, size: number, use: string): string {
  const home = process.env['XDG_CACHE_HOME'] ?? process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), '.cache');
  const modified = fs.statSync(file).mtimeMs;
  const key = [use, file, size, modified, process.versions.v8, process.arch, os.cpus()[0]?.model ?? ''].join('|');
  return path.join(home, 'patchbay', `typescript-${createHash('sha256').update(key).digest('hex').slice(0, 16)}.bin`);
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Of older compilers and Nodes: the newest are kept. */
function sweep(folder: string): void {
  const files = fs.readdirSync(folder).filter((name) => /^typescript-[0-9a-f]{16}\.bin$/.test(name)).map((name) => path.join(folder, name));
  const byAge = files.map((name) => ({ name, modified: fs.statSync(name).mtimeMs })).sort((a, b) => b.modified - a.modified);
  for (const { name } of byAge.slice(KEPT_CACHES)) fs.rmSync(name, { force: true });
}

const KEPT_CACHES = 8;

/** A cache that cannot be written costs 130 ms at the next start and nothing else. */
function writeQuietly(file: string, make: () => Buffer): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    fs.writeFileSync(temporary, make());
    fs.renameSync(temporary, file);
    sweep(path.dirname(file));
  } catch {
    // see above
  }
}
