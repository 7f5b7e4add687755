/** Controls of a view in VS Code's own colours: native elements, so that keyboard and screen reader know them. */
import { make, setStyles } from '../dom.js';

const HEIGHT = '24px';
const LOOK = {
  font: 'inherit',
  'font-size': '12px',
  height: HEIGHT,
  'box-sizing': 'border-box',
  'border-radius': '2px',
  border: '1px solid var(--vscode-button-border, var(--vscode-contrastBorder, var(--vscode-widget-border, currentColor)))',
};
const LABEL = { display: 'inline-flex', 'align-items': 'center', gap: '5px' };

/** @param label what a screen reader says, and a tooltip, where the text says too little */
export function button(text: string, press: () => void, label?: string): HTMLButtonElement {
  const element = make('button', {
    ...LOOK,
    'min-width': HEIGHT,
    padding: '0 8px',
    cursor: 'pointer',
    color: 'var(--vscode-button-secondaryForeground, inherit)',
    background: 'var(--vscode-button-secondaryBackground, transparent)',
  }, text);
  element.type = 'button';
  if (label !== undefined) element.setAttribute('aria-label', label);
  if (label !== undefined) element.title = label;
  element.addEventListener('click', press);
  return focusRing(element);
}

/** A list of choices with a visible label. */
export function choice(text: string, change: (value: string) => void): { readonly element: HTMLElement; show(options: readonly (readonly [value: string, text: string])[], chosen: string): void } {
  const select = make('select', {
    ...LOOK,
    padding: '0 4px',
    'max-width': '240px',
    color: 'var(--vscode-dropdown-foreground, inherit)',
    background: 'var(--vscode-dropdown-background, transparent)',
  });
  select.addEventListener('change', () => change(select.value));
  const element = make('label', LABEL);
  element.append(make('span', {}, text), focusRing(select));
  let known = '';
  return {
    element,
    show(options, chosen) {
      const key = JSON.stringify(options);
      // Of a live view the list stays open while its numbers change.
      if (key !== known && (known === '' || document.activeElement !== select)) {
        known = key;
        select.replaceChildren(...options.map(([value, label]) => Object.assign(make('option', {}, label), { value })));
      }
      select.value = chosen;
    },
  };
}

export function checkbox(text: string, change: (on: boolean) => void): { readonly element: HTMLElement; set(on: boolean): void } {
  const box = make('input', { margin: '0', width: '16px', height: '16px', 'accent-color': 'var(--vscode-focusBorder, auto)' });
  box.type = 'checkbox';
  box.addEventListener('change', () => change(box.checked));
  const element = make('label', { ...LABEL, height: HEIGHT, cursor: 'pointer' });
  element.append(focusRing(box), make('span', {}, text));
  return { element, set: (on) => (box.checked = on) };
}

export function slider(label: string, limits: { readonly min: number; readonly max: number; readonly step: number }, input: (value: number) => void): HTMLInputElement {
  const element = make('input', { margin: '0', height: HEIGHT, 'accent-color': 'var(--vscode-focusBorder, auto)' });
  element.type = 'range';
  Object.assign(element, { min: String(limits.min), max: String(limits.max), step: String(limits.step) });
  element.setAttribute('aria-label', label);
  element.addEventListener('input', () => input(Number(element.value)));
  return focusRing(element);
}

/** A row of controls, which keep their keys. */
export function toolRow(...children: readonly HTMLElement[]): HTMLElement {
  const element = make('div', { display: 'flex', 'flex-wrap': 'wrap', 'align-items': 'center', gap: '4px 12px', 'font-size': '12px', margin: '4px 0' });
  element.append(...children);
  keepKeys(element);
  return element;
}

export function group(label: string, ...children: readonly HTMLElement[]): HTMLElement {
  const element = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '4px' });
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  element.append(...children);
  return element;
}

/** Keys of a control stay with it: the notebook would move to another cell. Tab, Escape and shortcuts go their way. */
export function keepKeys(element: HTMLElement): void {
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' && event.key !== 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}

/** By the style object: a content security policy may forbid style sheets. */
export function focusRing<Control extends HTMLElement>(element: Control): Control {
  element.addEventListener('focus', () => setStyles(element, { outline: '2px solid var(--vscode-focusBorder, #0078d4)', 'outline-offset': '1px' }));
  element.addEventListener('blur', () => setStyles(element, { outline: 'none' }));
  return element;
}

/** Read by a screen reader, not seen. */
export function hidden(element: HTMLElement): HTMLElement {
  setStyles(element, { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', 'clip-path': 'inset(50%)', 'white-space': 'nowrap' });
  return element;
}
