/** The result of `display` and `show.*`: changes what was shown, in place. */
import { DISPLAY_METHOD } from './bundle-of.js';
import type { MimeBundle } from '../../protocol/messages.js';

export class DisplayHandle<Update extends readonly unknown[]> {
  /** The id that `updateDisplay` takes. */
  readonly displayId: string;
  readonly #update: (...args: Update) => void;

  constructor(displayId: string, update: (...args: Update) => void) {
    this.displayId = displayId;
    this.#update = update;
  }

  /** Replaces what this handle shows. In a plain script the new sentence is printed. */
  update(...args: Update): void {
    this.#update(...args);
  }

  /** As the last expression of a cell a handle shows nothing more. */
  [DISPLAY_METHOD](): MimeBundle {
    return {};
  }
}
