import { inspect } from 'node:util';
import type { Variable } from '../protocol/threads.js';

const MAX_PREVIEW_CHARS = 80;

/** One line about a variable. Looking runs no getter of the user and no `inspect.custom` of a foreign class. */
export function describeVariable(name: string, value: unknown): Variable {
  const type = typeName(value);
  const preview = previewOf(value).replace(/\s+/g, ' ');
  return { name, type, preview: preview.length > MAX_PREVIEW_CHARS ? `${preview.slice(0, MAX_PREVIEW_CHARS - 1)}…` : preview, isMask: isMaskLike(value) };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'object';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object';
}

function previewOf(value: unknown): string {
  const options = { depth: 1, maxArrayLength: 6, maxStringLength: MAX_PREVIEW_CHARS, breakLength: Infinity, getters: false };
  // Our own classes describe themselves without running anything of the user's.
  return inspect(value, { ...options, customInspect: isMaskLike(value) || hasMask(value) });
}

/** A Mask of the module `patchbay`, by its shape: the class itself is loaded only when a cell imports it. */
export function isMaskLike(value: unknown): boolean {
  return typeName(value) === 'Mask' || hasMask(value);
}

/** A masked layer. */
function hasMask(value: unknown): boolean {
  return typeName(value) === 'MaskedDense';
}
