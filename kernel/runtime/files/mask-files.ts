/** Mask files on disk; what is in them is kernel/model/files' business. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readMaskFile } from '../../model/files/read-mask-file.js';
import { maskFilePieces } from '../../model/files/write-mask-file.js';
import type { MaskData } from '../../model/mask-data.js';
import { baseFolder, checkPath, resolvePath } from './path.js';
import { writePiecesAtomically } from '../../picture/write-pieces.js';

/**
 * @param file relative paths start at the notebook's folder
 * @throws Error that names the file when it cannot be read, MaskFileError that says where in it something is wrong
 */
export async function loadMaskFile(file: string | URL): Promise<MaskData> {
  const name = checkPath('Mask.load: path', file);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = await read(name);
  // With the first file: the library makes tables when it is loaded.
  const { unzip } = await import('./zip.js');
  return readMaskFile(name, bytes, { decodeText: (part) => decoder.decode(part), unzip });
}

async function read(name: string): Promise<Uint8Array> {
  try {
    return await readFile(resolvePath(name));
  } catch (error) {
    throw new Error(`Mask.load: ${name} cannot be read: ${reason(error)}${where(name)}`, { cause: error });
  }
}

/**
 * Writes to a temporary name, syncs, renames: a file of that name is replaced as a whole or stays as it was.
 *
 * @throws MaskFileError for an unknown extension or a mask too large for the format, Error that names the file when it cannot be written
 */
export async function saveMaskFile(file: string | URL, mask: MaskData): Promise<void> {
  const name = checkPath('Mask.save: path', file);
  const { zip } = await import('./zip.js');
  const pieces = maskFilePieces(name, mask, zip);
  try {
    await writePiecesAtomically(resolvePath(name), pieces);
  } catch (error) {
    throw new Error(`Mask.save: ${name} cannot be written: ${reason(error)}${where(name)}`, { cause: error });
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
};

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && typeof error.code === 'string' ? WORDS[error.code] : undefined) ?? error.message;
}

const where = (name: string): string => (path.isAbsolute(name) ? '' : ` (looked for from ${baseFolder()})`);
