/** tslab's real kernel over ZeroMQ. */
import path from 'node:path';
import { NoAnswerError } from '../jupyter/client.js';
import { Kernel } from '../jupyter/kernel.js';
import { LostMessageError, type Subject } from './subject.js';

/** Far more than any cell of the bench takes. */
const LOST_AFTER_MS = 10_000;

export function tslab(root: string, cwd: string): Subject {
  const argv = [process.execPath, path.join(root, 'node_modules', 'tslab', 'bin', 'tslab'), 'kernel', '--config-path', '{connection_file}'];
  return {
    name: 'tslab 1.0.22',
    importRuntime: undefined,
    async start() {
      const kernel = await Kernel.start({ argv, env: {} }, cwd);
      let joined: Promise<void> | undefined;
      return {
        async run(code) {
          await (joined ??= kernel.client.join());
          await kernel.client.run(code, { timeoutMs: LOST_AFTER_MS }).catch((error: unknown) => {
            throw error instanceof NoAnswerError ? new LostMessageError(error.message) : error;
          });
        },
        stop: () => kernel.stop(),
      };
    },
  };
}
