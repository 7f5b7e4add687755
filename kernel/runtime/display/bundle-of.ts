/** What a value looks like: its mime bundle. */
import { types } from 'node:util';
import type { MimeBundle } from '../../protocol/messages.js';
import { inspectValue } from './inspect-value.js';
import { encodeData, isBundle } from './media-types.js';
import { copyPicture } from './picture-of.js';

/** A value with this method is shown by the bundle that it returns (Deno's convention). An empty bundle shows nothing. */
export const DISPLAY_METHOD: unique symbol = Symbol.for('Jupyter.display');

/**
 * A mime bundle as it is; the bundle that a value's own `[Symbol.for('Jupyter.display')]()` returns; else `util.inspect` of it.
 * What the method throws, or rejects with, is passed on.
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  // Looking at a proxy runs its traps.
  if (types.isProxy(value)) return inspected(value);
  const method = displayMethod(value);
  if (method) {
    const shown = method();
    return shown instanceof Promise ? shown.then((bundle: unknown) => clean(bundle, value)) : clean(shown, value);
  }
  return isBundle(value) ? clean(value, value) : inspected(value);
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !(DISPLAY_METHOD in value)) return undefined;
  const method = value[DISPLAY_METHOD];
  return typeof method === 'function' ? (): unknown => Reflect.apply(method, value, []) : undefined;
}

const inspected = (value: unknown): MimeBundle => ({ 'text/plain': inspectValue(value) });

/** Data in the form of the wire. A method that returns no bundle is as good as none. */
function clean(bundle: unknown, value: unknown): MimeBundle {
  const isEmpty = typeof bundle === 'object' && bundle !== null && Object.keys(bundle).length === 0;
  if (isEmpty) return {};
  if (!isBundle(bundle)) return inspected(value);
  const encoded = Object.fromEntries(Object.entries(bundle).map(([type, data]) => [type, encodeData(type, data)]));
  return copyPicture(bundle, encoded);
}
