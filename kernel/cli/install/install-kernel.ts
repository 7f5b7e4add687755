import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { NODE_FLAGS } from '../../client/kernel-process.js';
import { VERSION } from '../../protocol/version.js';
import { InstallError } from './errors.js';
import { copyKernel } from './kernel-files.js';
import { KERNEL_NAME, kernelJson } from './kernel-json.js';
import { startScript } from './start-script.js';

export interface InstallOptions {
  /** dist/, with kernel/ and kernelspec/ */
  readonly distFolder: string;
  /** Jupyter's data folder: the kernelspec becomes `<it>/kernels/patchbay`. */
  readonly dataFolder: string;
  /** The Node that runs the kernel. */
  readonly node: string;
}

/** Writes the kernelspec beside the one that is there, and puts it in its place when it is whole. Returns its folder. @throws InstallError */
export function installKernel({ distFolder, dataFolder, node }: InstallOptions): string {
  const kernels = path.join(path.resolve(dataFolder), 'kernels');
  const target = path.join(kernels, KERNEL_NAME);
  const made = writable(kernels, () => {
    fs.mkdirSync(kernels, { recursive: true });
    return fs.mkdtempSync(path.join(kernels, `.${KERNEL_NAME}-`));
  });
  try {
    writable(kernels, () => {
      fs.chmodSync(made, 0o755);
      copyKernel(distFolder, made);
      const command = startCommand(target, made, node);
      const content = kernelJson({ command, version: VERSION, packageFolder: path.dirname(distFolder) });
      fs.writeFileSync(path.join(made, 'kernel.json'), `${JSON.stringify(content, null, 2)}\n`);
    });
    checkZeroMq(node, path.join(made, 'kernel', 'control.js'));
    writable(kernels, () => replace(target, made));
  } finally {
    fs.rmSync(made, { recursive: true, force: true });
  }
  return target;
}

/** Returns the folder that was removed; undefined when there was none. @throws InstallError */
export function removeKernel(dataFolder: string): string | undefined {
  const target = path.join(path.resolve(dataFolder), 'kernels', KERNEL_NAME);
  if (!fs.existsSync(target)) return undefined;
  writable(path.dirname(target), () => fs.rmSync(target, { recursive: true }));
  return target;
}

/** @param made where `target` is written before it takes its place */
function startCommand(target: string, made: string, node: string): string[] {
  const kernelFile = path.join(target, 'kernel', 'main.js');
  if (process.platform === 'win32') return [node, ...NODE_FLAGS, kernelFile];
  fs.writeFileSync(path.join(made, 'start.sh'), startScript(node, NODE_FLAGS, kernelFile), { mode: 0o755 });
  return ['/bin/sh', path.join(target, 'start.sh')];
}

function checkZeroMq(node: string, from: string): void {
  const script = `require('node:module').createRequire(${JSON.stringify(from)})('zeromq')`;
  const { status, stderr, error } = spawnSync(node, ['-e', script], { encoding: 'utf8', timeout: 30_000 });
  if (status === 0) return;
  const reason = error?.message ?? stderr.split('\n').findLast((line) => /error/i.test(line)) ?? stderr.trim();
  throw new InstallError(
    `zeromq, over which a kernel speaks to Jupyter, does not load in ${node} on ${process.platform} ${process.arch}: ${reason}\n` +
      'Run `npm install -g patchbay --include=optional --foreground-scripts` to see why it could not be made, or name another Node: patchbay install --node /path/to/node',
  );
}

function replace(target: string, made: string): void {
  const old = `${made}-old`;
  const isThere = fs.lstatSync(target, { throwIfNoEntry: false }) !== undefined;
  if (isThere) fs.renameSync(target, old);
  try {
    fs.renameSync(made, target);
  } catch (error) {
    if (isThere) fs.renameSync(old, target);
    throw error;
  }
  if (isThere) fs.rmSync(old, { recursive: true, force: true });
}

function writable<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InstallError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InstallError(`The kernel cannot be written to ${folder}: ${reason}\nWithout options it goes to your own Jupyter folder; --prefix names another place.`);
  }
}
