import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { NODE_FLAGS } from '../client/kernel-process.js';
import { parseArguments, UsageError } from './arguments.js';

export const KERNEL_USAGE = 'patchbay kernel --connection-file file';

/**
 * A kernel for a Jupyter client that brings its own connection file; kernelspecs start the same process without this one.
 * Ends as the kernel ends. @throws UsageError
 */
export async function kernelCommand(args: readonly string[], kernelFile: string): Promise<number> {
  const { positional, values } = parseArguments(args, { values: { '--connection-file': '-f' }, flags: [] });
  const file = values['--connection-file']?.at(-1);
  if (file === undefined || positional.length > 0) throw new UsageError(`kernel takes a connection file: ${KERNEL_USAGE}`);
  if (!fs.existsSync(file)) throw new UsageError(`--connection-file ${file}: there is no such file; the Jupyter client that starts a kernel writes it`);
  // Named as the parent, this process takes the kernel with it when it is killed.
  const env = { ...process.env, JPY_PARENT_PID: process.env['JPY_PARENT_PID'] ?? String(process.pid) };
  const child = spawn(process.execPath, [...NODE_FLAGS, kernelFile, '--connection-file', path.resolve(file)], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
