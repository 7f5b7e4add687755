/**
 * The requests of the Jupyter protocol that the control thread answers by itself, whatever the main thread does.
 */
import { commMessage, type CommMessage } from '../../protocol/comm.js';
import type { ExecuteRequest, Header, Message } from '../../protocol/messages.js';
import type { Parser } from '../../compile/index.js';
import type { Connection } from '../transports/connection-file.js';
import { OpenComms } from './comms.js';
import { History } from './history.js';
import { isComplete } from './is-complete.js';

export interface JupyterEdges {
  readonly connection: Connection | undefined;
  readonly typescript: () => Parser;
  /** Says busy, replies, says idle. */
  readonly answer: (request: Message, content: object) => void;
  readonly say: (state: 'busy' | 'idle', parent: Header) => void;
  readonly toComm: (message: CommMessage, parent: Header) => void;
}

/** What is run and shown on the way, and what was asked about it. */
export class JupyterRequests {
  readonly #edges: JupyterEdges;
  readonly #history = new History();
  readonly #comms = new OpenComms();
  /** Requests whose code belongs into the history. */
  readonly #stored = new WeakSet<Header>();

  constructor(edges: JupyterEdges) {
    this.#edges = edges;
  }

  readonly handlers: Readonly<Record<string, (message: Message) => void>> = {
    connect_request: (message) => this.#edges.answer(message, this.#connectReply()),
    history_request: (message) => this.#edges.answer(message, { status: 'ok', history: this.#history.answer(message.content) }),
    comm_info_request: (message) => this.#edges.answer(message, this.#comms.info(message.content['target_name'])),
    is_complete_request: (message) => this.#edges.answer(message, isComplete(this.#edges.typescript(), codeOf(message))),
    debug_request: (message) => this.#edges.answer(message, debugReply(message.content)),
    comm_open: (message) => this.#toComm(message),
    comm_msg: (message) => this.#toComm(message),
    comm_close: (message) => this.#toComm(message),
  };

  executing(header: Header, request: ExecuteRequest): void {
    if (request.store_history && !request.silent) this.#stored.add(header);
  }

  published(type: string, content: object, parent: Header | undefined): void {
    if (parent === undefined || !this.#stored.has(parent) || !('execution_count' in content) || typeof content.execution_count !== 'number') return;
    if (type === 'execute_input' && 'code' in content && typeof content.code === 'string') this.#history.add(content.execution_count, content.code);
    if (type === 'execute_result' && 'data' in content) this.#history.setOutput(content.execution_count, plainText(content.data));
  }

  fromComm(message: CommMessage): void {
    this.#comms.take(message);
  }

  #toComm(message: Message): void {
    const comm = commMessage(message);
    this.#comms.take(comm);
    this.#edges.say('busy', message.header);
    this.#edges.toComm(comm, message.header);
  }

  #connectReply(): object {
    const { connection } = this.#edges;
    if (connection === undefined) return { status: 'ok' };
    return { status: 'ok', ...Object.fromEntries(Object.entries(connection.ports).map(([name, port]) => [`${name}_port`, port])) };
  }
}

/** Its text, or all of it where it has none. */
function plainText(data: unknown): string {
  const text: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'text/plain') : undefined;
  return typeof text === 'string' ? text : JSON.stringify(data);
}

const codeOf = ({ content: { code } }: Message): string => (typeof code === 'string' ? code : '');

/** A response of the Debug Adapter Protocol that says no, so that a client does not wait for one. */
function debugReply({ command, seq }: Readonly<Record<string, unknown>>): object {
  const message = 'Patchbay has no debugger of cells.';
  return { type: 'response', seq: 0, request_seq: seq ?? 0, success: false, command: command ?? '', message, body: { error: { id: 1, format: message } } };
}
