import type { CommMessage } from '../../protocol/comm.js';

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
