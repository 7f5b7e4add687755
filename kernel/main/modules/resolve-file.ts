import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Extensions of source that the kernel compiles, in the order in which an import without one tries them. */
const SOURCES = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs'];
const OTHERS = ['.cjs', '.json', '.node', '.wasm'];
const ALL = [...SOURCES, ...OTHERS];

/** `source` is compiled by the kernel, unless a `.js` turns out to be CommonJS. */
export type FileKind = 'source' | 'commonJs' | 'json' | 'addon' | 'wasm';

export interface ResolvedFile {
  readonly kind: FileKind;
  readonly path: string;
}

/** True for `./a`, `../a`, `/a`, `C:\a` and `file:` addresses. */
export const isFileSpecifier = (specifier: string): boolean =>
  /^\.{1,2}(\/|\\|$)/.test(specifier) || specifier.startsWith('file:') || path.isAbsolute(specifier);

/**
 * The file that a relative import means: as written; with an extension added; `x.js` may mean `x.ts`; a folder's index.
 *
 * @throws Error with code ERR_MODULE_NOT_FOUND that names what was tried
 */
export function resolveFile(specifier: string, folder: string): ResolvedFile {
  // A query makes a new module in Node; here files are read anew anyway.
  const base = specifier.startsWith('file:') ? fileURLToPath(specifier) : path.resolve(folder, specifier.replace(/[?#].*$/, ''));
  const found = findFile(base) ?? (specifier.startsWith('file:') ? undefined : findFile(path.resolve(folder, specifier)));
  if (found === undefined) {
    throw Object.assign(new Error(`Cannot find '${specifier}' from the folder ${folder}: there is no file ${base}, nor one with ${[...SOURCES, '.json'].join(', ')} added`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  }
  return found;
}

/** The file that a path without or with its extension means, if there is one. */
export function findFile(base: string): ResolvedFile | undefined {
  const candidates = [
    base,
    ...ALL.map((extension) => base + extension),
    ...(/\.[cm]?jsx?$/.test(base) ? [base.replace(/\.([cm]?)jsx?$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')] : []),
    ...ALL.map((extension) => path.join(base, `index${extension}`)),
  ];
  const found = candidates.find(isFile);
  return found === undefined ? undefined : { kind: kindOf(path.extname(found)), path: found };
}

function kindOf(extension: string): FileKind {
  if (extension === '.json') return 'json';
  if (extension === '.wasm') return 'wasm';
  if (extension === '.node') return 'addon';
  return SOURCES.includes(extension) ? 'source' : 'commonJs';
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
