/** The row of controls above a matrix. All of it works by keyboard; no key that it takes reaches the notebook. */
import { hex } from '../../../kernel/model/views/colour.js';
import { make, setStyles } from '../dom.js';
import type { Theme } from '../theme.js';

const TARGET = '24px';

export class Controls {
  readonly element = make('div', { display: 'flex', 'flex-wrap': 'wrap', gap: '4px', 'align-items': 'center', margin: '2px 0 6px', 'font-size': '12px' });
  readonly #parts: HTMLElement[] = [];

  constructor(label: string) {
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-label', label);
    this.element.addEventListener('keydown', (event) => {
      // Leaving, and the editor's own shortcuts, stay possible.
      if (event.key !== 'Tab' && event.key !== 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
  }

  button(text: string, label: string, act: () => void): HTMLButtonElement {
    const button = make('button', { 'min-width': TARGET, padding: '0 7px' }, text);
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', act);
    return this.#add(button);
  }

  /** @param options values and what they are called */
  choice(label: string, options: readonly (readonly [value: string, text: string])[], choose: (value: string) => void): HTMLSelectElement {
    const select = make('select', { padding: '0 2px' });
    for (const [value, text] of options) {
      const option = make('option', {}, text);
      option.value = value;
      select.append(option);
    }
    select.title = label;
    select.setAttribute('aria-label', label);
    select.addEventListener('change', () => choose(select.value));
    return this.#add(select);
  }

  /** Enter hands over what was typed. */
  box(placeholder: string, label: string, take: (text: string, input: HTMLInputElement) => void): HTMLInputElement {
    const input = make('input', { width: '88px', padding: '0 5px' });
    input.placeholder = placeholder;
    input.title = label;
    input.setAttribute('aria-label', label);
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') take(input.value, input);
    });
    return this.#add(input);
  }

  dress({ palette, focus }: Theme): void {
    for (const part of this.#parts) {
      setStyles(part, { color: hex(palette.text), 'background-color': hex(palette.background), border: `1px solid ${hex(palette.border)}`, '--patchbay-focus': focus });
    }
  }

  #add<Part extends HTMLElement>(part: Part): Part {
    setStyles(part, { height: TARGET, 'box-sizing': 'border-box', 'border-radius': '2px', font: 'inherit', cursor: part instanceof HTMLInputElement ? 'text' : 'pointer' });
    // VS Code's webview has no outline for focus of its own on every element.
    part.addEventListener('focus', () => setStyles(part, { outline: '2px solid var(--patchbay-focus)', 'outline-offset': '1px' }));
    part.addEventListener('blur', () => setStyles(part, { outline: 'none' }));
    this.#parts.push(part);
    this.element.append(part);
    return part;
  }
}
