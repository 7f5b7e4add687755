import { zipSync } from 'fflate';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { rasterize } from '../../kernel/picture/rasterizer-thread.js';
import { writePiecesAtomically } from '../../kernel/picture/write-pieces.js';
import { MaskFileError } from '../../kernel/model/files/mask-file-error.js';
import { PatchbayError, patchbayError, reasonOf } from '../errors/catalogue.js';
import { folderOf, nameOf } from '../places/uri.js';
import { titleOf, type LookSource } from './look-source.js';
import type { PanelState } from './panel-state.js';
import { SAVE_FILTERS, savedLook } from './saved-look.js';

/** Asks where to, and writes what the panel shows: the file is there as a whole, or as it was. */
export async function savePanel(source: LookSource, { look }: PanelState): Promise<void> {
  if (look === undefined) return;
  const target = await vscode.window.showSaveDialog({ title: 'Save Mask As', filters: { ...SAVE_FILTERS }, defaultUri: suggestion(source) });
  if (target === undefined) return;
  const name = vscode.workspace.asRelativePath(target);
  try {
    await write(target, await savedLook(name, titleOf(source), look.matrix, { rasterize, zip: (files) => zipSync(files) }));
  } catch (error) {
    throw error instanceof PatchbayError || error instanceof MaskFileError ? error : patchbayError('notSaved', name, reasonOf(error).replace(/\.$/, ''));
  }
  void vscode.window.setStatusBarMessage(`Saved ${name}`, 5_000);
}

/** Beside the file or the notebook, under the name of what is shown. */
function suggestion(source: LookSource): vscode.Uri {
  const near = vscode.Uri.parse(source.kind === 'file' ? source.uri : source.notebook);
  const stem = source.kind === 'file' ? nameOf(near).replace(/\.[^.]*$/, '') : source.expression.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 40);
  const folder = folderOf(near);
  const file = `${stem === '' ? 'mask' : stem}.png`;
  return folder === undefined ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder, file);
}

async function write(target: vscode.Uri, pieces: Iterable<string | Uint8Array>): Promise<void> {
  if (target.scheme === 'file') return writePiecesAtomically(target.fsPath, pieces);
  const { fs } = vscode.workspace;
  const temporary = target.with({ path: `${target.path}.${randomBytes(4).toString('hex')}.tmp` });
  await fs.writeFile(temporary, Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece))));
  await fs.rename(temporary, target, { overwrite: true });
}
