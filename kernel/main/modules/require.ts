import { createRequire } from 'node:module';
import path from 'node:path';
import { isInPackage, type CommonJs } from './common-js.js';
import type { Namespace } from './namespace.js';
import { findFile, isFileSpecifier } from './resolve-file.js';

/**
 * `require` of code in a file: Node's own, but files of the user that changed are read anew, and the modules of this process
 * are found.
 *
 * @param own a module of this process, by its name
 */
export function requireFrom(file: string, commonJs: CommonJs, own: (specifier: string) => Namespace | undefined): NodeJS.Require {
  const native = createRequire(file);
  const load = (specifier: string): unknown => {
    const ours = own(specifier);
    if (ours !== undefined) return ours;
    if (!isFileSpecifier(specifier)) return native(specifier);
    const source = path.isAbsolute(specifier) ? specifier : path.resolve(path.dirname(file), specifier);
    const found = resolveOr(native, specifier) ?? findFile(source)?.path;
    if (found !== undefined && /\.[cm]?tsx?$/.test(found)) throw new Error(`require cannot load TypeScript: write import … from '${specifier}'`);
    return found === undefined || isInPackage(found) || !/\.(c?js|json)$/.test(found) ? native(specifier) : commonJs.load(found);
  };
  const { resolve, cache, extensions, main } = native;
  return Object.assign(load, { resolve, cache, extensions, main });
}

function resolveOr(native: NodeJS.Require, specifier: string): string | undefined {
  try {
    return native.resolve(specifier);
  } catch {
    return undefined;
  }
}
