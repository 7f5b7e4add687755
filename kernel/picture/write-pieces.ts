/** A file that is either whole or not there, written piece by piece: no more than one piece is in memory. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';

/** Writes to a temporary name beside the file, with the rights that the file had, syncs, renames. Rejects with Node's error, or with what `pieces` throws. */
export async function writePiecesAtomically(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const mode = await stat(file).then(
      (found) => found.mode,
      () => undefined,
    );
    const handle = await open(temporary, 'wx', mode);
    try {
      // writeFile, unlike write, ends when every byte is on its way; a handle goes on where it was.
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
