/** TypeScript, loaded with V8's cached data: as a whole, or its parser alone, which takes a quarter of the time. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type TS from 'typescript';
import type { Parser, TypeScript as CompilerTypeScript } from '../compile/index.js';
import { loadCached } from '../start/cached-script.js';

export type TypeScript = typeof TS;

export interface Loaded<T> {
  /** Runs at the first look at it, which takes as long again as the load. */
  readonly exports: T;
  /** Writes the cached data unless it is there. Best when the code has run: the data holds the functions in use. */
  saveCache(): void;
}

/** @param use what it is loaded for: each use has its own cache, which holds the functions that it runs */
export function loadTypeScript(kernelFolder: string, use: string): Loaded<TypeScript> {
  const bundled = path.join(kernelFolder, 'typescript.js');
  const script = loadCached(fs.existsSync(bundled) ? bundled : createRequire(__filename).resolve('typescript'), use);
  return {
    get exports() {
      return script.run() as TypeScript; // SAFETY: the file is the compiler
    },
    saveCache: () => script.saveCache(),
  };
}

/** What compiles cells. The whole of TypeScript is loaded with the first cell whose types cannot be erased in place: an enum, JSX, decorators. */
export function loadCompilerTypeScript(kernelFolder: string, saveLater: (save: () => void) => void): Loaded<CompilerTypeScript> {
  const script = loadCached(path.join(kernelFolder, 'parser.js'), 'parser');
  saveLater(() => script.saveCache());
  let whole: Loaded<TypeScript> | undefined;
  const load = (): TypeScript => {
    if (whole === undefined) {
      const loaded = (whole = loadTypeScript(kernelFolder, 'transform'));
      saveLater(() => loaded.saveCache());
    }
    return whole.exports;
  };
  return {
    get exports(): CompilerTypeScript {
      const { parser } = script.run() as { parser: Parser }; // SAFETY: the bundle of kernel/compile/parser.ts
      return { ...parser, transpileModule: (input, options) => load().transpileModule(input, options) };
    },
    saveCache() {
      script.saveCache();
      whole?.saveCache();
    },
  };
}
