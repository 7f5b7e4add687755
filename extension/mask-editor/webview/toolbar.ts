/** The toolbar and the row of fields below it that a fill opens. */
import type { Tool } from '../document/gesture.js';
import type { Recipe } from '../document/recipes.js';
import { make } from '../../renderers/dom.js';
import { FILLS, type Fill } from './fills.js';
import { icon, type IconName } from './icons.js';

export type Command = 'transpose' | 'invert' | 'clear' | 'zoomIn' | 'zoomOut' | 'fit' | 'copyCode' | 'insertCell';

export interface ToolbarActions {
  readonly onTool: (tool: Tool) => void;
  readonly onFill: (recipe: Recipe) => void;
  readonly onCommand: (command: Command) => void;
}

const TOOLS: readonly { readonly tool: Tool; readonly label: string; readonly title: string; readonly icon: IconName }[] = [
  { tool: 'draw', label: 'Draw', title: 'Draw: click or drag; takes the opposite of the first cell (D)', icon: 'draw' },
  { tool: 'rectangle', label: 'Rectangle', title: 'Rectangle: drag, or set two corners (X)', icon: 'rectangle' },
  { tool: 'row', label: 'Row', title: 'Row: click anywhere in it (R)', icon: 'row' },
  { tool: 'column', label: 'Column', title: 'Column: click anywhere in it (C)', icon: 'column' },
];

export class Toolbar {
  readonly bar = make('div');
  readonly form = make('form');
  readonly #actions: ToolbarActions;
  readonly #tools = new Map<Tool, HTMLButtonElement>();
  readonly #fills = new Map<Fill, HTMLButtonElement>();
  readonly #scope = make('span');

  constructor(actions: ToolbarActions) {
    this.#actions = actions;
    this.bar.className = 'bar';
    this.bar.setAttribute('role', 'toolbar');
    this.bar.setAttribute('aria-label', 'Mask tools');
    this.form.hidden = true;
    const tools = group('Tools', 'radiogroup');
    for (const { tool, label, title, icon: name } of TOOLS) {
      const button = buttonOf(label, title, name, () => this.#actions.onTool(tool));
      button.setAttribute('role', 'radio');
      this.#tools.set(tool, button);
      tools.append(button);
    }
    const fills = group('Fill');
    for (const fill of FILLS) {
      const button = buttonOf(fill.label, `${fill.title}…`, fill.icon, () => this.#toggle(fill));
      button.setAttribute('aria-expanded', 'false');
      this.#fills.set(fill, button);
      fills.append(button);
    }
    const command = (label: string, title: string, name: IconName, id: Command): HTMLButtonElement => buttonOf(label, title, name, () => this.#actions.onCommand(id));
    const whole = group('Whole mask');
    whole.append(command('Transpose', 'Transpose: rows become columns', 'transpose', 'transpose'), command('Invert', 'Invert: connect what is not connected, and the other way round', 'invert', 'invert'), command('Clear', 'Clear: disconnect all', 'clear', 'clear'));
    // Where there is little room, icons and titles are enough.
    for (const element of [fills, whole]) element.classList.add('compact');
    const zoom = group('Zoom');
    zoom.append(command('', 'Zoom out (−)', 'zoomOut', 'zoomOut'), command('', 'Show all (0)', 'fit', 'fit'), command('', 'Zoom in (+)', 'zoomIn', 'zoomIn'));
    const code = group('Code');
    code.classList.add('end');
    code.append(command('Copy as Code', 'Copy the shortest TypeScript that makes this mask', 'copy', 'copyCode'), command('Insert Cell', 'Insert a notebook cell that makes this mask', 'cell', 'insertCell'));
    this.bar.append(tools, fills, whole, zoom, code);
    this.form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close(true);
    });
  }

  showTool(tool: Tool): void {
    for (const [name, button] of this.#tools) button.setAttribute('aria-checked', String(name === tool));
  }

  /** What fills will fill. */
  showScope(text: string): void {
    this.#scope.textContent = text;
  }

  close(andFocus = false): void {
    for (const button of this.#fills.values()) {
      if (andFocus && button.getAttribute('aria-expanded') === 'true') button.focus();
      button.setAttribute('aria-expanded', 'false');
    }
    this.form.hidden = true;
  }

  #toggle(fill: Fill): void {
    const wasOpen = this.#fills.get(fill)?.getAttribute('aria-expanded') === 'true';
    this.close();
    if (wasOpen) return;
    this.#fills.get(fill)?.setAttribute('aria-expanded', 'true');
    this.form.setAttribute('aria-label', fill.title);
    const inputs = fill.fields.map(({ name, label, value, min, max, step = '1' }) => {
      const row = make('label', {}, label);
      const input = make('input');
      Object.assign(input, { type: 'number', name, step, required: true, value: String(value), min: String(min ?? ''), max: String(max ?? '') });
      row.append(input);
      return { row, input };
    });
    const fillButton = make('button', {}, 'Fill');
    fillButton.className = 'primary';
    fillButton.type = 'submit';
    this.form.replaceChildren(...inputs.map(({ row }) => row), fillButton, this.#scope);
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#actions.onFill(fill.recipe(Object.fromEntries(inputs.map(({ input }) => [input.name, input.valueAsNumber]))));
    };
    this.form.hidden = false;
    inputs[0]?.input.select();
  }
}

function group(label: string, role = 'group'): HTMLElement {
  const element = make('div');
  element.className = 'group';
  element.setAttribute('role', role);
  element.setAttribute('aria-label', label);
  return element;
}

function buttonOf(label: string, title: string, name: IconName, onClick: () => void): HTMLButtonElement {
  const button = make('button');
  button.type = 'button';
  button.title = title;
  button.setAttribute('aria-label', label === '' ? title : label);
  button.append(icon(name));
  if (label !== '') {
    const text = make('span', {}, label);
    text.className = 'label';
    button.append(text);
  }
  button.addEventListener('click', onClick);
  return button;
}
