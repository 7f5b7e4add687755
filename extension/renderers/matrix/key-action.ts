/** What a key does beside moving the cursor. */
import { panBy, zoomBy, zoomTo, type Camera } from '../../../kernel/model/views/matrix/camera.js';

export type KeyAction = { readonly kind: 'camera'; readonly camera: Camera } | { readonly kind: 'pin' } | { readonly kind: 'escape' };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** A part of the window. */
const PAN = 0.2;
const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** `+`, `-` and `0` zoom, Shift and arrows pan, Enter and Space pin. Undefined for keys that do something else. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: PressedKey, camera: Camera): KeyAction | undefined {
  if (key === 'Escape') return { kind: 'escape' };
  if (ctrlKey || metaKey || altKey) return undefined;
  const middle = { x: Math.round(camera.columns.room / 2), y: Math.round(camera.rows.room / 2) };
  if (key === '+' || key === '=') return { kind: 'camera', camera: zoomBy(camera, 2, middle) };
  if (key === '-' || key === '_') return { kind: 'camera', camera: zoomBy(camera, 0.5, middle) };
  if (key === '0') return { kind: 'camera', camera: zoomTo(camera, 1, middle) };
  if (key === 'Enter' || key === ' ') return { kind: 'pin' };
  const arrow = shiftKey ? ARROWS[key] : undefined;
  return arrow && { kind: 'camera', camera: panBy(camera, Math.round(arrow[0] * PAN * camera.columns.room), Math.round(arrow[1] * PAN * camera.rows.room)) };
}
