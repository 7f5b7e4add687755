import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KernelProcess } from '../../client/kernel-process.js';
import { InstallError } from './errors.js';

/** The compiler compiles for itself meanwhile; the data is best when it has. Both threads write theirs a second after their start. */
const WARM_UP_MS = 1_200;

/**
 * Runs one cell in the kernel that was installed. It proves that this Node runs it, and leaves V8's cached data of the
 * compiler, without which a first start takes a quarter of a second longer. @throws InstallError with the kernel's own words
 */
export async function startOnce(folder: string, node: string): Promise<void> {
  const kernel = KernelProcess.start({ node: { path: node, args: [], env: {}, label: 'Node' }, kernelFile: path.join(folder, 'kernel', 'main.js'), cwd: os.tmpdir() });
  try {
    await kernel.ready;
    const { content } = await kernel.execute({ code: '1 + 1', silent: true }).reply;
    await sleep(WARM_UP_MS);
    if (content.status !== 'ok') throw new Error(content.status === 'error' ? content.evalue : 'its first cell did not run');
  } catch (error) {
    throw new InstallError(`The kernel was written to ${folder}, but it does not run: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await kernel.shutdown();
  }
}
