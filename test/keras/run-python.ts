import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder.
 *
 * @param input what it reads
 * @returns what it wrote to its standard output; rejects with the end of its errors when it fails
 */
export function runPython(python: string, script: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL(script, import.meta.url));
    const child = execFile(python, [file, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr.slice(-3000)}`));
      else resolve(stdout);
    });
    child.stdin?.end(input);
  });
}
