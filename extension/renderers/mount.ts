/** A payload into an element: drawn, updated in place, or, where it cannot be read, told in a sentence. */
import { isProblem, type Problem } from '../../kernel/model/views/problem.js';
import { make } from './dom.js';
import type { Channels } from './kernel-channel.js';

/** A view in the page. */
export interface Mounted<View> {
  update(view: View): void;
  dispose(): void;
}

export interface Drawer<View extends object> {
  parse(payload: unknown): View | Problem;
  /** @param channels undefined where no kernel can be reached */
  mount(container: HTMLElement, view: View, channels?: Channels): Mounted<View>;
}

/** Holds at most one view; whatever happens, nothing is thrown. */
export class Slot<View extends object> {
  readonly #drawer: Drawer<View>;
  readonly #container: HTMLElement;
  readonly #channels: Channels | undefined;
  #mounted: Mounted<View> | undefined;

  constructor(drawer: Drawer<View>, container: HTMLElement, channels?: Channels) {
    this.#drawer = drawer;
    this.#channels = channels;
    this.#container = container;
  }

  /** @param read gives the payload; it may throw */
  show(read: () => unknown): void {
    try {
      const view = this.#drawer.parse(read());
      if (isProblem(view)) this.#say(view.problem);
      else if (this.#mounted) this.#mounted.update(view);
      else this.#mounted = this.#drawer.mount(this.#container, view, this.#channels);
    } catch (error) {
      this.#say(`This view cannot be drawn: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  dispose(): void {
    this.#mounted?.dispose();
    this.#mounted = undefined;
  }

  #say(sentence: string): void {
    this.dispose();
    const line = make('div', { padding: '6px 8px' }, sentence);
    line.setAttribute('role', 'note');
    line.dataset.patchbayProblem = 'true';
    this.#container.replaceChildren(line);
  }
}
