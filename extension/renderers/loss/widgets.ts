/** Buttons, boxes and sliders in VS Code's own colours: native elements, so that keyboard and screen reader know them. */
import { make, setStyles } from '../dom.js';

const HEIGHT = '24px';
const TEXT = { font: 'inherit', 'font-size': '12px', color: 'inherit' };

export function button(text: string, press: () => void, label?: string): HTMLButtonElement {
  const element = make('button', {
    ...TEXT,
    height: HEIGHT,
    'min-width': HEIGHT,
    padding: '0 8px',
    'border-radius': '2px',
    cursor: 'pointer',
    color: 'var(--vscode-button-secondaryForeground, inherit)',
    background: 'var(--vscode-button-secondaryBackground, transparent)',
    border: '1px solid var(--vscode-button-border, var(--vscode-contrastBorder, var(--vscode-widget-border, currentColor)))',
  }, text);
  element.type = 'button';
  if (label !== undefined) element.setAttribute('aria-label', label);
  if (label !== undefined) element.title = label;
  element.addEventListener('click', press);
  focusRing(element);
  return element;
}

export function checkbox(text: string, change: (on: boolean) => void): { readonly element: HTMLElement; set(on: boolean): void } {
  const box = make('input', { margin: '0', width: '16px', height: '16px', 'accent-color': 'var(--vscode-focusBorder, auto)' });
  box.type = 'checkbox';
  box.addEventListener('change', () => change(box.checked));
  focusRing(box);
  const element = make('label', { ...TEXT, display: 'inline-flex', 'align-items': 'center', gap: '5px', height: HEIGHT, cursor: 'pointer' });
  element.append(box, make('span', {}, text));
  return { element, set: (on) => (box.checked = on) };
}

export function slider(label: string, limits: { readonly min: number; readonly max: number; readonly step: number }, input: (value: number) => void): HTMLInputElement {
  const element = make('input', { margin: '0', height: HEIGHT, 'accent-color': 'var(--vscode-focusBorder, auto)' });
  element.type = 'range';
  Object.assign(element, { min: String(limits.min), max: String(limits.max), step: String(limits.step) });
  element.setAttribute('aria-label', label);
  element.addEventListener('input', () => input(Number(element.value)));
  focusRing(element);
  return element;
}

export const row = (...children: HTMLElement[]): HTMLElement => {
  const element = make('div', { display: 'flex', 'flex-wrap': 'wrap', 'align-items': 'center', gap: '4px 12px', 'font-size': '12px', 'margin-bottom': '4px' });
  element.append(...children);
  return element;
};

export const group = (label: string, ...children: HTMLElement[]): HTMLElement => {
  const element = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '4px' });
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  element.append(...children);
  return element;
};

/** VS Code's webview has no `:focus-visible` style of ours: a content security policy may forbid style sheets. */
function focusRing(element: HTMLElement): void {
  element.addEventListener('focus', () => setStyles(element, { outline: '2px solid var(--vscode-focusBorder, #0078d4)', 'outline-offset': '1px' }));
  element.addEventListener('blur', () => setStyles(element, { outline: 'none' }));
}

/** Keys of a control stay with it: the notebook would move to another cell. Tab, Escape and shortcuts go their way. */
export function keepKeys(element: HTMLElement): void {
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' && event.key !== 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}

/** Read by a screen reader, not seen. */
export function hidden(element: HTMLElement): HTMLElement {
  setStyles(element, { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', 'clip-path': 'inset(50%)', 'white-space': 'nowrap' });
  return element;
}
