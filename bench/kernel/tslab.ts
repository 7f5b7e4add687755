/** tslab's real kernel over ZeroMQ. */
import path from 'node:path';
import { startJupyterKernel } from './jupyter-client.js';
import type { Subject } from './subject.js';

export function tslab(root: string, cwd: string): Subject {
  const command = [process.execPath, path.join(root, 'node_modules', 'tslab', 'bin', 'tslab'), 'kernel', '--config-path', '{connection_file}'];
  return { name: 'tslab 1.0.22', importRuntime: undefined, start: () => startJupyterKernel(command, cwd) };
}
