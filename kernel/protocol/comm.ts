/**
 * Comms: messages between code of a notebook and code of its client, outside of cells.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */

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
