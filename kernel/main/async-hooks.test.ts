import asyncHooks, { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, expect, it } from 'vitest';
import { watchAsyncHooks } from './async-hooks.js';

const before = { ...Object.getOwnPropertyDescriptors(AsyncLocalStorage.prototype) };
const createHook = asyncHooks.createHook;
afterAll(() => {
  Object.defineProperties(AsyncLocalStorage.prototype, before);
  asyncHooks.createHook = createHook;
});

it('on Node 20 says when a storage or a hook is in use, and when none is any more; both work as before', () => {
  const seen: boolean[] = [];
  watchAsyncHooks((can) => seen.push(can), '20.20.2');
  const storage = new AsyncLocalStorage<number>();
  expect(storage.run(5, () => storage.getStore())).toBe(5);
  expect(seen).toEqual([false]);
  const hook = asyncHooks.createHook({ init: () => undefined }).enable();
  storage.disable();
  expect(seen.at(-1)).toBe(false);
  hook.disable();
  expect(seen.at(-1)).toBe(true);
  storage.enterWith(6);
  expect([storage.getStore(), seen.at(-1)]).toEqual([6, false]);
  storage.disable();
});

it('on Node 24 only hooks count', () => {
  Object.defineProperties(AsyncLocalStorage.prototype, before);
  asyncHooks.createHook = createHook;
  const seen: boolean[] = [];
  watchAsyncHooks((can) => seen.push(can), '24.1.0');
  new AsyncLocalStorage<number>().run(5, () => 0);
  expect(seen).toEqual([]);
});
