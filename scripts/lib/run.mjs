// Runs programs to their end, in silence unless they fail.
import { spawn } from 'node:child_process';
import path from 'node:path';

const TAIL_LINES = 15;

/**
 * Resolves to `{ code, signal, output, stdout }` whatever the exit code is; rejects when the program cannot be started.
 * `onOutput` gets both streams as they come.
 */
export function tryRun(command, args, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const output = [];
    const stdout = [];
    const take = (chunk) => {
      output.push(chunk);
      onOutput?.(chunk);
    };
    child.stdout?.on('data', (chunk) => {
      stdout.push(chunk);
      take(chunk);
    });
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, output: Buffer.concat(output).toString(), stdout: Buffer.concat(stdout).toString() }),
    );
  });
}

/** The standard output of a program that must succeed; rejects with its last lines otherwise. */
export async function run(command, args, options = {}) {
  const { code, signal, output, stdout } = await tryRun(command, args, options);
  if (code === 0) return stdout;
  const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n');
  throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}:\n${tail}`);
}
