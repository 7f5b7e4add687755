/**
 * One kernel process seen from outside: start, requests and their replies, interrupt, end.
 * The extension and `patchbay run` both speak to the kernel through this class.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { commContent, type CommMessage } from '../protocol/comm.js';
import { MessageComposer, parentId } from '../protocol/compose.js';
import { encodeFrame, FrameReader, type Utf8 } from '../protocol/frame.js';
import type { ChannelName, ExecuteReply, ExecuteRequest, Header, KernelInfoReply, Message } from '../protocol/messages.js';
import { KernelDiedError, KernelInterruptError, KernelStartError, KernelTimeoutError, lastWords, type KernelEnd } from './errors.js';
import { LineTail } from './line-tail.js';
import { PendingReplies } from './pending-replies.js';

export type { KernelEnd };

export interface NodeCommand {
  readonly path: string;
  readonly args: readonly string[];
  /** E.g. `ELECTRON_RUN_AS_NODE=1` when VS Code's own executable is the Node. */
  readonly env: Readonly<Record<string, string>>;
  readonly label: string;
}

export interface KernelOptions {
  readonly node: NodeCommand;
  /** dist/kernel/main.js */
  readonly kernelFile: string;
  /** The notebook's folder: relative imports and paths start here. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onLog?: (line: string) => void;
  readonly startTimeoutMs?: number;
}

/** A loop in a timer callback aborts a process that is interrupted in it, unless it runs with this. */
export const NODE_FLAGS: readonly string[] = ['--no-force-async-hooks-checks', '--no-warnings=ExperimentalWarning', '--experimental-import-meta-resolve'];
const START_TIMEOUT_MS = 20_000;
const SHUTDOWN_GRACE_MS = 1_500;
/** Enough for what Node prints when it cannot go on: two stacks, and the sentence before them. */
const STDERR_LINES = 100;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const utf8: Utf8 = { encode: (text) => encoder.encode(text), decode: (bytes) => decoder.decode(bytes) };

export class KernelProcess {
  readonly ready: Promise<KernelInfoReply>;
  readonly stopped: Promise<KernelEnd>;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #composer = new MessageComposer(randomUUID());
  readonly #pending = new PendingReplies();
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #stderr: LineTail;
  #shuttingDown = false;

  static start(options: KernelOptions): KernelProcess {
    return new KernelProcess(options);
  }

