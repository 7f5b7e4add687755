import type { Output } from '../protocol/messages.js';
import { SharedWord, type ExecutionId, type ToControl } from '../protocol/threads.js';

/** A loop that prints for ever may be this many outputs ahead of the client; then it waits. */
const MAX_AHEAD = 20_000;
const WAIT_MS = 50;

/** The main thread's way to the control thread, with back-pressure for outputs. */
export class Outbox {
  readonly #port: { postMessage(message: ToControl): void };
  readonly #shared: Int32Array;

  constructor(port: { postMessage(message: ToControl): void }, shared: Int32Array) {
    this.#port = port;
    this.#shared = shared;
  }

  post(message: ToControl): void {
    this.#port.postMessage(message);
  }

  output(execution: ExecutionId, output: Output, picture?: string): void {
    const posted = Atomics.add(this.#shared, SharedWord.outputsPosted, 1) + 1;
    this.#port.postMessage(picture === undefined ? { type: 'output', execution, output } : { type: 'output', execution, output, picture });
    if (posted - Atomics.load(this.#shared, SharedWord.outputsTaken) < MAX_AHEAD) return;
    const taken = Atomics.load(this.#shared, SharedWord.outputsTaken);
    Atomics.wait(this.#shared, SharedWord.outputsTaken, taken, WAIT_MS);
  }
}
