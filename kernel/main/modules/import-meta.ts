import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nativeImportFrom } from './native-import.js';
import { isFileSpecifier } from './resolve-file.js';

type Resolve = (specifier: string, parent: string) => string;
let nativeResolve: Resolve | undefined;

/** Fetches Node's own `import.meta.resolve`, which code outside a module does not see. */
export async function prepareImportMeta(): Promise<void> {
  if (nativeResolve !== undefined) return;
  const { default: resolve } = await nativeImportFrom(process.cwd())('data:text/javascript,export default import.meta.resolve');
  // SAFETY: what the module above exports.
  nativeResolve = resolve as Resolve;
}

/**
 * `import.meta` of code in a file.
 *
 * @param mapped the file that `paths` of the `tsconfig.json` give for a specifier
 */
export function createImportMeta(file: string, mapped: (specifier: string) => string | undefined): ImportMeta {
  const url = pathToFileURL(file).href;
  const resolve = (specifier: string): string => {
    if (isFileSpecifier(specifier)) return path.isAbsolute(specifier) ? pathToFileURL(specifier).href : new URL(specifier, url).href;
    const own = mapped(specifier);
    return own === undefined ? resolvePackage(specifier, file, url) : pathToFileURL(own).href;
  };
  return { url, filename: file, dirname: path.dirname(file), resolve };
}

/** A Node that was started without `--experimental-import-meta-resolve` takes no parent: then as `require` resolves. */
function resolvePackage(specifier: string, file: string, url: string): string {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (nativeResolve !== undefined && process.execArgv.includes(META_RESOLVE_FLAG)) return nativeResolve(specifier, url);
  return pathToFileURL(createRequire(file).resolve(specifier)).href;
}

export const META_RESOLVE_FLAG = '--experimental-import-meta-resolve';
