import type { KernelVariable } from '../kernel-client/replies.js';

/** One line of the variables view, before VS Code's classes come into it. */
export interface VariableRow {
  readonly label: string;
  /** Beside the name: type and shape, then the value in short. */
  readonly description: string;
  /** What the mouse and a screen reader are told. */
  readonly tooltip: string;
  readonly icon: string;
  /** Which buttons and menus the row has: `mask` has *Visualize Mask* beside its name, `value` in its menu only. */
  readonly kind: 'mask' | 'value';
}

const ICONS: Readonly<Record<string, string>> = {
  number: 'symbol-numeric',
  bigint: 'symbol-numeric',
  string: 'symbol-string',
  boolean: 'symbol-boolean',
  function: 'symbol-function',
  Array: 'symbol-array',
  Map: 'symbol-array',
  Set: 'symbol-array',
};

/** Name, type, shape, value and size of a variable in words. */
export function variableRow({ name, type, shape, preview, bytes, wiring }: KernelVariable): VariableRow {
  const what = shape === undefined ? type : `${type} ${shapeText(shape)}`;
  const size = bytes === undefined ? '' : `, ${byteText(bytes)}`;
  return {
    label: name,
    description: preview === '' ? what : `${what}  ${preview}`,
    tooltip: `${name}: ${what}${size}\n${preview}`.trim(),
    icon: (wiring === undefined ? undefined : WIRING_ICONS[wiring]) ?? ICONS[type] ?? (/Array$/.test(type) ? 'symbol-array' : 'symbol-variable'),
    kind: wiring === undefined ? 'value' : 'mask',
  };
}

const WIRING_ICONS: Readonly<Partial<Record<NonNullable<KernelVariable['wiring']>, string>>> = { mask: 'type-hierarchy', layer: 'type-hierarchy', model: 'layers' };

/** What opens in its panel when its row is opened; numbers in rows and columns open as text, as numbers do. */
export const isShownInPanel = ({ wiring }: KernelVariable): boolean => wiring === 'mask' || wiring === 'layer' || wiring === 'model';

/** `3×2`; of a vector `[3]`; of a scalar `[]`. */
function shapeText(shape: readonly number[]): string {
  return shape.length < 2 ? `[${shape.join('')}]` : shape.join('×');
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** Powers of 1024, as VS Code's own file sizes are. */
export function byteText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? String(value) : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[power] ?? ''}`;
}
