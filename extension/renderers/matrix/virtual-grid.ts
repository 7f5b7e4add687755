/**
 * The matrix as a grid for assistive technology: one element for the cell under the cursor, whatever the size of the matrix, which the
 * grid names as its active descendant; what it says is announced once the cursor rests.
 */
import type { Place } from '../../../kernel/model/views/matrix/camera.js';
import { make } from '../dom.js';

const REST_MS = 150;

const HIDDEN = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', 'clip-path': 'inset(50%)', 'white-space': 'nowrap' };
let count = 0;

export class VirtualGrid {
  readonly element = make('div', { position: 'relative', outline: 'none' });
  readonly #row = make('div', HIDDEN);
  readonly #cell = make('div');
  readonly #live = make('div', HIDDEN);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'grid');
    this.#row.setAttribute('role', 'row');
    this.#cell.setAttribute('role', 'gridcell');
    this.#cell.id = `patchbay-cell-${(count += 1)}-${Math.random().toString(36).slice(2)}`;
    this.#live.setAttribute('role', 'status');
    this.#live.setAttribute('aria-live', 'polite');
    this.#row.append(this.#cell);
    this.element.append(this.#row);
  }

  /** Beside the grid: a grid holds rows only. */
  get live(): HTMLElement {
    return this.#live;
  }

  describe(label: string, inputs: number, outputs: number): void {
    this.element.setAttribute('aria-label', label);
    this.element.setAttribute('aria-rowcount', String(inputs));
    this.element.setAttribute('aria-colcount', String(outputs));
  }

  /** @param aloud announces it after a moment of rest: for keys, not for each move of the pointer */
  move(place: Place | undefined, text: string, aloud: boolean): void {
    this.#cell.textContent = text || 'no cell is chosen';
    if (place) {
      this.#row.setAttribute('aria-rowindex', String(place.row + 1));
      this.#cell.setAttribute('aria-colindex', String(place.column + 1));
      this.element.setAttribute('aria-activedescendant', this.#cell.id);
    } else this.element.removeAttribute('aria-activedescendant');
    if (aloud) this.say(text);
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#live.textContent = text), REST_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
