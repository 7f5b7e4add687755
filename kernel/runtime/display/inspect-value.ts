/** `util.inspect` of values of any size: what a notebook shows of them is short, and there quickly. */
import { inspect, types, type InspectOptions } from 'node:util';

/** Entries that are shown in full; of more, each list is cut shorter. 100×100 numbers fit. */
const MAX_ENTRIES = 12_000;
/** Node cuts lists, but not objects: one with more properties than this shows the first ones and a count. */
const MAX_PROPERTIES = 1_000;
const SHOWN_PROPERTIES = 100;
const MAX_CHARS = 200_000;
const LIST_LENGTHS = [100, 25, 10, 3] as const;
const DEPTH = 2;

/**
 * The text of a value without colours: that of `util.inspect`, with a count in place of what would be too much.
 * Runs no getter. `inspect.custom` methods are called, and what they throw is passed on.
 */
export function inspectValue(value: unknown, options: InspectOptions = {}): string {
  const depth = typeof options.depth === 'number' ? options.depth : DEPTH;
  const narrow = withoutWideObjects(value, depth);
  const maxArrayLength = LIST_LENGTHS.find((length) => countEntries(narrow, depth, length) <= MAX_ENTRIES) ?? 1;
  return cut(inspect(narrow, { maxArrayLength, ...options, colors: false }));
}

function cut(text: string): string {
  if (text.length <= MAX_CHARS) return text;
  const lineEnd = text.lastIndexOf('\n', MAX_CHARS);
  const end = lineEnd > MAX_CHARS / 2 ? lineEnd : MAX_CHARS;
  return `${text.slice(0, end)}\n... ${text.length - end} more characters`;
}

/** What `inspect` would show with lists of this length, and no more than is needed to see that it is too much. */
function countEntries(value: unknown, depth: number, length: number): number {
  let count = 0;
  const visit = (item: unknown, level: number): void => {
    count++;
    if (count > MAX_ENTRIES || level < 0 || !isObject(item) || types.isProxy(item) || inspect.custom in item) return;
    for (const child of childrenOf(item, length)) {
      if (count > MAX_ENTRIES) return;
      visit(child, level - 1);
    }
  };
  visit(value, depth);
  return count;
}

function* childrenOf(item: object, length: number): Iterable<unknown> {
  if (ArrayBuffer.isView(item)) yield* new Array<undefined>(Math.min(length, item.byteLength));
  else if (Array.isArray(item)) for (let i = 0; i < Math.min(length, item.length); i++) yield dataOf(item, String(i));
  else if (types.isSet(item)) yield* first(Set.prototype.values.call(item), length);
  else if (types.isMap(item)) for (const [key, entry] of first(Map.prototype.entries.call(item), length)) yield* [key, entry];
  else for (const key of Object.keys(item)) yield dataOf(item, key);
}

function* first<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}

/** Wide objects among the value and what is in its plain objects and arrays are replaced; nothing is copied without need. */
function withoutWideObjects(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth < 0 || types.isProxy(value) || inspect.custom in value) return value;
  if (Array.isArray(value)) return replaced(value, Array.from({ length: Math.min(LIST_LENGTHS[0], value.length) }, (_, i) => String(i)), depth, () => [...(value as unknown[])]); // SAFETY: an array
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isPlain(value)) return value;
  const keys = Object.keys(value);
  if (keys.length > MAX_PROPERTIES) return new WideObject(value, keys);
  if (prototype !== Object.prototype) return value;
  return replaced(value, keys, depth, () => Object.defineProperties({}, Object.getOwnPropertyDescriptors(value)));
}

function replaced(value: object, keys: readonly string[], depth: number, copy: () => object): object {
  let changed: object | undefined;
  for (const key of keys) {
    const child = dataOf(value, key);
    const narrow = withoutWideObjects(child, depth - 1);
    if (narrow !== child) Object.defineProperty((changed ??= copy()), key, { value: narrow, enumerable: true, configurable: true, writable: true });
  }
  return changed ?? value;
}

class WideObject {
  readonly #value: object;
  readonly #keys: readonly string[];

  constructor(value: object, keys: readonly string[]) {
    this.#value = value;
    this.#keys = keys;
  }

  [inspect.custom](depth: number, options: InspectOptions): string {
    const prototype: unknown = Object.getPrototypeOf(this.#value);
    const shown = Object.setPrototypeOf({}, isObject(prototype) ? prototype : null) as object; // SAFETY: the object itself
    for (const key of this.#keys.slice(0, SHOWN_PROPERTIES)) Object.defineProperty(shown, key, Object.getOwnPropertyDescriptor(this.#value, key) ?? {});
    const text = inspect(shown, { ...options, depth });
    return depth < 0 ? text : text.replace(/,?\s*\}$/, `,\n  ... ${this.#keys.length - SHOWN_PROPERTIES} more properties\n}`);
  }
}

/** An object whose keys are what `inspect` shows of it. */
function isPlain(value: object): boolean {
  return !(types.isMap(value) || types.isSet(value) || types.isNativeError(value) || types.isPromise(value) || types.isDate(value) || types.isRegExp(value) || types.isBoxedPrimitive(value) || ArrayBuffer.isView(value));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The value of a property, if it is no getter. */
const dataOf = (object: object, key: string): unknown => Object.getOwnPropertyDescriptor(object, key)?.value;
