import type { Header } from '../../protocol/messages.js';
import type { ExecutionId } from '../../protocol/threads.js';

/** As many messages as may still have output to come. */
const REMEMBERED = 1_000;

/** Messages of clients that run code and are no cells: what that code prints is an answer to them. Their numbers are negative. */
export class MessageCauses {
  readonly #headers = new Map<ExecutionId, Header>();
  #last: ExecutionId = 0;

  add(header: Header): ExecutionId {
    this.#headers.set(--this.#last, header);
    this.#headers.delete(this.#last + REMEMBERED);
    return this.#last;
  }

  headerOf(cause: ExecutionId): Header | undefined {
    return this.#headers.get(cause);
  }
}
