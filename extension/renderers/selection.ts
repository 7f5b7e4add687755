/**
 * What the reader points at, shared by all views in a page: a matrix, its degrees, its histogram, the network that it is a part of.
 *
 * Views of the same connections carry the same `layer` in their payload. Hover is for the moment; a click pins, Shift adds, Esc
 * clears.
 */
import { pageWide } from './page-wide.js';

export interface Selection {
  /** The identity of the connections, as payloads name it. */
  readonly layer: string;
  /** An input; with `column` one cell, alone a whole line. */
  readonly row?: number;
  /** An output. */
  readonly column?: number;
}

export interface LayerSelection {
  readonly hover?: Selection;
  readonly pins: readonly Selection[];
}

/** @param from who changed it: a view need not follow itself */
export type SelectionListener = (selection: LayerSelection, from: object) => void;

interface Shared {
  readonly states: Map<string, LayerSelection>;
  readonly listeners: Map<string, Set<SelectionListener>>;
}

const NONE: LayerSelection = { pins: [] };

const shared = (): Shared => pageWide('patchbay.selection.1', () => ({ states: new Map(), listeners: new Map() }));

export const selectionOf = (layer: string): LayerSelection => shared().states.get(layer) ?? NONE;

/** Calls the listener at every change; returns what ends it. */
export function onSelection(layer: string, listener: SelectionListener): () => void {
  const { listeners, states } = shared();
  const all = listeners.get(layer) ?? new Set();
  listeners.set(layer, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size > 0 || listeners.get(layer) !== all) return;
    listeners.delete(layer);
    states.delete(layer);
  };
}

/** Undefined when the pointer leaves. */
export function hover(layer: string, selection: Omit<Selection, 'layer'> | undefined, from: object): void {
  const { pins } = selectionOf(layer);
  change(layer, { pins, ...(selection && { hover: { ...selection, layer } }) }, from);
}

/** Pins it, alone or beside others; what is pinned already is let go. */
export function togglePin(layer: string, selection: Omit<Selection, 'layer'>, add: boolean, from: object): void {
  const state = selectionOf(layer);
  const isSame = (pin: Selection): boolean => pin.row === selection.row && pin.column === selection.column;
  const others = add ? state.pins.filter((pin) => !isSame(pin)) : [];
  change(layer, { ...state, pins: state.pins.some(isSame) ? others : [...others, { ...selection, layer }] }, from);
}

/** Returns whether there was anything to clear. */
export function clearPins(layer: string, from: object): boolean {
  const { pins } = selectionOf(layer);
  if (pins.length > 0) change(layer, NONE, from);
  return pins.length > 0;
}

function change(layer: string, state: LayerSelection, from: object): void {
  const { states, listeners } = shared();
  states.set(layer, state);
  for (const listener of [...(listeners.get(layer) ?? [])]) listener(state, from);
}
