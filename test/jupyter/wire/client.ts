/**
 * A Jupyter client over ZeroMQ, written for tests: it keeps every message in the order in which it came, and can send frames
 * that no decent client would.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { MessageComposer, parentId } from '../../../kernel/protocol/compose.js';
import type { ChannelName, ExecuteReply, ExecuteRequest, Header, Message } from '../../../kernel/protocol/messages.js';
import { Wire } from '../../../kernel/control/transports/wire.js';
import { writeConnectionFile, type ConnectionInfo } from '../../support/connection-file.js';
import { readSpec, type InstalledKernel } from '../installed.js';

type AskChannel = Exclude<ChannelName, 'iopub'>;

export interface RunCell {
  readonly reply: ExecuteReply;
  /** iopub messages of the cell, from busy to idle. */
  readonly messages: readonly Message[];
  readonly types: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly result: string | undefined;
}

const EXECUTE: Omit<ExecuteRequest, 'code'> = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };

/** One client's connection to a kernel. */
export class WireClient {
  readonly messages: Message[] = [];
  /** Messages whose signature is not that of this client's key. */
  unreadable = 0;
  readonly composer = new MessageComposer(randomUUID());
  readonly wire: Wire;
  readonly #asking: Readonly<Record<AskChannel, Dealer>>;
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #hb = new Dealer({ linger: 0 });
  readonly #ended: Promise<unknown>;
  readonly #byParent = new Map<string, Message[]>();

  /** @param ended resolves when the kernel has ended: what waits for it then fails */
  constructor(info: ConnectionInfo, ended: Promise<unknown>, key = info.key) {
    this.wire = new Wire(key);
    this.#ended = ended;
    // One identity for all sockets: the kernel's questions on stdin find the client that ran the cell.
    const dealer = (port: number) => {
      const socket = new Dealer({ linger: 0, routingId: this.composer.session, receiveHighWaterMark: 0, sendHighWaterMark: 0 });
      socket.connect(`tcp://127.0.0.1:${port}`);
      return socket;
    };
    this.#asking = { shell: dealer(info.shell_port), control: dealer(info.control_port), stdin: dealer(info.stdin_port) };
    this.#iopub.connect(`tcp://127.0.0.1:${info.iopub_port}`);
    this.#iopub.subscribe();
    this.#hb.connect(`tcp://127.0.0.1:${info.hb_port}`);
    for (const channel of ['shell', 'control', 'stdin'] as const) void this.#receive(this.#asking[channel], channel);
    void this.#receive(this.#iopub, 'iopub');
  }

  async send<Content extends object>(channel: AskChannel, type: string, content: Content, more: { parent?: Header; buffers?: Uint8Array[]; metadata?: Record<string, unknown> } = {}): Promise<Message<Content>> {
    const message = { ...this.composer.compose(channel, type, content, more.parent, more.metadata), buffers: more.buffers ?? [] };
    await this.sendFrames(channel, this.wire.encode(message, []));
    return message;
  }

  async sendFrames(channel: AskChannel, frames: (Buffer | string)[]): Promise<void> {
    await this.#asking[channel].send(frames);
  }

  /** The reply's content, once the kernel is idle again. */
  async ask<Reply = Record<string, unknown>>(channel: 'shell' | 'control', type: string, content: object = {}): Promise<Reply> {
    const { header } = await this.send(channel, type, content);
    const reply = await this.replyTo(header);
    await this.idle(header);
    return reply.content as Reply;
  }

