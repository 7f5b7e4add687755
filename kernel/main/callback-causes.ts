/**
 * Causes through callbacks that no promise and no timer carries: listeners of emitters (streams, servers, child processes)
 * and the callbacks of Node's own asynchronous functions.
 */
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { NO_CAUSE, type Causes } from './causes.js';
import type { ExecutionId } from '../protocol/threads.js';

/** For ESM imports of these names, `syncBuiltinESMExports` has to follow. */
export function followCallbacks(causes: Causes): void {
  followEmitters(causes);
  for (const module of [fs, zlib, crypto, childProcess])
    for (const name of Object.keys(module)) if (`${name}Sync` in module) wrapCallback(causes, module, name);
  for (const name of ['randomBytes', 'randomFill', 'randomInt', 'generateKey', 'generateKeyPair']) wrapCallback(causes, crypto, name);
  for (const name of Object.keys(dns)) if (/^(lookup|resolve|reverse)/.test(name)) wrapCallback(causes, dns, name);
}

/** An emitter speaks for the cell that listened to it last. */
function followEmitters(causes: Causes): void {
  const owners = new WeakMap<object, ExecutionId>();
  const prototype = EventEmitter.prototype;
  for (const name of ['on', 'addListener', 'prependListener', 'once', 'prependOnceListener'] as const) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== 'function') continue;
    define(prototype, name, original, function (this: object, ...args: unknown[]) {
      // The process is everybody's.
      if (causes.current !== NO_CAUSE && this !== process) owners.set(this, causes.current);
      return apply(original, this, args);
    });
  }
  const emit: unknown = Reflect.get(prototype, 'emit');
  if (typeof emit !== 'function') return;
  define(prototype, 'emit', emit, function (this: object, ...args: unknown[]) {
    const owner = causes.current === NO_CAUSE ? owners.get(this) : undefined;
    if (owner === undefined) return apply(emit, this, args);
    return causes.run(owner, () => apply(emit, this, args));
  });
}

/** A function whose last argument is its callback. */
function wrapCallback(causes: Causes, module: object, name: string): void {
  const original: unknown = Reflect.get(module, name);
  if (typeof original !== 'function') return;
  define(module, name, original, function (this: unknown, ...args: unknown[]) {
    const callback = args.at(-1);
    const cause = causes.current;
    if (cause === NO_CAUSE || typeof callback !== 'function') return apply(original, this, args);
    const bound = (...given: unknown[]): unknown => causes.run(cause, () => apply(callback, undefined, given));
    return apply(original, this, [...args.slice(0, -1), bound]);
  });
}

const apply = (f: object, self: unknown, args: readonly unknown[]): unknown => Reflect.apply(f as () => unknown, self, args); // SAFETY: called with functions only

/** With the properties of the original: its name, and the symbol that `util.promisify` reads. */
function define(target: object, name: string, original: object, wrapped: (...args: never[]) => unknown): void {
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  if (descriptor?.configurable === false || descriptor?.writable === false) return;
  Object.defineProperty(target, name, { ...descriptor, value: wrapped });
}
