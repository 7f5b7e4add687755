/**
 * Comms: messages between code of a notebook and code of its client, outside of cells.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
import type { Message } from './messages.js';

export interface CommMessage {
  readonly type: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly id: string;
  /** With `comm_open`: who is to answer. */
  readonly target?: string;
  /** Plain JSON. */
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** True when it knew the comm, or the target of a new one. */
export type CommListener = (message: CommMessage) => boolean;

/** A message of a comm, read. @throws when it names no comm */
export function commMessage({ header, content, metadata, buffers }: Message): CommMessage {
  const { comm_id: id, target_name: target, data } = content;
  if (typeof id !== 'string') throw new Error(`a ${header.msg_type} names no comm_id`);
  // SAFETY: only messages of these three types come here; isComm.
  const type = header.msg_type as CommMessage['type'];
  return { type, id, data: data ?? {}, metadata, buffers, ...(typeof target === 'string' ? { target } : {}) };
}

export const isComm = ({ header }: Message): boolean => ['comm_open', 'comm_msg', 'comm_close'].includes(header.msg_type);

export function commContent({ type, id, target, data }: CommMessage): object {
  return type === 'comm_open' ? { comm_id: id, target_name: target, data } : { comm_id: id, data };
}
