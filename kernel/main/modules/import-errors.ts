import type { Attributes } from './file-modules.js';
import type { ResolvedFile } from './resolve-file.js';

/** A package that is not there: which one, where it was looked for, and what to do. */
export function explained(error: unknown, specifier: string, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? specifier);
  const isMissing = (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') && error.message.includes(`'${name}`);
  // A file that is missing inside a package that is there is told in Node's words.
  if (!isMissing || /imported from .*node_modules|\/node_modules\/.*' imported/.test(error.message)) return error;
  const found = new Error(`Cannot find package '${name}' from the folder ${folder}. Is the name right? Install it there with: npm install ${name}, or in a cell: import { install } from 'patchbay'; await install('${name}')`);
  // Not enumerable: the message says it in words.
  return Object.defineProperty(found, 'code', { value: error.code });
}

/** `with { type: 'json' }` says what a file must be. @throws TypeError in Node's words */
export function refuseAttributes(attributes: Attributes | undefined, { path, kind }: ResolvedFile): void {
  const type = attributes?.['type'];
  if (type === undefined) return;
  if (type !== 'json') throw new TypeError(`Import attribute "type" with value "${type}" is not supported`);
  if (kind !== 'json') throw new TypeError(`Module "${path}" is not of type "json"`);
}
