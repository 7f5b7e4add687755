/** Notebooks run by `patchbay run`, for tests that begin with saved outputs. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { environment } from './environment.js';

/** The text of the notebook with its outputs. Rejects when a cell fails. */
export async function runHeadlessly(notebook: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-headless-'));
  try {
    const [input, output] = [path.join(folder, 'in.ipynb'), path.join(folder, 'out.ipynb')];
    await fs.writeFile(input, notebook);
    await promisify(execFile)(process.execPath, [path.join(environment().root, 'dist', 'cli.js'), 'run', input, '-o', output]);
    return await fs.readFile(output, 'utf8');
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
