/**
 * A value in a few words, in the style of `util.inspect`. That one reads `constructor.name` and `Symbol.toStringTag`, which a
 * class may answer with code of its own, and walks through everything; this one does neither.
 */
import { inspect, types } from 'node:util';
import { bytesOf, dataOf, getter, isObject, lengthOf, nameOf, typeName } from './intrinsics.js';

const MAX_ITEMS = 6;
const MAX_CHARS = 160;
const DEPTH = 1;

export function previewOf(value: unknown): string {
  return preview(value, DEPTH);
}

function preview(value: unknown, depth: number): string {
  // What is cut anyway need not be made.
  if (typeof value === 'string') return inspect(value.slice(0, MAX_CHARS));
  if (typeof value === 'function') return functionPreview(value);
  if (!isObject(value)) return inspect(value);
  if (types.isProxy(value)) return 'Proxy';
  return leafPreview(value) ?? (depth < 0 ? `[${typeName(value)}]` : containerPreview(value, depth));
}

function functionPreview(value: object): string {
  if (types.isProxy(value)) return 'Proxy';
  const name = nameOf(value);
  if (/^class\b/.test(Function.prototype.toString.call(value))) return `[class ${name || '(anonymous)'}]`;
  return `[Function${name === '' ? ' (anonymous)' : `: ${name}`}]`;
}

/** Objects that are one thing and have no parts to show. */
function leafPreview(value: object): string | undefined {
  if (types.isNativeError(value)) return `${typeName(value)}: ${text(dataOf(value, 'message'))}`;
  if (types.isDate(value)) return Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
  if (types.isRegExp(value)) return `/${text(dataOf(value, 'source') ?? REGEXP_SOURCE?.call(value))}/`;
  if (types.isArrayBuffer(value)) return `ArrayBuffer { byteLength: ${bytesOf(value)} }`;
  if (types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value)) return typeName(value);
  return undefined;
}

function containerPreview(value: object, depth: number): string {
  const length = lengthOf(value);
  if (Array.isArray(value) || types.isTypedArray(value)) {
    const items = Array.from({ length: Math.min(MAX_ITEMS, length ?? 0) }, (_, i) => property(value, String(i), depth));
    return `${Array.isArray(value) && typeName(value) === 'Array' ? '' : `${typeName(value)}(${length}) `}${list('[', items, length ?? 0, ']')}`;
  }
  if (types.isMap(value)) {
    const items = first(Map.prototype.entries.call(value)).map(([key, item]) => `${preview(key, depth - 1)} => ${preview(item, depth - 1)}`);
    return `${typeName(value)}(${length}) ${list('{', items, length ?? 0, '}')}`;
  }
  if (types.isSet(value)) return `${typeName(value)}(${length}) ${list('{', first(Set.prototype.values.call(value)).map((item) => preview(item, depth - 1)), length ?? 0, '}')}`;
  const keys = Object.keys(value);
  const items = keys.slice(0, MAX_ITEMS).map((key) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : inspect(key)}: ${property(value, key, depth)}`);
  return `${className(value)}${list('{', items, keys.length, '}')}`;
}

function property(object: object, key: string, depth: number): string {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return 'undefined';
  if (descriptor.get !== undefined || descriptor.set !== undefined) return descriptor.get === undefined ? '[Setter]' : '[Getter]';
  return preview(descriptor.value, depth - 1);
}

function className(value: object): string {
  if (Object.getPrototypeOf(value) === null) return '[Object: null prototype] ';
  const name = typeName(value);
  return name === 'Object' ? '' : `${name} `;
}

function list(open: string, items: readonly string[], count: number, close: string): string {
  if (count === 0) return open + close;
  const more = count > items.length ? [`... ${count - items.length} more item${count - items.length === 1 ? '' : 's'}`] : [];
  return `${open} ${[...items, ...more].join(', ')} ${close}`;
}

function first<Item>(items: Iterable<Item>): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    if (found.length === MAX_ITEMS) break;
    found.push(item);
  }
  return found;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const REGEXP_SOURCE = getter(RegExp.prototype, 'source');
