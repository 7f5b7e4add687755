import type { CommMessage } from '../../protocol/comm.js';
import type { Message } from '../../protocol/messages.js';

/** Which comms are open, from the messages that open and close them, on whichever side. */
export class OpenComms {
  readonly #targets = new Map<string, string>();

  take({ type, id, target = '' }: CommMessage): void {
    if (type === 'comm_open') this.#targets.set(id, target);
    else if (type === 'comm_close') this.#targets.delete(id);
  }

  /** The content of a `comm_info_reply`: all, or those of one target. */
  info(target: unknown): object {
    const chosen = [...this.#targets].filter(([, name]) => typeof target !== 'string' || name === target);
    return { status: 'ok', comms: Object.fromEntries(chosen.map(([id, name]) => [id, { target_name: name }])) };
  }
}

/** What a client sent. @throws when it names no comm */
export function commMessage({ header, content, metadata, buffers }: Message): CommMessage {
  const { comm_id: id, target_name: target, data } = content;
  if (typeof id !== 'string') throw new Error(`a ${header.msg_type} names no comm_id`);
  // SAFETY: only messages of these three types come here; requests.ts.
  const type = header.msg_type as CommMessage['type'];
  return { type, id, data: data ?? {}, metadata, buffers, ...(typeof target === 'string' ? { target } : {}) };
}

export function commContent({ type, id, target, data }: CommMessage): object {
  return type === 'comm_open' ? { comm_id: id, target_name: target, data } : { comm_id: id, data };
}
