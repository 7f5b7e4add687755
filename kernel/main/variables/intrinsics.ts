/** Facts about values that no class of the user can answer in their place. */
import { types } from 'node:util';

/** The getter of a built-in property, to be called on a value that may hide it. */
export function getter(prototype: object, name: string): ((this: unknown) => unknown) | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its `this`
  return Object.getOwnPropertyDescriptor(prototype, name)?.get;
}

// SAFETY: the prototype that all typed arrays share is an object.
const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object;
const TYPED_LENGTH = getter(TYPED_ARRAY, 'length');
const TYPED_BYTES = getter(TYPED_ARRAY, 'byteLength');
const BUFFER_BYTES = getter(ArrayBuffer.prototype, 'byteLength');
const MAP_SIZE = getter(Map.prototype, 'size');
const SET_SIZE = getter(Set.prototype, 'size');

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Number of items of a list or collection; undefined for other objects. */
export function lengthOf(value: object): number | undefined {
  if (types.isProxy(value)) return undefined;
  if (Array.isArray(value)) return value.length;
  if (types.isTypedArray(value)) return Number(TYPED_LENGTH?.call(value));
  if (types.isMap(value)) return Number(MAP_SIZE?.call(value));
  return types.isSet(value) ? Number(SET_SIZE?.call(value)) : undefined;
}

/** Bytes of values that are blocks of memory. A text has two a character. */
export function bytesOf(value: unknown): number | undefined {
  if (typeof value === 'string') return 2 * value.length;
  if (types.isTypedArray(value)) return Number(TYPED_BYTES?.call(value));
  return types.isArrayBuffer(value) ? Number(BUFFER_BYTES?.call(value)) : undefined;
}

/** The name of the class, `object` without one; for other values `typeof`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (types.isProxy(value)) return 'Proxy';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isObject(prototype) || types.isProxy(prototype)) return 'object';
  return nameOf(dataOf(prototype, 'constructor')) || 'object';
}

/** The name of a function or class, if it is text. */
export function nameOf(value: unknown): string {
  const name = typeof value === 'function' && !types.isProxy(value) ? dataOf(value, 'name') : undefined;
  return typeof name === 'string' ? name : '';
}

/** The value of an own property, if it is no getter. */
export const dataOf = (object: object, key: PropertyKey): unknown => Object.getOwnPropertyDescriptor(object, key)?.value;
