/** The matrix for a screen reader: a grid with one cell, the one under the cursor. */
import { make } from '../../renderers/dom.js';
import type { Cell } from '../document/trace.js';

export class GridElement {
  readonly root = make('div');
  readonly #row = make('div');
  readonly #cell = make('div');

  constructor() {
    this.root.className = 'stage';
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'grid');
    this.root.setAttribute('aria-multiselectable', 'true');
    this.#row.className = 'hidden';
    this.#row.setAttribute('role', 'row');
    this.#cell.id = 'cell';
    this.#cell.setAttribute('role', 'gridcell');
    this.#row.append(this.#cell);
    this.root.append(this.#row);
    this.root.setAttribute('aria-activedescendant', 'cell');
  }

  describe(name: string, inputs: number, outputs: number): void {
    this.root.setAttribute('aria-label', `${name}: connections of ${inputs} inputs (rows) to ${outputs} outputs (columns)`);
    this.root.setAttribute('aria-rowcount', String(inputs));
    this.root.setAttribute('aria-colcount', String(outputs));
  }

  point({ row, column }: Cell, text: string, isSelected: boolean): void {
    this.#row.setAttribute('aria-rowindex', String(row + 1));
    this.#cell.setAttribute('aria-colindex', String(column + 1));
    this.#cell.setAttribute('aria-selected', String(isSelected));
    this.#cell.textContent = text;
  }
}