  replyTo({ msg_id: id, msg_type: type }: Header): Promise<Message> {
    return this.until(() => this.#byParent.get(`reply to ${id}`)?.find(({ channel }) => channel !== 'stdin'), `the reply to ${type}`);
  }

  async idle({ msg_id: id, msg_type: type }: Header): Promise<void> {
    await this.until(() => this.of(id).findLast(({ header, content }) => header.msg_type === 'status' && content['execution_state'] === 'idle'), `idle after ${type}`);
  }

  execute(code: string, more: Partial<ExecuteRequest> = {}): Promise<Message<ExecuteRequest>> {
    return this.send('shell', 'execute_request', { ...EXECUTE, code, ...more });
  }

  async run(code: string, more: Partial<ExecuteRequest> = {}): Promise<RunCell> {
    return this.finish(await this.execute(code, more));
  }

  async finish({ header }: Message<ExecuteRequest>): Promise<RunCell> {
    const reply = await this.replyTo(header);
    await this.idle(header);
    const messages = this.of(header.msg_id);
    const text = (name: string) => messages.filter((message) => message.header.msg_type === 'stream' && message.content['name'] === name).map(({ content }) => String(content['text'])).join('');
    const data = messages.find((message) => message.header.msg_type === 'execute_result')?.content['data'] as Record<string, string> | undefined;
    return { reply: reply.content as unknown as ExecuteReply, messages, types: messages.map((message) => message.header.msg_type), stdout: text('stdout'), stderr: text('stderr'), result: data?.['text/plain'] };
  }

  /** iopub messages with this parent so far. */
  of(id: string): Message[] {
    return this.#byParent.get(id) ?? [];
  }

  /** Round trip of a heartbeat, in ms. */
  async heartbeat(): Promise<number> {
    const started = performance.now();
    const ping = `ping ${Math.random()}`;
    await this.#hb.send(['', ping]);
    const [, answer] = await this.#hb.receive();
    if (String(answer) !== ping) throw new Error(`a heartbeat came back as ${String(answer)}`);
    return performance.now() - started;
  }

  /** A subscription takes a moment to reach the kernel: from now on nothing is missed. */
  async join(): Promise<void> {
    await this.until(() => this.messages.find(({ header }) => header.msg_type === 'iopub_welcome'), 'the welcome on iopub');
    await this.ask('shell', 'kernel_info_request');
  }

  async until<T>(find: () => T | undefined, what: string, ms = 20_000): Promise<T> {
    const late = Date.now() + ms;
    let isOver = false;
    void this.#ended.then(() => (isOver = true));
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (isOver) throw new Error(`the kernel ended before ${what}`);
      if (Date.now() > late) throw new Error(`${what} did not come within ${ms} ms; last messages: ${this.messages.slice(-5).map(({ channel, header, content }) => `${channel} ${header.msg_type} ${JSON.stringify(content).slice(0, 200)}`).join('\n')}`);
      await sleep(2);
    }
  }

  close(): void {
    for (const socket of [...Object.values(this.#asking), this.#iopub, this.#hb]) socket.close();
  }

  #keep(message: Message): void {
    this.messages.push(message);
    const parent = parentId(message) ?? '';
    const key = message.channel === 'iopub' ? parent : `reply to ${parent}`;
    const kept = this.#byParent.get(key);
    if (kept === undefined) this.#byParent.set(key, [message]);
    else kept.push(message);
  }

  async #receive(socket: Dealer | Subscriber, channel: ChannelName): Promise<void> {
    for await (const frames of socket) {
      try {
        this.#keep(this.wire.decode(frames, channel).message);
      } catch {
        this.unreadable++;
      }
    }
  }
}

/** A kernel started by its kernelspec, in a folder of its own that is the notebook's. */
export class WireKernel {
  readonly folder: string;
  readonly info: ConnectionInfo;
  readonly client: WireClient;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly #child: ChildProcess;
  readonly #clients: WireClient[] = [];
  stderr = '';

  static async start(kernel: InstalledKernel, more: { readonly env?: Record<string, string>; readonly connection?: Record<string, unknown> } = {}): Promise<WireKernel> {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay wire ')));
    const { file, info } = await writeConnectionFile(folder, more.connection);
    const { argv, env } = readSpec(kernel);
    const [program = '', ...args] = argv.map((part) => part.replace('{connection_file}', file));
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env, ...more.env }, stdio: ['ignore', 'inherit', 'pipe'] });
    const started = new WireKernel(folder, info, child);
    await started.client.join();
    return started;
  }

  private constructor(folder: string, info: ConnectionInfo, child: ChildProcess) {
    this.folder = folder;
    this.info = info;
    this.#child = child;
    child.stderr?.on('data', (data: Buffer) => (this.stderr += data.toString()));
    this.exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    this.client = this.connect();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Another client of the same kernel. */
  connect(key?: string): WireClient {
    const client = new WireClient(this.info, this.exited, key);
    this.#clients.push(client);
    return client;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
    for (const client of this.#clients) client.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
