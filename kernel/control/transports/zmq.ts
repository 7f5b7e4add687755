import type { Router, XPublisher } from 'zeromq';
import type { MessageComposer } from '../../protocol/compose.js';
import type { Message } from '../../protocol/messages.js';
import type { Connection, SocketName } from './connection-file.js';
import type { ZeroMQ } from './load-zeromq.js';
import type { Transport } from './transport.js';
import { Wire } from './wire.js';

/** How long what is sent may take to reach a client when the kernel ends. */
const LINGER_MS = 1_000;
const SUBSCRIBE = 1;

type Frame = Buffer | string;
interface Sender {
  send(frames: Frame[]): Promise<void>;
}

/** The five sockets of a Jupyter kernel. Replies go back to the client that asked, whatever others are connected. */
export class ZmqTransport implements Transport {
  readonly #wire: Wire;
  readonly #composer: MessageComposer;
  readonly #routers: Readonly<Record<Exclude<SocketName, 'iopub'>, Router>>;
  readonly #iopub: XPublisher;
  /** The way back to whoever sent a request, by its header, which replies carry as their parent. */
  readonly #identities = new WeakMap<object, readonly Buffer[]>();
  /** A socket takes one send at a time. */
  readonly #sending = new Map<Sender, Promise<void>>();
  readonly #log: (line: string) => void;
  #closed = false;

  /** Binds all sockets. @throws naming the address that is taken */
  constructor(zmq: typeof ZeroMQ, connection: Connection, composer: MessageComposer, log: (line: string) => void) {
    this.#wire = new Wire(connection.key, connection.hash);
    this.#composer = composer;
    this.#log = log;
    // No limits: a client that is slow gets everything, later.
    const options = { linger: LINGER_MS, sendHighWaterMark: 0, receiveHighWaterMark: 0, ipv6: connection.isIpv6 };
    const bind = <Socket extends Router | XPublisher>(socket: Socket, name: SocketName): Socket => {
      const address = connection.addresses[name];
      try {
        socket.bindSync(address);
      } catch (error) {
        throw new Error(`${address} for ${name} cannot be bound: ${error instanceof Error ? error.message : String(error)}`);
      }
      return socket;
    };
    // A client that reconnects under its old identity takes it over, as it does in Jupyter's own kernels.
    const router = (name: SocketName): Router => bind(new zmq.Router({ ...options, handover: true }), name);
    this.#routers = { shell: router('shell'), control: router('control'), stdin: router('stdin'), hb: router('hb') };
    // Every subscription is told of, not only the first of its kind: each client gets its welcome.
    this.#iopub = bind(new zmq.XPublisher({ ...options, verbosity: 'allSubs' }), 'iopub');
  }

  onMessage(listener: (message: Message) => void): void {
    for (const channel of ['control', 'shell', 'stdin'] as const)
      void this.#receive(this.#routers[channel], (frames) => {
        const { identities, message } = this.#wire.decode(frames, channel);
        this.#identities.set(message.header, identities);
        listener(message);
      });
    void this.#receive(this.#routers.hb, (frames) => void this.#send(this.#routers.hb, frames));
    void this.#receive(this.#iopub, ([subscription]) => this.#welcome(subscription));
  }

  send(message: Message<object>): Promise<void> {
    if (message.channel === 'iopub') return this.#send(this.#iopub, this.#wire.encode(message, [`kernel.${message.header.session}.${message.header.msg_type}`]));
    const identities = this.#identities.get(message.parent_header);
    if (identities === undefined) {
      this.#log(`${message.header.msg_type} has nobody to go to`);
      return Promise.resolve();
    }
    return this.#send(this.#routers[message.channel], this.#wire.encode(message, identities));
  }

  /** ZeroMQ does not tell that a client has gone; see parent-watch.ts. */
  onClose(): void {}

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.all(this.#sending.values());
    this.#closed = true;
    for (const socket of [...Object.values(this.#routers), this.#iopub]) socket.close();
  }

  /** A message that cannot be read is dropped: whoever sent it may not be the client, and the others go on. */
  async #receive(socket: Router | XPublisher, take: (frames: Buffer[]) => void): Promise<void> {
    for await (const frames of socket) {
      try {
        take(frames);
      } catch (error) {
        this.#log(`a message was dropped: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  #send(socket: Sender, frames: Frame[]): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const before = this.#sending.get(socket) ?? Promise.resolve();
    const sent = before.then(() => socket.send(frames)).catch((error: unknown) => this.#log(`a message could not be sent: ${error instanceof Error ? error.message : String(error)}`));
    this.#sending.set(socket, sent);
    return sent;
  }

  /** Tells a client that it hears from now on (messaging protocol 5.4, JEP 65). */
  #welcome(subscription: Buffer | undefined): void {
    if (subscription?.[0] !== SUBSCRIBE) return;
    const topic = subscription.subarray(1);
    const message = this.#composer.compose('iopub', 'iopub_welcome', { subscription: topic.toString() });
    void this.#send(this.#iopub, this.#wire.encode(message, topic.byteLength === 0 ? [] : [topic]));
  }
}

