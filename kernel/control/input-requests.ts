import type { ExecutionId } from '../protocol/threads.js';

interface Asked {
  readonly execution: ExecutionId;
  readonly request: number;
  /** Where a main thread that blocks waits for the answer. */
  readonly answer?: SharedArrayBuffer;
}

/** Questions that clients have not answered yet, in the order in which they were asked. */
export class InputRequests {
  readonly #asked = new Map<string, Asked>();

  add(messageId: string, asked: Asked): void {
    this.#asked.set(messageId, asked);
  }

  /** The question that a reply is for. Some clients do not say: then it is the oldest. */
  take(messageId: string | undefined): Asked | undefined {
    const id = messageId !== undefined && this.#asked.has(messageId) ? messageId : this.#asked.keys().next().value;
    if (id === undefined) return undefined;
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  /** An execution that has ended waits for no answer. */
  drop(execution: ExecutionId): void {
    for (const [id, asked] of this.#asked) if (asked.execution === execution) this.#asked.delete(id);
  }
}
