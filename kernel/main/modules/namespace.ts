import { inspect, type InspectOptions } from 'node:util';

/** What `import * as` gives: exported names and their values. */
export type Namespace = Record<string, unknown>;

/** Under it stands how a namespace of ours prints; names of exports cannot collide with it. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** A namespace to be filled with getters. It prints as Node prints a module: with values, not with `[Getter]`. */
export function createNamespace(): Namespace {
  const namespace: Namespace = {};
  Object.setPrototypeOf(namespace, null);
  Object.defineProperty(namespace, INSPECT, { value: (depth: number, options: InspectOptions) => (depth < 0 ? '[Module]' : printed(namespace, options)) });
  return namespace;
}

/** A namespace whose names read the properties of an object: of what a CommonJS module exports. */
export function namespaceOf(exported: unknown): Namespace {
  const namespace = createNamespace();
  const define = (name: string, get: () => unknown): void => void Object.defineProperty(namespace, name, { get, enumerable: true, configurable: true });
  if ((typeof exported === 'object' && exported !== null) || typeof exported === 'function') {
    for (const name of Object.keys(exported)) define(name, () => Reflect.get(exported, name));
  }
  // As in Node: the default export is the whole, whatever the module calls `default`.
  define('default', () => exported);
  Object.defineProperty(namespace, 'module.exports', { get: () => exported, configurable: true });
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module', configurable: true });
  return namespace;
}

function printed(namespace: Namespace, options: InspectOptions): string {
  const values: Namespace = {};
  Object.setPrototypeOf(values, null);
  for (const name of Object.keys(namespace)) {
    try {
      values[name] = namespace[name];
    } catch {
      values[name] = UNINITIALIZED;
    }
  }
  return inspect(values, options).replace(/^\[Object: null prototype\]/, '[Module: null prototype]');
}

/** A `const` of a module that has not run so far; Node's word for it. */
const UNINITIALIZED = { [INSPECT]: () => '<uninitialized>' };
