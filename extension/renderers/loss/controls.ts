/** How the reader wants to look at the curves, and what they do with them. */
import type { Look } from '../../../kernel/model/views/loss/look.js';
import { MAX_SMOOTHING } from '../../../kernel/model/views/loss/smooth.js';
import { make } from '../dom.js';
import { button, checkbox, group, slider, toolRow } from '../widgets/controls.js';
import { saveGroup, type FileKind } from '../widgets/save-file.js';

export interface ControlActions {
  look(change: Partial<Look>): void;
  zoom(to: 'in' | 'out' | 'all'): void;
  table(): void;
  save(kind: FileKind): void;
}

export interface Controls {
  readonly element: HTMLElement;
  show(look: Look, tableIsOpen: boolean): void;
}

export function makeControls(actions: ControlActions): Controls {
  const logY = checkbox('log y', (on) => actions.look({ logY: on }));
  const logX = checkbox('log x', (on) => actions.look({ logX: on }));
  const recent = checkbox('recent y-range', (on) => actions.look({ recent: on }));
  const smoothing = slider('Smoothing', { min: 0, max: STOPS.length - 1, step: 1 }, (at) => actions.look({ smoothing: smoothingAt(at) }));
  smoothing.style.setProperty('width', '90px');
  const amount = make('span', { 'min-width': '3em', 'font-variant-numeric': 'tabular-nums' });
  const table = button('View as table', () => actions.table());
  const element = toolRow(
    logY.element,
    logX.element,
    recent.element,
    group('Smoothing', make('span', {}, 'smoothing'), smoothing, amount),
    group('Zoom in epochs', button('+', () => actions.zoom('in'), 'Zoom in'), button('−', () => actions.zoom('out'), 'Zoom out'), button('All', () => actions.zoom('all'), 'All epochs')),
    table,
    saveGroup((kind) => actions.save(kind)),
  );
  return {
    element,
    show(look, tableIsOpen) {
      logY.set(look.logY);
      logX.set(look.logX);
      recent.set(look.recent);
      smoothing.value = String(stopOf(look.smoothing));
      smoothing.setAttribute('aria-valuetext', look.smoothing === 0 ? 'off' : String(look.smoothing));
      amount.textContent = look.smoothing === 0 ? 'off' : String(look.smoothing);
      table.setAttribute('aria-expanded', String(tableIsOpen));
      table.textContent = tableIsOpen ? 'Hide table' : 'View as table';
    },
  };
}

/** Finer towards 1, where the curve changes most. */
const STOPS = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, MAX_SMOOTHING] as const;

const smoothingAt = (stop: number): number => STOPS[Math.max(0, Math.min(STOPS.length - 1, Math.round(stop)))] ?? 0;
const stopOf = (smoothing: number): number => STOPS.findLastIndex((stop) => stop <= smoothing);
