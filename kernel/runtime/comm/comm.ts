import { randomUUID } from 'node:crypto';
import type { CommMessage } from '../../protocol/comm.js';
import { ArgumentError } from '../argument-error.js';
import { currentHost } from '../display/host.js';

export interface CommOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Binary data beside the JSON, sent as it is. */
  readonly buffers?: readonly Uint8Array[];
}

/** What came along with a message. */
export interface CommExtras {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

export type DataListener = (data: unknown, extras: CommExtras) => unknown;

/** One open comm: messages to a program in the notebook's client, and from it. */
export class Comm {
  readonly id: string;
  readonly target: string;
  readonly #onMessage = new Set<DataListener>();
  readonly #onClose = new Set<DataListener>();
  #isOpen = true;

  constructor(target: string, id: string = randomUUID()) {
    this.target = target;
    this.id = id;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Data is anything that JSON holds. @throws ArgumentError when it is not; an Error when the comm is closed */
  send(data: unknown, options: CommOptions = {}): void {
    if (!this.#isOpen) throw new Error(`This comm to ${JSON.stringify(this.target)} was closed, so nobody hears it: open a new one`);
    post('comm_msg', this, data, options);
  }

  /** Calls the listener with the data of each message. Returns the way to stop listening. */
  onMessage(listener: DataListener): () => void {
    this.#onMessage.add(listener);
    return () => void this.#onMessage.delete(listener);
  }

  /** Calls the listener once, when either side closes the comm. */
  onClose(listener: DataListener): () => void {
    this.#onClose.add(listener);
    return () => void this.#onClose.delete(listener);
  }

  /** Closing it again does nothing. */
  close(data: unknown = {}, options: CommOptions = {}): void {
    if (!this.#isOpen) return;
    post('comm_close', this, data, options);
    this.take({ type: 'comm_close', id: this.id, data, metadata: options.metadata ?? {}, buffers: options.buffers ?? [] });
  }

  /** What the client sent. */
  take({ type, data, metadata, buffers }: CommMessage): void {
    if (type === 'comm_close') this.#isOpen = false;
    for (const listener of [...(type === 'comm_close' ? this.#onClose : this.#onMessage)]) listener(data, { metadata, buffers });
  }
}

/** Outside of a kernel there is nobody to hear it. */
export function post(type: CommMessage['type'], comm: Comm, data: unknown, { metadata = {}, buffers = [] }: CommOptions): void {
  const message: CommMessage = { type, id: comm.id, target: comm.target, data: asJson(data), metadata, buffers };
  currentHost()?.comm.send(message);
}

function asJson(data: unknown): unknown {
  try {
    return data === undefined ? {} : JSON.parse(JSON.stringify(data));
  } catch (error) {
    throw new ArgumentError('comm: data', data, `something that JSON holds (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)})`);
  }
}
