/** From a variable to a value in it by property names, without running a getter or a trap of the user's. */
import { types } from 'node:util';
import type { ValuePath } from '../../model/look/value-path.js';
import { valueInWords, quoted } from './what-is.js';

export interface Walk {
  readonly has: (name: string) => boolean;
  readonly get: (name: string) => unknown;
  /** What a getter of the runtime's own classes gives. */
  readonly property: (value: object, key: string) => { readonly value: unknown } | undefined;
}

export type Found = { readonly value: unknown } | { readonly problem: string };

export function walk({ name, keys }: ValuePath, { has, get, property }: Walk): Found {
  if (!has(name)) return { problem: `There is no variable ${quoted(name)}: no cell that was run since the kernel started declares it. Run the cell that does.` };
  let value = get(name);
  let title = name;
  for (const key of keys) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return { problem: `${quoted(title)} is ${valueInWords(value)}, and has no ${quoted(key)}.` };
    if (types.isProxy(value)) return { problem: `${quoted(title)} is a Proxy. Looking into it would run its code: keep the value in a variable of its own.` };
    const next = own(value, key) ?? property(value, key);
    const inner = /^\d+$/.test(key) ? `${title}[${key}]` : `${title}.${key}`;
    if (next === undefined) return { problem: missing(value, key, title, inner) };
    if (!('value' in next)) return { problem: `${quoted(inner)} is a getter. Looking runs no code: keep its value in a variable of its own.` };
    value = next.value;
    title = inner;
  }
  return { value };
}

/** `value` is missing in what is returned for a getter. */
function own(object: object, key: string): { readonly value?: unknown } | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return undefined;
  return descriptor.get === undefined && descriptor.set === undefined ? { value: descriptor.value } : {};
}

function missing(value: object, key: string, title: string, inner: string): string {
  const hasGetter = prototypes(value).some((prototype) => Object.getOwnPropertyDescriptor(prototype, key)?.get !== undefined);
  if (hasGetter) return `${quoted(inner)} is a getter. Looking runs no code: keep its value in a variable of its own.`;
  const length = Array.isArray(value) && /^\d+$/.test(key) ? ` of ${value.length}` : '';
  return `${quoted(title)} has no ${quoted(key)}${length === '' ? '' : `: it is an array${length}`}.`;
}

function prototypes(value: object): object[] {
  const found: object[] = [];
  for (let at: unknown = Object.getPrototypeOf(value); typeof at === 'object' && at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at)) found.push(at);
  return found;
}
