import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments, UsageError } from './arguments.js';
import { InstallError } from './install/errors.js';
import { startOnce } from './install/start-once.js';
import { installKernel, removeKernel } from './install/install-kernel.js';
import { activeEnvironment, prefixDataFolder, userDataFolder } from './install/jupyter-folders.js';

export const INSTALL_USAGE = 'patchbay install [--user | --sys-prefix | --prefix folder] [--node path] [--remove]';

/** Makes the kernel known to Jupyter, or forgotten. Returns the exit code. @throws UsageError, InstallError */
export async function installCommand(args: readonly string[], distFolder: string): Promise<number> {
  const { positional, values, flags } = parseArguments(args, { values: { '--prefix': undefined, '--node': undefined }, flags: ['--user', '--sys-prefix', '--remove'] });
  if (positional.length > 0) throw new UsageError(`install takes no ${String(positional[0])}: ${INSTALL_USAGE}`);
  const prefix = values['--prefix']?.at(-1);
  if ([flags.has('--user'), flags.has('--sys-prefix'), prefix !== undefined].filter(Boolean).length > 1) throw new UsageError('--user, --sys-prefix and --prefix name three places; choose one');
  const dataFolder = chooseFolder(flags.has('--sys-prefix') ? pythonPrefix() : prefix);
  if (flags.has('--remove')) {
    const removed = removeKernel(dataFolder);
    process.stdout.write(removed === undefined ? `There is no kernel of Patchbay in ${dataFolder}.\n` : `Removed ${removed}\n`);
    return 0;
  }
  const node = values['--node']?.at(-1) ?? process.execPath;
  if (!fs.existsSync(node)) throw new UsageError(`--node ${node}: there is no such file`);
  const folder = installKernel({ distFolder, dataFolder, node: path.resolve(node) });
  await startOnce(folder, path.resolve(node));
  process.stdout.write(`Jupyter has the kernel "TypeScript (Patchbay)" now: ${folder}\nIt is a copy: run this again after an update of Patchbay. To remove it: patchbay install --remove\n`);
  return 0;
}

function chooseFolder(prefix: string | undefined): string {
  return prefix === undefined ? userDataFolder({ env: process.env, platform: process.platform, home: os.homedir() }) : prefixDataFolder(path.resolve(prefix));
}

/** `sys.prefix` of the Python that Jupyter is expected to run in. */
function pythonPrefix(): string {
  const active = activeEnvironment({ env: process.env, platform: process.platform, home: os.homedir() });
  if (active !== undefined) return active;
  for (const python of ['python3', 'python']) {
    const { status, stdout } = spawnSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' });
    if (status === 0 && stdout.trim() !== '') return stdout.trim();
  }
  throw new InstallError('--sys-prefix: no Python environment is active, and there is no python3 to ask. Activate the one that Jupyter is in, or name it: --prefix /path/to/environment');
}
