/**
 * A Jupyter client over ZeroMQ for measurements: it waits for nothing but messages, never by polling.
 * Sockets are as jupyter_client makes them: they connect at once and try again every 100 to 200 ms.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { Wire } from '../../kernel/control/transports/wire.js';
import { MessageComposer, parentId } from '../../kernel/protocol/compose.js';
import type { ChannelName, ExecuteRequest, Message } from '../../kernel/protocol/messages.js';
import type { ConnectionInfo } from '../../test/support/connection-file.js';

/** What came for one request. */
export interface Exchange {
  readonly reply: Message;
  /** iopub messages of the request until both its reply and its `idle` were there. */
  readonly published: readonly Message[];
  /** From the request to the later of the two. */
  readonly ms: number;
}

interface Pending {
  readonly published: Message[];
  reply?: Message;
  isIdle: boolean;
  readonly needsIdle: boolean;
  readonly done: (reply: Message) => void;
  readonly onPublished: ((message: Message) => void) | undefined;
}

interface AskOptions {
  readonly needsIdle?: boolean;
  readonly timeoutMs?: number;
  /** Every iopub message of the request, also after its end. */
  readonly onPublished?: (message: Message) => void;
}

/** A kernel did not do what it was asked for in time; others go on without it. */
export class NoAnswerError extends Error {}

const EXECUTE: Omit<ExecuteRequest, 'code'> = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
/** Far more than any request of the bench takes. */
const TIMEOUT_MS = 20_000;

export class Client {
  readonly #wire: Wire;
  readonly #composer = new MessageComposer(randomUUID(), 'bench');
  readonly #asking: Readonly<Record<'shell' | 'control', Dealer>>;
  readonly #iopub: Subscriber;
  readonly #hb: Dealer;
  readonly #pending = new Map<string, Pending>();
  #heartbeat: ((answer: string) => void) | undefined;

  constructor({ key, shell_port: shell, control_port: control, iopub_port: iopub, hb_port: hb }: ConnectionInfo) {
    this.#wire = new Wire(key);
    const options = { linger: 0, receiveHighWaterMark: 0, sendHighWaterMark: 0 };
    const routed = { ...options, routingId: this.#composer.session };
    this.#asking = { shell: new Dealer(routed), control: new Dealer(routed) };
    this.#iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    this.#hb = new Dealer(options);
    this.#iopub.subscribe();
    const sockets: [Dealer | Subscriber, number][] = [[this.#asking.shell, shell], [this.#iopub, iopub], [this.#asking.control, control], [this.#hb, hb]];
    for (const [socket, port] of sockets) socket.connect(`tcp://127.0.0.1:${port}`);
    for (const channel of ['shell', 'control'] as const) void this.#receive(this.#asking[channel], channel);
    void this.#receive(this.#iopub, 'iopub');
    void this.#receiveHeartbeats();
  }

  /** @throws NoAnswerError */
  async ask(channel: 'shell' | 'control', type: string, content: object, { needsIdle = true, timeoutMs = TIMEOUT_MS, onPublished }: AskOptions = {}): Promise<Exchange> {
    const message = this.#composer.compose(channel, type, content);
    const published: Message[] = [];
    const started = performance.now();
    const done = new Promise<Message>((resolve) => this.#pending.set(message.header.msg_id, { published, isIdle: false, needsIdle, done: resolve, onPublished }));
    await this.#asking[channel].send(this.#wire.encode(message, []));
    const reply = await withinTime(done, timeoutMs, `${type} was not answered`);
    return { reply, published: [...published], ms: performance.now() - started };
  }

  /** Runs a cell to its reply and its `idle`. @throws when it fails or, as a NoAnswerError, when either does not come */
  async run(code: string, options: AskOptions & { readonly mayFail?: boolean } = {}): Promise<Exchange> {
    const exchange = await this.ask('shell', 'execute_request', { ...EXECUTE, code }, options);
    const { content } = exchange.reply;
    if (content['status'] !== 'ok' && options.mayFail !== true) throw new Error(`${JSON.stringify(content).slice(0, 600)} for ${code.slice(0, 200)}`);
    return exchange;
  }

  /** A subscription takes a moment to arrive at the kernel; what is published before is lost, the first `idle` too. */
  async join(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const seen = await this.ask('shell', 'kernel_info_request', {}, { timeoutMs: 200 }).then(() => true, () => false);
      if (seen) return;
    }
    throw new NoAnswerError('nothing came on iopub');
  }

  /** Round trip of a heartbeat in ms. @throws NoAnswerError */
  async heartbeat(timeoutMs = 2_000): Promise<number> {
    const started = performance.now();
    const ping = randomUUID();
    const back = new Promise<void>((resolve) => (this.#heartbeat = (answer) => answer === ping && resolve()));
    await this.#hb.send(['', ping]);
    await withinTime(back, timeoutMs, 'a heartbeat did not come back');
    return performance.now() - started;
  }

  close(): void {
    for (const socket of [...Object.values(this.#asking), this.#iopub, this.#hb]) socket.close();
  }

  #take(message: Message): void {
    const pending = this.#pending.get(parentId(message) ?? '');
    if (pending === undefined) return;
    if (message.channel === 'iopub') {
      pending.published.push(message);
      pending.onPublished?.(message);
      if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') pending.isIdle = true;
    } else pending.reply = message;
    if (pending.reply !== undefined && (pending.isIdle || !pending.needsIdle)) pending.done(pending.reply);
  }

  async #receive(socket: Dealer | Subscriber, channel: ChannelName): Promise<void> {
    for await (const frames of socket) {
      let message: Message;
      try {
        message = this.#wire.decode(frames, channel).message;
      } catch {
        continue; // Deno's first status has no parent at all
      }
      this.#take(message);
    }
  }

  async #receiveHeartbeats(): Promise<void> {
    for await (const frames of this.#hb) this.#heartbeat?.(String(frames.at(-1)));
  }
}

async function withinTime<T>(action: Promise<T>, ms: number, what: string): Promise<T> {
  const abort = new AbortController();
  const late = sleep(ms, undefined, { signal: abort.signal }).then(
    () => Promise.reject(new NoAnswerError(`${what} within ${ms / 1000} s`)),
    () => new Promise<never>(() => undefined),
  );
  return Promise.race([action, late]).finally(() => abort.abort());
}
