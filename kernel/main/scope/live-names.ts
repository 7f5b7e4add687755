/** The key under which a compiled module lists the exports that it assigns to after their declaration. */
const LIVE: unique symbol = Symbol.for('patchbay.live');

const NONE: ReadonlySet<string> = new Set();

/** The exports of a module of ours whose values change. Node's own modules don't tell: theirs are taken once. */
export function liveNames(namespace: object): ReadonlySet<string> {
  const names: unknown = Object.getOwnPropertyDescriptor(namespace, LIVE)?.value;
  return Array.isArray(names) ? new Set(names.map(String)) : NONE;
}
