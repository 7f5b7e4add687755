import fs from 'node:fs';

/** A line for whoever started the kernel. Past `process.stderr`: what goes through it is output of cells. */
export function log(line: string): void {
  try {
    fs.writeSync(2, `patchbay: ${line}\n`);
  } catch {
    // Nobody reads it any more.
  }
}
