/** The file behind a mask document: read and written as bytes. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { writePiecesAtomically } from '../../kernel/picture/write-pieces.js';
import { nameOf } from '../places/uri.js';

/** Larger files are no masks that a person edits. */
const MAX_BYTES = 1 << 29;

/** @throws Error when there is no such file, or it is too large */
export async function readBytes(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) throw new Error(`${nameOf(uri)} has ${Math.ceil(size / 2 ** 20)} MB, and masks of up to ${MAX_BYTES / 2 ** 20} MB are edited. Save it as .npz or .mtx, which hold connections only.`);
  return vscode.workspace.fs.readFile(uri);
}

/** Undefined when there is no such file. */
export const bytesIfThere = async (uri: vscode.Uri): Promise<Uint8Array | undefined> =>
  vscode.workspace.fs.readFile(uri).then(
    (bytes) => bytes,
    () => undefined,
  );

/** Whole or not at all: a temporary name, then a rename. A link keeps pointing to the file that is written. */
export async function writeBytes(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  if (uri.scheme !== 'file') return vscode.workspace.fs.writeFile(uri, bytes);
  const file = await realpath(uri.fsPath).catch(() => uri.fsPath);
  await writePiecesAtomically(file, [bytes]);
}

/** Tells two contents of a file apart. */
export const fingerprint = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
