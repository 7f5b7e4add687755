import type { Message } from '../protocol/messages.js';

interface Waiter {
  readonly resolve: (message: Message<never>) => void;
  readonly reject: (error: Error) => void;
}

/** Requests that wait for their reply, by message id. After `rejectAll` every later one is rejected at once. */
export class PendingReplies {
  readonly #waiters = new Map<string, Waiter>();
  #closed: Error | undefined;

  add<T>(id: string): Promise<Message<T>> {
    return new Promise<Message<T>>((resolve, reject) => {
      if (this.#closed !== undefined) reject(this.#closed);
      else this.#waiters.set(id, { resolve, reject });
    });
  }

  resolve(id: string | undefined, message: Message): void {
    const waiter = this.#take(id);
    // SAFETY: the kernel answers a request with the reply of its type (messaging protocol 5.4).
    waiter?.resolve(message as Message<never>);
  }

  reject(id: string, error: Error): void {
    this.#take(id)?.reject(error);
  }

  rejectAll(error: Error): void {
    this.#closed = error;
    const waiters = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(error);
  }

  #take(id: string | undefined): Waiter | undefined {
    if (id === undefined) return undefined;
    const waiter = this.#waiters.get(id);
    this.#waiters.delete(id);
    return waiter;
  }
}
