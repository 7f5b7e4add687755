import type { ExecutionId } from '../protocol/threads.js';

interface Asked {
  readonly execution: ExecutionId;
  readonly request: number;
}

/** Questions that clients have not answered yet, in the order in which they were asked. */
export class InputRequests {
  readonly #asked = new Map<string, Asked>();

  add(messageId: string, asked: Asked): void {
    this.#asked.set(messageId, asked);
  }

  /** The question that a reply is for. Some clients do not say: then it is the oldest. */
  take(messageId: string | undefined): number | undefined {
    const id = messageId !== undefined && this.#asked.has(messageId) ? messageId : this.#asked.keys().next().value;
    if (id === undefined) return undefined;
    const request = this.#asked.get(id)?.request;
    this.#asked.delete(id);
    return request;
  }

  /** An execution that has ended waits for no answer. */
  drop(execution: ExecutionId): void {
    for (const [id, asked] of this.#asked) if (asked.execution === execution) this.#asked.delete(id);
  }
}
