import type { ExecutionId } from '../../protocol/threads.js';
import { awaitAnswer, newAnswerBuffer } from '../../protocol/answer-buffer.js';
import type { Outbox } from '../outbox.js';

interface Waiter {
  readonly execution: ExecutionId;
  readonly resolve: (value: string) => void;
  readonly onDrop: () => void;
}

/** Questions to the user that wait for their answers. */
export class Inputs {
  readonly #outbox: Outbox;
  readonly #waiters = new Map<number, Waiter>();
  #count = 0;
  #newest: ExecutionId = 0;
  /** Executions whose client takes no questions. */
  readonly #refused = new Set<ExecutionId>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** An execution starts, whose client takes questions or does not. */
  begin(execution: ExecutionId, isAllowed: boolean): void {
    this.#newest = execution;
    if (!isAllowed) this.#refused.add(execution);
  }

  /** An unknown cause counts as the newest execution. Rejects when nobody can be asked; never settles when it is dropped. */
  async ask(cause: ExecutionId, prompt: string, password: boolean, onDrop: () => void = () => undefined): Promise<string> {
    const execution = cause || this.#newest;
    this.check(execution, prompt);
    const request = ++this.#count;
    return new Promise((resolve) => {
      this.#waiters.set(request, { execution, resolve, onDrop });
      this.#outbox.post({ type: 'inputRequest', request, execution, prompt, password });
    });
  }

  /** Blocks until there is an answer; an interrupt terminates the wait. @throws Error when nobody can be asked */
  askNow(cause: ExecutionId, prompt: string): string {
    const execution = cause || this.#newest;
    this.check(execution, prompt);
    const answer = newAnswerBuffer();
    this.#outbox.post({ type: 'inputRequest', request: ++this.#count, execution, prompt, password: false, answer });
    return Buffer.from(awaitAnswer(answer)).toString('utf8');
  }

  /** @throws Error when nobody can be asked */
  check(cause: ExecutionId, prompt: string): void {
    if (!this.#refused.has(cause || this.#newest)) return;
    throw new Error(`${prompt === '' ? 'The cell asks for input, but it' : `The cell asks ${JSON.stringify(prompt)}, but it`} has nobody to ask: this notebook runs without a person in front of it`);
  }

  answer(request: number, value: string): void {
    this.#waiters.get(request)?.resolve(value);
    this.#waiters.delete(request);
  }

  /** Forgets the questions of an execution that is over. */
  drop(execution: ExecutionId): void {
    for (const [request, waiter] of this.#waiters) {
      if (waiter.execution !== execution) continue;
      this.#waiters.delete(request);
      waiter.onDrop();
    }
  }
}
