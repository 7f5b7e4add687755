/** The live region: what is said last is read, a moment after the hand has come to rest. */
import { make } from '../../renderers/dom.js';

const REST_MS = 150;

export class Speaker {
  readonly element = make('div');
  #timer = 0;

  constructor() {
    this.element.className = 'hidden';
    this.element.setAttribute('aria-live', 'polite');
    this.element.setAttribute('role', 'status');
  }

  say(text: string): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.element.textContent = text), REST_MS);
  }
}
