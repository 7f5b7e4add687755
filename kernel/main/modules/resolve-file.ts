import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Extensions that the kernel runs itself, in the order in which an import without one tries them. */
const OURS = ['.ts', '.mts', '.tsx', '.cts'];
const NODES = ['.js', '.mjs', '.cjs', '.json', '.node'];

export type ResolvedFile = { readonly kind: 'typescript' | 'json' | 'node'; readonly path: string };

/** True for `./a`, `../a`, `/a`, `C:\a` and `file:` addresses. */
export const isFileSpecifier = (specifier: string): boolean =>
  /^\.{1,2}(\/|\\|$)/.test(specifier) || specifier.startsWith('file:') || path.isAbsolute(specifier);

/**
 * The file that a relative import means: as written; with an extension added; `x.js` may mean `x.ts`; a folder's index.
 *
 * @throws Error with code ERR_MODULE_NOT_FOUND that names what was tried
 */
export function resolveFile(specifier: string, folder: string): ResolvedFile {
  const base = specifier.startsWith('file:') ? fileURLToPath(specifier) : path.resolve(folder, specifier);
  const candidates = [
    base,
    ...[...OURS, ...NODES].map((extension) => base + extension),
    ...(/\.[cm]?jsx?$/.test(base) ? [base.replace(/\.([cm]?)jsx?$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')] : []),
    ...[...OURS, ...NODES].map((extension) => path.join(base, `index${extension}`)),
  ];
  const found = candidates.find(isFile);
  if (found === undefined) {
    throw Object.assign(new Error(`Cannot find '${specifier}' from the folder ${folder}: there is no file ${base}, nor one with ${[...OURS, '.js', '.json'].join(', ')} added`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  }
  const extension = path.extname(found);
  return { kind: OURS.includes(extension) ? 'typescript' : extension === '.json' ? 'json' : 'node', path: found };
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
