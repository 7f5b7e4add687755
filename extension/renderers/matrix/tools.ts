/** Zoom, go to, order, mode, tables and files of a matrix. */
import type { Place } from '../../../kernel/model/views/matrix/camera.js';
import { ORDERS, type OrderName } from '../../../kernel/model/views/matrix/orders.js';
import { hex } from '../../../kernel/model/views/colour.js';
import { make, setStyles } from '../dom.js';
import type { Theme } from '../theme.js';
import { Controls } from './controls.js';
import { whenLater, type Later } from './load-later.js';
import type { Subject, View } from './drawn.js';

const ORDER = 'Order of units';

export interface ToolActions {
  zoom(factor: number): void;
  fit(): void;
  goTo(place: Place): void;
  order(order: OrderName): void;
  mode(mode: string): void;
  state(): { readonly view: View; readonly subject: Subject; readonly canvas: HTMLCanvasElement; readonly theme: Theme; readonly near: HTMLElement; readonly say: (text: string) => void };
}

export class MatrixTools {
  readonly element: HTMLElement;
  readonly tables = make('div', { display: 'none', 'flex-wrap': 'wrap', 'margin-top': '6px' });
  readonly #controls = new Controls('Tools');
  readonly #actions: ToolActions;
  readonly #zoom: readonly HTMLElement[];
  readonly #goTo: HTMLElement;
  readonly #order: HTMLSelectElement;
  readonly #mode: HTMLSelectElement;
  readonly #table: HTMLButtonElement;
  #modes = '';
  #isTable = false;

  constructor(actions: ToolActions) {
    this.#actions = actions;
    const controls = this.#controls;
    this.element = controls.element;
    this.#zoom = [
      controls.button('+', 'Zoom in (+)', () => actions.zoom(2)),
      controls.button('−', 'Zoom out (−)', () => actions.zoom(0.5)),
      controls.button('Fit', 'Fit (0)', () => actions.fit()),
    ];
    this.#goTo = controls.box('go to i, j', 'Go to input i, output j', (text, input) => this.#goToText(text, input));
    this.#order = controls.choice(ORDER, Object.entries(ORDERS).map(([name, title]) => [name, name === 'natural' ? 'natural order' : title] as const), (value) => {
      actions.order(value === 'degree' || value === 'blocks' || value === 'adjacency' ? value : 'natural');
    });
    this.#mode = controls.choice('Show', [], (value) => actions.mode(value));
    this.#table = controls.button('Table', 'View as table', () => this.#toggleTable());
    this.#table.setAttribute('aria-expanded', 'false');
    controls.button('PNG', 'Save as PNG', () => this.#save((later) => later.savePng));
    controls.button('SVG', 'Save as SVG', () => this.#save((later) => later.saveSvg));
    controls.button('CSV', 'Save as CSV', () => this.#save((later) => later.saveCsv));
  }

  update(view: View, { modes, mode, canOrder }: Subject, { canZoom }: { readonly canZoom: boolean }, theme: Theme): void {
    this.#controls.dress(theme);
    for (const part of this.#zoom) setStyles(part, { display: canZoom ? '' : 'none' });
    setStyles(this.#goTo, { display: canZoom ? '' : 'none' });
    setStyles(this.#order, { display: Math.max(view.inputs, view.outputs) > 2 ? '' : 'none' });
    this.#order.disabled = !canOrder;
    this.#order.title = canOrder ? ORDER : 'Counts have no order';
    setStyles(this.#mode, { display: modes.length > 1 ? '' : 'none' });
    const titles = JSON.stringify(modes.map(({ name, title }) => [name, title]));
    if (titles !== this.#modes) {
      this.#modes = titles;
      this.#mode.replaceChildren(...modes.map(({ name, title }) => Object.assign(make('option', {}, title), { value: name })));
    }
    this.#mode.value = mode.name;
    if (this.#isTable) this.#fillTables();
  }

  #goToText(text: string, input: HTMLInputElement): void {
    const { view, say } = this.#actions.state();
    whenLater(({ readPlace }) => {
      const place = readPlace(text, view);
      input.setAttribute('aria-invalid', String(typeof place === 'string'));
      if (typeof place === 'string') say(place);
      else this.#actions.goTo(place);
    }, say);
  }

  #toggleTable(): void {
    this.#isTable = !this.#isTable;
    this.#table.setAttribute('aria-expanded', String(this.#isTable));
    setStyles(this.tables, { display: this.#isTable ? 'flex' : 'none' });
    if (this.#isTable) this.#fillTables();
    else this.tables.replaceChildren();
  }

  #fillTables(): void {
    const { say } = this.#actions.state();
    whenLater(({ matrixTables }) => {
      const { view, subject, theme } = this.#actions.state();
      if (this.#isTable) this.tables.replaceChildren(...matrixTables(view, subject, hex(theme.palette.border)));
    }, say);
  }

  #save(way: (later: Later) => Later['savePng']): void {
    const state = this.#actions.state();
    whenLater((later) => way(later)(state), state.say);
  }
}
