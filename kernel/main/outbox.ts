import type { Output, StreamContent } from '../protocol/messages.js';
import { outputWeight } from '../protocol/output-weight.js';
import { SharedWord, type ExecutionId, type ToControl } from '../protocol/threads.js';
import { wellFormedPieces } from './text-pieces.js';

/** A loop that prints for ever is ahead of the client by this much, in units of `outputWeight`; then it waits. */
const MAX_AHEAD = 8_000;
/** A wait is looked at again after this, should its wake-up be lost. */
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

  /** Text of any length, as UTF-8 can carry it: a lone surrogate becomes U+FFFD, as on a terminal. */
  stream(execution: ExecutionId, name: StreamContent['name'], text: string): void {
    for (const piece of wellFormedPieces(text)) this.output(execution, { msg_type: 'stream', content: { name, text: piece } });
  }

  output(execution: ExecutionId, output: Output, picture?: string): void {
    const weight = outputWeight(output);
    const posted = Atomics.add(this.#shared, SharedWord.outputsPosted, weight) + weight;
    this.#port.postMessage(picture === undefined ? { type: 'output', execution, output } : { type: 'output', execution, output, picture });
    for (;;) {
      const taken = Atomics.load(this.#shared, SharedWord.outputsTaken);
      // Both words may wrap around.
      if (((posted - taken) | 0) < MAX_AHEAD) return;
      Atomics.wait(this.#shared, SharedWord.outputsTaken, taken, WAIT_MS);
    }
  }
}
