import type { ExecutionId } from '../protocol/threads.js';
import type { Outbox } from './outbox.js';

interface Waiter {
  readonly execution: ExecutionId;
  readonly resolve: (value: string) => void;
}

/** Questions to the user that wait for their answers. */
export class Inputs {
  readonly #outbox: Outbox;
  readonly #waiters = new Map<number, Waiter>();
  #count = 0;
  /** Executions whose client takes no questions. */
  readonly #refused = new Set<ExecutionId>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  refuse(execution: ExecutionId): void {
    this.#refused.add(execution);
  }

  ask(execution: ExecutionId, prompt: string, password: boolean): Promise<string> {
    if (this.#refused.has(execution)) return Promise.reject(new Error(`input(${JSON.stringify(prompt)}) has nobody to ask: this notebook runs without a person in front of it`));
    const request = ++this.#count;
    return new Promise((resolve) => {
      this.#waiters.set(request, { execution, resolve });
      this.#outbox.post({ type: 'inputRequest', request, execution, prompt, password });
    });
  }

  answer(request: number, value: string): void {
    this.#waiters.get(request)?.resolve(value);
    this.#waiters.delete(request);
  }

  /** Forgets the questions of an execution that is over. */
  drop(execution: ExecutionId): void {
    this.#refused.delete(execution);
    for (const [request, waiter] of this.#waiters) if (waiter.execution === execution) this.#waiters.delete(request);
  }
}
