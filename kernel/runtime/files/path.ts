import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgumentError } from '../argument-error.js';
import { currentHost } from '../display/host.js';

/** The folder that relative paths start at: the notebook's, in a plain script the working directory. */
export const baseFolder = (): string => currentHost()?.notebookFolder ?? process.cwd();

/** @throws ArgumentError unless it is a path or a `file:` URL */
export function checkPath(argument: string, file: unknown): string {
  if (file instanceof URL) return fileURLToPath(file);
  if (typeof file === 'string' && file !== '') return file.startsWith('file://') ? fileURLToPath(file) : file;
  throw new ArgumentError(argument, file, 'a path, such as "mask.npz"');
}

/** Absolute. */
export const resolvePath = (file: string): string => path.resolve(baseFolder(), file);
