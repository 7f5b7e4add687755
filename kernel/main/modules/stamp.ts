import fs from 'node:fs';

/** Changes when the file changes: its time and size; `-` when it is not there. */
export function stampOf(file: string): string {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '-' : `${found.mtimeMs}:${found.size}`;
}
