/** The frame around a view: a figure that a screen reader reads as one sentence and the keyboard can reach. */
import { hex } from '../../kernel/model/views/colour.js';
import { make, setStyles } from './dom.js';
import type { Theme } from './theme.js';

export interface Figure {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  readonly subtitle: HTMLElement;
  /** The drawing goes here. */
  readonly stage: HTMLElement;
  /** What is under the pointer or the cursor; spoken politely. */
  readonly readout: HTMLElement;
  readonly legend: HTMLElement;
  readonly note: HTMLElement;
}

export function makeFigure(view: string): Figure {
  const root = make('div', { display: 'block', 'box-sizing': 'border-box', width: '100%', padding: '6px 8px', 'border-radius': '3px' });
  root.dataset.patchbayView = view;
  root.setAttribute('role', 'figure');
  root.tabIndex = 0;
  const title = make('div', { 'font-size': '14px', 'font-weight': '600', 'line-height': '1.4', 'overflow-wrap': 'anywhere' });
  const subtitle = make('div', { 'font-size': '12px', 'line-height': '1.5', 'margin-bottom': '6px', 'overflow-wrap': 'anywhere' });
  const stage = make('div', { position: 'relative', 'max-width': '100%' });
  const readout = make('div', { 'font-size': '12px', 'min-height': '1.5em', 'line-height': '1.5', 'font-variant-numeric': 'tabular-nums' });
  readout.setAttribute('role', 'status');
  const legend = make('div', { display: 'flex', 'flex-wrap': 'wrap', gap: '4px 20px', 'align-items': 'flex-start', 'font-size': '11px', 'margin-top': '4px' });
  const note = make('div', { 'font-size': '11px', 'line-height': '1.5', 'margin-top': '4px' });
  root.append(title, subtitle, stage, readout, legend, note);
  root.addEventListener('focus', () => setStyles(root, { 'outline-style': 'solid' }));
  root.addEventListener('blur', () => setStyles(root, { 'outline-style': 'none' }));
  return { root, title, subtitle, stage, readout, legend, note };
}

export function dressFigure({ root, subtitle, note }: Figure, { palette, font, focus, isHighContrast }: Theme): void {
  setStyles(root, {
    color: hex(palette.text),
    'font-family': font,
    outline: `2px ${document.activeElement === root ? 'solid' : 'none'} ${focus}`,
    'outline-offset': '-2px',
    border: isHighContrast ? `1px solid ${hex(palette.border)}` : '1px solid transparent',
  });
  setStyles(subtitle, { color: hex(palette.muted) });
  setStyles(note, { color: hex(palette.muted) });
}
