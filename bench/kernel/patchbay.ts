/** Our kernel, over the pipe that VS Code and `patchbay run` use. */
import path from 'node:path';
import { KernelProcess } from '../../kernel/client/kernel-process.js';
import { parentId } from '../../kernel/protocol/compose.js';
import type { Subject } from './subject.js';

export function patchbay(root: string, cwd: string): Subject {
  return {
    name: 'Patchbay',
    importRuntime: "import { Mask, maskedDense, tf } from 'patchbay';",
    async start() {
      const kernel = KernelProcess.start({
        node: { path: process.execPath, args: [], env: {}, label: `Node ${process.versions.node}` },
        kernelFile: path.join(root, 'dist', 'kernel', 'main.js'),
        cwd,
      });
      await kernel.ready;
      const idle = new Map<string, () => void>();
      kernel.onMessage((message) => {
        if (message.header.msg_type !== 'status' || message.content['execution_state'] !== 'idle') return;
        const id = parentId(message);
        if (id !== undefined) idle.get(id)?.();
      });
      return {
        async run(code) {
          const { msgId, reply } = kernel.execute({ code });
          const idleSeen = new Promise<void>((resolve) => idle.set(msgId, resolve));
          const { content } = await reply;
          if (content.status !== 'ok') throw new Error(`Patchbay: ${JSON.stringify(content)} for ${code.slice(0, 200)}`);
          await idleSeen;
          idle.delete(msgId);
        },
        async stop() {
          await kernel.shutdown();
        },
      };
    },
  };
}