  private constructor(options: KernelOptions) {
    const { node } = options;
    this.#stderr = new LineTail(STDERR_LINES, options.onLog);
    this.#child = spawn(node.path, [...node.args, ...NODE_FLAGS, options.kernelFile], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, ...node.env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdoutLines = new LineTail(0, options.onLog);
    this.#child.stdout?.on('data', (data: Buffer) => stdoutLines.push(data));
    this.#child.stderr?.on('data', (data: Buffer) => this.#stderr.push(data));
    // SAFETY: stdio[3] is 'pipe' above, which makes a duplex stream.
    this.#pipe = this.#child.stdio[3] as Duplex;
    this.#read();
    this.stopped = this.#watchEnd();
    this.ready = this.#handshake(options);
    // Whoever does not wait for `ready` learns of the failure through `stopped` and its pending replies.
    this.ready.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Every iopub and stdin message, in order. Returns the way to stop listening. */
  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  execute(request: { readonly code: string } & Partial<ExecuteRequest>, metadata: Record<string, unknown> = {}): { readonly msgId: string; readonly reply: Promise<Message<ExecuteReply>> } {
    const content: ExecuteRequest = {
      silent: false,
      store_history: !(request.silent ?? false),
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...request,
    };
    const message = this.#composer.compose('shell', 'execute_request', content, undefined, metadata);
    return { msgId: message.header.msg_id, reply: this.#send(message) };
  }

  /** @throws KernelTimeoutError after `timeoutMs`, KernelDiedError when the process ends first. */
  request<T>(channel: 'shell' | 'control', type: string, content: object, timeoutMs?: number): Promise<Message<T>> {
    const message = this.#composer.compose(channel, type, content);
    const reply = this.#send<T>(message);
    if (timeoutMs === undefined) return reply;
    const timer = setTimeout(() => this.#pending.reject(message.header.msg_id, new KernelTimeoutError(`The kernel did not answer ${type} within ${timeoutMs} ms.`)), timeoutMs);
    return reply.finally(() => clearTimeout(timer));
  }

  inputReply(parent: Header, value: string): void {
    this.#write(this.#composer.compose('stdin', 'input_reply', { status: 'ok', value }, parent));
  }

  /** To code of the notebook, also while a cell runs. What it sends back comes to `onMessage`. */
  sendComm(message: CommMessage): void {
    this.#write({ ...this.#composer.compose('shell', message.type, commContent(message), undefined, { ...message.metadata }), buffers: message.buffers });
  }

  /** Resolves when the running cell has ended, and what waited behind it is aborted. @throws KernelInterruptError when only a restart ends it */
  async interrupt(): Promise<void> {
    const { content } = await this.request<{ readonly status: string; readonly evalue?: string }>('control', 'interrupt_request', {});
    if (content.status === 'error') throw new KernelInterruptError(content.evalue);
  }

  /** Asks politely, then terminates, then kills. */
  async shutdown(): Promise<KernelEnd> {
    if (!this.#shuttingDown) {
      this.#shuttingDown = true;
      this.request('control', 'shutdown_request', { restart: false }, SHUTDOWN_GRACE_MS).catch(() => undefined);
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        const ended = await Promise.race([this.stopped.then(() => true), sleep(SHUTDOWN_GRACE_MS, false, { ref: false })]);
        if (ended) break;
        this.#child.kill(signal);
      }
    }
    return this.stopped;
  }

  #send<T>(message: Message<object>): Promise<Message<T>> {
    const reply = this.#pending.add<T>(message.header.msg_id);
    this.#write(message);
    return reply;
  }

  #write(message: Message<object>): void {
    if (this.#pipe.destroyed) return;
    // SAFETY: only the static type of the content differs; a frame holds any JSON object.
    this.#pipe.write(encodeFrame(message as Message, utf8));
  }

  #read(): void {
    const reader = new FrameReader(utf8);
    this.#pipe.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.push(chunk)) this.#dispatch(message);
      } catch (error) {
        this.#stderr.note(`unreadable data from the kernel: ${error instanceof Error ? error.message : String(error)}`);
        this.#child.kill('SIGKILL');
      }
    });
    this.#pipe.on('error', () => undefined); // the end of the process tells more
  }

  #dispatch(message: Message): void {
    const isReply: Record<ChannelName, boolean> = { shell: true, control: true, iopub: false, stdin: false };
    if (isReply[message.channel]) {
      this.#pending.resolve(parentId(message), message);
      return;
    }
    for (const listener of [...this.#listeners]) listener(message);
  }

  #watchEnd(): Promise<KernelEnd> {
    return new Promise((resolve) => {
      const settle = (code: number | null, signal: string | null): void => {
        const end: KernelEnd = { code, signal, stderrTail: this.#stderr.last(), expected: this.#shuttingDown };
        this.#pending.rejectAll(new KernelDiedError(end));
        resolve(end);
      };
      this.#child.once('error', (error) => {
        this.#stderr.note(error.message);
        settle(null, null);
      });
      this.#child.once('close', settle);
      // Grandchildren may hold stdout open after the kernel is gone; do not wait for them.
      this.#child.once('exit', (code, signal) => setTimeout(settle, 300, code, signal).unref());
    });
  }

  async #handshake(options: KernelOptions): Promise<KernelInfoReply> {
    const timeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
    const where = `${options.node.label} (${options.node.path})`;
    const hint = 'Name another Node (20.12 or newer) in the setting patchbay.nodePath.';
    try {
      const reply = await this.request<KernelInfoReply>('control', 'kernel_info_request', {}, timeoutMs);
      return reply.content;
    } catch (error) {
      if (error instanceof KernelTimeoutError) {
        this.#child.kill('SIGKILL');
        throw new KernelStartError(`The kernel did not start within ${timeoutMs / 1000} s with ${where}. ${hint}`, { cause: error });
      }
      const reason = lastWords(this.#stderr.last()).join('\n') || (error instanceof Error ? error.message : String(error));
      throw new KernelStartError(`The kernel could not start with ${where}: ${reason}\n${hint}`, { cause: error });
    }
  }
}
