import type { CommListener, CommMessage } from '../protocol/comm.js';
import type { ExecutionId } from '../protocol/threads.js';
import type { Causes } from './causes.js';
import type { Outbox } from './outbox.js';

/** Messages of comms on the main thread: from the client to the runtime's listener, and back. */
export class Comms {
  readonly #outbox: Outbox;
  readonly #causes: Causes;
  readonly #reportError: (error: unknown, cause: ExecutionId) => void;
  #listener: CommListener = () => false;

  constructor(outbox: Outbox, causes: Causes, reportError: (error: unknown, cause: ExecutionId) => void) {
    this.#outbox = outbox;
    this.#causes = causes;
    this.#reportError = reportError;
  }

  listen(listener: CommListener): void {
    this.#listener = listener;
  }

  send(message: CommMessage): void {
    this.#outbox.post({ type: 'comm', execution: this.#causes.current, message });
  }

  /** `cause` stands for the client's message: what its listeners print and send is an answer to it. */
  receive(cause: ExecutionId, message: CommMessage): void {
    this.#causes.run(cause, () => {
      try {
        const isKnown = this.#listener(message);
        // The client waits for nobody: it is told so (messaging protocol 5.4, "Opening a Comm").
        if (!isKnown && message.type === 'comm_open') this.send({ type: 'comm_close', id: message.id, data: {}, metadata: {}, buffers: [] });
      } catch (error) {
        this.#reportError(error, cause);
      }
    });
    this.#outbox.post({ type: 'commTaken', execution: cause });
  }
}
