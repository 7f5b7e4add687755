/**
 * Whether code can be terminated. On Node before 24 an AsyncLocalStorage, once it has been used, makes Node follow
 * every callback with hooks, and a terminate leaves their stack out of step, which ends the process.
 */
import asyncHooks, { AsyncLocalStorage } from 'node:async_hooks';

/** Since then AsyncLocalStorage works without hooks. */
const SAFE_NODE_MAJOR = 24;

/** Calls `onChange` whenever the answer changes. Nothing is wrapped on a Node that has no such problem. */
export function watchAsyncHooks(onChange: (canTerminate: boolean) => void, nodeVersion = process.versions.node): void {
  const storageNeedsHooks = Number(nodeVersion.split('.')[0]) < SAFE_NODE_MAJOR;
  const users = new Set<object>();
  const use = (user: object): void => {
    users.add(user);
    onChange(false);
  };
  const leave = (user: object): void => {
    users.delete(user);
    onChange(users.size === 0);
  };
  if (storageNeedsHooks) {
    for (const name of ['run', 'enterWith'] as const) wrap(AsyncLocalStorage.prototype, name, use);
    wrap(AsyncLocalStorage.prototype, 'disable', leave);
  }
  const createHook = asyncHooks.createHook.bind(asyncHooks);
  asyncHooks.createHook = (callbacks) => {
    const hook = createHook(callbacks);
    wrap(hook, 'enable', use);
    wrap(hook, 'disable', leave);
    return hook;
  };
}

function wrap<Name extends string>(target: object & Readonly<Record<Name, unknown>>, name: Name, before: (self: object) => void): void {
  const original: unknown = target[name];
  if (typeof original !== 'function') return;
  const wrapped = function (this: object, ...args: unknown[]): unknown {
    before(this);
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(target, name, { value: wrapped, writable: true, configurable: true });
}
