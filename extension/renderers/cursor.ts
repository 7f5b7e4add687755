/** The mark at a place of a matrix: its row and column as bands, its cell as a frame; elements above the canvas. */
import { hex } from '../../kernel/model/views/colour.js';
import type { Place } from '../../kernel/model/views/matrix-readout.js';
import type { MatrixScene } from '../../kernel/model/views/matrix-scene.js';
import type { Palette } from '../../kernel/model/views/palette.js';
import { make, setStyles } from './dom.js';

const BASE = { position: 'absolute', 'pointer-events': 'none', display: 'none', 'box-sizing': 'border-box' };

export class Cursor {
  readonly #row = make('div', { ...BASE, opacity: '0.16' });
  readonly #column = make('div', { ...BASE, opacity: '0.16' });
  readonly #cell = make('div', BASE);

  constructor(stage: HTMLElement) {
    stage.append(this.#row, this.#column, this.#cell);
  }

  /** @param scale device pixels per CSS pixel; undefined hides it */
  move(place: Place | undefined, { x, y, fit }: MatrixScene, palette: Palette, scale: number): void {
    if (!place) {
      for (const element of [this.#row, this.#column, this.#cell]) setStyles(element, { display: 'none' });
      return;
    }
    const { rows, columns } = fit;
    const left = x + place.column * columns.size;
    const top = y + place.row * rows.size;
    const box = (element: HTMLElement, from: readonly [number, number], size: readonly [number, number], grow: number): void =>
      setStyles(element, {
        display: 'block',
        left: `${from[0] / scale - grow}px`,
        top: `${from[1] / scale - grow}px`,
        width: `${size[0] / scale + 2 * grow}px`,
        height: `${size[1] / scale + 2 * grow}px`,
      });
    box(this.#row, [x, top], [columns.extent, rows.size], 0);
    box(this.#column, [left, y], [columns.size, rows.extent], 0);
    box(this.#cell, [left, top], [columns.size, rows.size], 1);
    setStyles(this.#row, { background: hex(palette.text) });
    setStyles(this.#column, { background: hex(palette.text) });
    // Two frames, one light and one dark, are seen on every colour.
    setStyles(this.#cell, { border: `1px solid ${hex(palette.text)}`, outline: `1px solid ${hex(palette.background)}` });
  }
}
