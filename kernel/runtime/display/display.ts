/** `display` and its forms. */
import type { MimeBundle } from '../../protocol/messages.js';
import { ArgumentError } from '../argument-error.js';
import { bundleOf } from './bundle-of.js';
import { DisplayHandle } from './handle.js';
import { currentHost } from './host.js';
import { newDisplayId, publish } from './publish.js';

export interface ShowOptions {
  /** Names this display, for `updateDisplay`; default a new id. */
  readonly displayId?: string;
}

export type ValueHandle = DisplayHandle<[value: unknown]>;

/**
 * Shows a value below the cell: a mime bundle (an object whose every key is a media type) as it is; a value with a method
 * `[Symbol.for('Jupyter.display')]` by what that returns; anything else as `util.inspect` prints it.
 *
 * @returns a handle whose `update(x)` replaces it in place
 */
function displayValue(value: unknown, options: ShowOptions = {}): ValueHandle {
  const displayId = checkedId('display', options.displayId) ?? newDisplayId();
  show(value, displayId, false);
  return new DisplayHandle(displayId, (next: unknown) => show(next, displayId, true));
}

/** Replaces every display of this id. */
export function updateDisplay(value: unknown, options: { readonly displayId: string }): void {
  const displayId: string | undefined = checkedId('updateDisplay', options?.displayId);
  if (displayId === undefined) throw new ArgumentError('updateDisplay: displayId', displayId, 'the displayId of an earlier display');
  show(value, displayId, true);
}

function checkedId(caller: string, id: unknown): string | undefined {
  if (id === undefined || (typeof id === 'string' && id !== '')) return id;
  throw new ArgumentError(`${caller}: displayId`, id, 'a text that is not empty');
}

function show(value: unknown, displayId: string, update: boolean): void {
  const bundle = bundleOf(value);
  if (bundle instanceof Promise) void bundle.then((ready) => publish(ready, { displayId, update }));
  else publish(bundle, { displayId, update });
}

/** A form of `display` for one media type. */
const textForm =
  (form: string, type: string) =>
  (text: string, options?: ShowOptions): ValueHandle => {
    if (typeof text !== 'string') throw new ArgumentError(`display.${form}: text`, text, 'a string');
    return displayValue(bundle(type, text), options);
  };

const bundle = (type: string, data: unknown): MimeBundle => ({ [type]: data });

function displayPng(data: Uint8Array | string, options?: ShowOptions): ValueHandle {
  if (typeof data !== 'string' && !(data instanceof Uint8Array)) throw new ArgumentError('display.png: data', data, 'the bytes of a PNG file, or their base64');
  return displayValue(bundle('image/png', data), options);
}

function displayJson(value: unknown, options?: ShowOptions): ValueHandle {
  return displayValue({ 'application/json': value, 'text/plain': JSON.stringify(value, null, 2) }, options);
}

export const display = Object.assign(displayValue, {
  html: textForm('html', 'text/html'),
  markdown: textForm('markdown', 'text/markdown'),
  svg: textForm('svg', 'image/svg+xml'),
  latex: textForm('latex', 'text/latex'),
  text: textForm('text', 'text/plain'),
  png: displayPng,
  json: displayJson,
});

/** Empties the output of the cell; with `wait`, only when its next output is there, so that nothing flickers. */
export function clearOutput({ wait = false }: { readonly wait?: boolean } = {}): void {
  currentHost()?.clearOutput(wait);
}
