/** Draws a figure again when its width or the theme changes. A collapsed output has no width: it is drawn when it is opened. */
import { onThemeChange } from '../theme.js';

export class Redraw {
  readonly #root: HTMLElement;
  readonly #draw: () => void;
  readonly #endTheme: () => void;
  readonly #resize: ResizeObserver;
  #width = 0;

  constructor(root: HTMLElement, draw: () => void) {
    this.#root = root;
    this.#draw = draw;
    this.#endTheme = onThemeChange(draw);
    this.#resize = new ResizeObserver(() => this.fit());
    this.#resize.observe(root);
  }

  /** CSS pixels; 0 while there is nowhere to draw. */
  get width(): number {
    return this.#width;
  }

  fit(): void {
    const width = this.#root.clientWidth;
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#endTheme();
  }
}
