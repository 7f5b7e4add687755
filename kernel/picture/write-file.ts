/** A file that is either whole or not there. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';

/** Writes to a temporary name beside the file, syncs, renames. Throws Node's error when the folder is missing or not writable. */
export function writeFileAtomically(file: string, data: string | Uint8Array): void {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = fs.openSync(temporary, 'wx');
    try {
      fs.writeFileSync(handle, data);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
