/** Where a saved model lies: a folder with `model.json` and `weights.bin`, or `name.json` with `name.bin` beside it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgumentError } from '../argument-error.js';
import { resolvePath } from '../files/path.js';

export interface ModelPlace {
  readonly kind: 'folder' | 'file';
  /** What the user named, absolute: the folder, or the `.json` file. */
  readonly target: string;
  readonly json: string;
  /** Where the weights go when the model is written; a model that is read names its own. */
  readonly bin: string;
}

export const SCHEME = 'file://';

/**
 * The path that a URL means. As in tfjs-node what follows `file://` is the path, relative or not; the form with three slashes,
 * which `pathToFileURL` writes, may be percent-encoded.
 */
export function pathOfUrl(url: string): string {
  const rest = url.slice(SCHEME.length);
  if (!rest.startsWith('/')) return rest;
  let decoded = rest;
  try {
    decoded = decodeURIComponent(rest);
  } catch {
    // A lone % is part of a name.
  }
  return /^\/[A-Za-z]:[\\/]/.test(decoded) ? decoded.slice(1) : decoded;
}

/** An absolute path, of a path or a file URL; a relative one starts at the notebook's folder, in a plain script at the working directory. */
export function absolutePath(argument: string, given: unknown): string {
  if (given instanceof URL && given.protocol === 'file:') return fileURLToPath(given);
  if (typeof given !== 'string' || given === '') throw new ArgumentError(argument, given, 'a path');
  return resolvePath(given.startsWith(SCHEME) ? pathOfUrl(given) : given);
}

/**
 * @param argument names the argument in errors
 * @throws ArgumentError for an extension that is not `.json`; `runs/v1.5` is a folder
 */
export function modelPlace(argument: string, given: unknown): ModelPlace {
  const target = absolutePath(argument, given);
  const { dir, name, ext } = path.parse(target);
  if (ext.toLowerCase() === '.json') return { kind: 'file', target, json: target, bin: path.join(dir, `${name}.bin`) };
  if (ext !== '' && !/^\.\d+$/.test(ext)) {
    const keras = /^\.(keras|h5|hdf5)$/i.test(ext) ? 'Files of Keras: models.importKeras and models.exportKeras.' : undefined;
    throw new ArgumentError(argument, given, 'a folder (a path without extension) or a .json file', keras);
  }
  return { kind: 'folder', target, json: path.join(target, 'model.json'), bin: path.join(target, 'weights.bin') };
}
