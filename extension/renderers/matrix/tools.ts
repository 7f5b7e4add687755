/** Zoom, go to, order, mode, tables and files of a matrix. */
import type { Place } from '../../../kernel/model/views/matrix/camera.js';
import { ORDERS, type OrderName } from '../../../kernel/model/views/matrix/orders.js';
import { hex } from '../../../kernel/model/views/colour.js';
import { make, setStyles } from '../dom.js';
import type { Theme } from '../theme.js';
import { Controls } from './controls.js';
import { whenLater, type Later } from './load-later.js';
import type { Subject, View } from './drawn.js';

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
  readonly #controls = new Controls('Tools of the matrix');
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
      controls.button('Fit', 'Show everything (0)', () => actions.fit()),
    ];
    this.#goTo = controls.box('go to i, j', 'Go to the cell of input i, output j: two numbers or names, then Enter', (text) => this.#readPlace(text));
    this.#order = controls.choice('Order of rows and columns', Object.entries(ORDERS).map(([name, title]) => [name, name === 'natural' ? 'natural order' : title] as const), (value) => {
      actions.order(value === 'degree' || value === 'blocks' || value === 'adjacency' ? value : 'natural');
    });
    this.#mode = controls.choice('What is shown', [], (value) => actions.mode(value));
    this.#table = controls.button('Table', 'View as table', () => this.#toggleTable());
    this.#table.setAttribute('aria-expanded', 'false');
    controls.button('PNG', 'Save as PNG', () => this.#save((later) => later.savePng));
    controls.button('SVG', 'Save as SVG', () => this.#save((later) => later.saveSvg));
    controls.button('CSV', 'Save the connections as CSV', () => this.#save((later) => later.saveCsv));
  }

  update(view: View, { modes, mode, canOrder }: Subject, { canZoom }: { readonly canZoom: boolean }, theme: Theme): void {
    this.#controls.dress(theme);
    for (const part of this.#zoom) setStyles(part, { display: canZoom ? '' : 'none' });
    setStyles(this.#goTo, { display: canZoom ? '' : 'none' });
    setStyles(this.#order, { display: Math.max(view.inputs, view.outputs) > 2 ? '' : 'none' });
    this.#order.disabled = !canOrder;
    this.#order.title = canOrder ? 'Order of rows and columns' : 'Only what holds every connection can be put in order; this output holds counts';
    setStyles(this.#mode, { display: modes.length > 1 ? '' : 'none' });
    const titles = JSON.stringify(modes.map(({ name, title }) => [name, title]));
    if (titles !== this.#modes) {
      this.#modes = titles;
      this.#mode.replaceChildren(...modes.map(({ name, title }) => Object.assign(make('option', {}, title), { value: name })));
    }
    this.#mode.value = mode.name;
    if (this.#isTable) this.#fillTables();
  }

  /** `3, 17`, or names of units. The answer says what is wrong. */
  #readPlace(text: string): string | undefined {
    const { view, say } = this.#actions.state();
    const [first = '', second = ''] = text.split(/[,;→\s]+/).filter((part) => part !== '');
    const row = unitOf(first, view.inputs, view.names.inputs);
    const column = unitOf(second, view.outputs, view.names.outputs);
    if (row === undefined || column === undefined) {
      const wrong = `Two numbers: an input from 0 to ${view.inputs - 1}, an output from 0 to ${view.outputs - 1}`;
      say(wrong);
      return wrong;
    }
    this.#actions.goTo({ row, column });
    return undefined;
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

function unitOf(text: string, units: number, names: readonly string[] | undefined): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named;
  const value = Number(text);
  return /^\d+$/.test(text) && value < units ? value : undefined;
}
