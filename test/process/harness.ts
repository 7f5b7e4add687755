/** A real kernel process for tests: run a cell, get all that it showed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { KernelProcess } from '../../kernel/client/kernel-process.js';
import { parentId } from '../../kernel/protocol/compose.js';
import type { ExecuteReply, ExecuteRequest, Message } from '../../kernel/protocol/messages.js';

export const KERNEL_FILE = path.resolve('dist/kernel/main.js');

export interface TestNode {
  readonly label: string;
  readonly path: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly kernelNodes: readonly TestNode[];
  }
}

/** The Nodes that the kernel must run on; see global-setup.mjs. */
export const NODES = inject('kernelNodes');

export interface CellRun {
  readonly reply: ExecuteReply;
  readonly messages: readonly Message[];
  readonly stdout: string;
  readonly stderr: string;
  /** text/plain of the result; undefined when the cell has none. */
  readonly result: string | undefined;
  readonly displays: readonly Record<string, unknown>[];
  /** Message types in order. */
  readonly types: readonly string[];
  readonly ms: number;
}

export class TestKernel {
  readonly folder: string;
  readonly process: KernelProcess;
  readonly messages: Message[] = [];
  readonly log: string[] = [];
  readonly #byParent = new Map<string, Message[]>();

  constructor(node = process.execPath, files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) {
    this.folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-test-')));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    this.process = KernelProcess.start({ node: { path: node, args, env, label: 'Node' }, kernelFile: KERNEL_FILE, cwd: this.folder, onLog: (line) => this.log.push(line) });
    this.process.onMessage((message) => {
      this.messages.push(message);
      const parent = parentId(message) ?? '';
      const known = this.#byParent.get(parent);
      if (known === undefined) this.#byParent.set(parent, [message]);
      else known.push(message);
    });
  }

  /** @param time its time of change in seconds: two writes within one tick of the clock look the same */
  write(name: string, text: string, time?: number): void {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    if (time !== undefined) fs.utimesSync(file, time, time);
  }

  /** Sends a cell; resolves when the kernel is idle again. */
  async run(code: string, more: Partial<ExecuteRequest> = {}): Promise<CellRun> {
    const started = performance.now();
    const { msgId, reply } = this.process.execute({ code, ...more });
    const { content } = await reply;
    await this.until(() => this.of(msgId).some(({ header, content: status }) => header.msg_type === 'status' && status['execution_state'] === 'idle'), `idle after ${code}`);
    return this.#collect(msgId, content, performance.now() - started);
  }

  /** The value's text. Fails with the cell's error. */
  async value(code: string): Promise<string | undefined> {
    const { reply, result } = await this.run(code);
    if (reply.status === 'error') throw new Error(reply.traceback.join('\n'));
    return result;
  }

  /** What came for a request so far; asked again and again while thousands of lines come. */
  of(msgId: string): readonly Message[] {
    return this.#byParent.get(msgId) ?? [];
  }

  collect(msgId: string, reply: ExecuteReply): CellRun {
    return this.#collect(msgId, reply, 0);
  }

  async until(condition: () => boolean, what: string, ms = 10_000): Promise<void> {
    const end = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`waited ${ms} ms for ${what}; log: ${this.log.join(' / ')}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Waits until a cell has printed the text: so far it has come, however slow the machine is. */
  untilPrinted(text: string): Promise<void> {
    return this.until(() => this.messages.some(({ content }) => typeof content['text'] === 'string' && content['text'].includes(text)), `"${text}"`);
  }

  async stop(): Promise<void> {
    await this.process.shutdown();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  #collect(msgId: string, reply: ExecuteReply, ms: number): CellRun {
    const messages = this.of(msgId);
    const stream = (name: string): string => messages.filter((message) => message.header.msg_type === 'stream' && message.content['name'] === name).map((message) => message.content['text']).join('');
    const data = (type: string): Record<string, unknown>[] => messages.filter(({ header }) => header.msg_type === type).map(({ content }) => content['data'] as Record<string, unknown>);
    const result = data('execute_result')[0]?.['text/plain'];
    return { reply, messages, stdout: stream('stdout'), stderr: stream('stderr'), result: typeof result === 'string' ? result : undefined, displays: data('display_data'), types: messages.map(({ header }) => header.msg_type), ms };
  }
}
