/**
 * Which execution caused the code that runs now: followed through promises and timers, so that what a cell started
 * still prints below that cell when it comes later.
 *
 * With `v8.promiseHooks` and wrapped timers, not AsyncLocalStorage: on Node 20 and 22 a terminate after an await inside
 * an AsyncLocalStorage run aborts the process.
 */
import timersPromises from 'node:timers/promises';
import { promiseHooks } from 'node:v8';
import type { ExecutionId } from '../protocol/threads.js';

/** No execution is known to be the cause. */
export const NO_CAUSE: ExecutionId = 0;

class Give {
  constructor(promise: object) {
    return promise;
  }
}

/** A private field on the promise itself: fast, and invisible to whoever inspects the promise. */
class Stamp extends Give {
  #cause: ExecutionId;
  constructor(promise: object, cause: ExecutionId) {
    super(promise);
    this.#cause = cause;
  }
  static read(promise: object): ExecutionId {
    return #cause in promise ? promise.#cause : NO_CAUSE;
  }
}

type Callback = (...args: unknown[]) => unknown;
type Timer = 'setTimeout' | 'setInterval' | 'setImmediate';

export class Causes {
  #current: ExecutionId = NO_CAUSE;
  #latest: ExecutionId = NO_CAUSE;
  /** What to call to end a timer, by the execution that started it. */
  readonly #timers = new Map<ExecutionId, Map<object, () => void>>();
  readonly #interrupted = new Set<ExecutionId>();

  get current(): ExecutionId {
    return this.#current;
  }

  /** The cause of the code that ran last: that of an error which left a callback. */
  get latest(): ExecutionId {
    return this.#latest;
  }

  causeOf(promise: object): ExecutionId {
    return Stamp.read(promise);
  }

  /** Starts to follow. Wraps the global timers. */
  install(): void {
    promiseHooks.createHook({
      init: (promise: Promise<unknown>) => {
        if (this.#current !== NO_CAUSE) new Stamp(promise, this.#current);
      },
      before: (promise: Promise<unknown>) => {
        this.#current = Stamp.read(promise);
      },
      after: () => {
        this.#current = NO_CAUSE;
      },
    });
    this.#wrapTimer('setTimeout', clearTimeout, true);
    this.#wrapTimer('setInterval', clearInterval, false);
    this.#wrapTimer('setImmediate', clearImmediate, true);
    this.#wrapClear('clearTimeout');
    this.#wrapClear('clearInterval');
    this.#wrapClear('clearImmediate');
    this.#wrapScheduler(globalThis, 'queueMicrotask');
    this.#wrapScheduler(process, 'nextTick');
    this.#wrapSleep();
  }

  /** Runs `f` with `execution` as the cause. A terminated `f` leaves the cause; the next entry sets its own. */
  run<T>(execution: ExecutionId, f: () => T): T {
    const before = this.#current;
    this.#current = this.#latest = execution;
    try {
      return f();
    } finally {
      this.#current = before;
    }
  }

  /**
   * What a loop of a cell awaits: the value as it is, or a promise that settles with it unless its execution was
   * interrupted before.
   */
  alive(awaited: unknown): unknown {
    const cause = this.#current;
    const isPromise = typeof awaited === 'object' && awaited !== null && 'then' in awaited;
    if (cause === NO_CAUSE || !isPromise) return awaited;
    const settled = Promise.resolve(awaited);
    const unlessInterrupted = (): Promise<unknown> => (this.#interrupted.has(cause) ? new Promise(() => undefined) : settled);
    return settled.then(unlessInterrupted, unlessInterrupted);
  }

  /** An interrupted cell goes on in no timer, and in no loop that awaits. */
  interrupt(execution: ExecutionId): void {
    // Code that was terminated has not put back what was before it.
    this.#current = NO_CAUSE;
    this.#interrupted.add(execution);
    const timers = this.#timers.get(execution);
    this.#timers.delete(execution);
    for (const end of timers?.values() ?? []) end();
  }

  #wrapTimer(name: Timer, clear: (timer: never) => void, once: boolean): void {
    const original: unknown = globalThis[name];
    if (typeof original !== 'function') return;
    const wrapped = (callback: unknown, ...rest: unknown[]): object => {
      const cause = this.#current;
      if (typeof callback !== 'function' || cause === NO_CAUSE) return Reflect.apply(original, globalThis, [callback, ...rest]) as object; // SAFETY: a timer
      const call = callback as Callback; // SAFETY: checked above
      const entry = (...args: unknown[]): void => {
        if (once) this.#timers.get(cause)?.delete(timer);
        this.run(cause, () => call.apply(timer, args));
      };
      const timer = Reflect.apply(original, globalThis, [entry, ...rest]) as object; // SAFETY: Node's timers are objects
      this.#remember(cause, timer, () => clear(timer as never)); // SAFETY: `clear` is the counterpart of `name`
      return timer;
    };
    // Keeps `util.promisify(setTimeout)`, which reads a symbol of the original.
    Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
    Reflect.set(globalThis, name, wrapped);
  }

  #wrapClear(name: 'clearTimeout' | 'clearInterval' | 'clearImmediate'): void {
    const original = globalThis[name] as (timer: unknown) => void; // SAFETY: takes what the timers return, or their number
    Reflect.set(globalThis, name, (timer: unknown) => {
      if (typeof timer === 'object' && timer !== null) for (const timers of this.#timers.values()) timers.delete(timer);
      original(timer);
    });
  }

  #wrapScheduler(target: object, name: 'queueMicrotask' | 'nextTick'): void {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== 'function') return;
    Reflect.set(target, name, (callback: unknown, ...args: unknown[]) => {
      const cause = this.#current;
      const call = typeof callback === 'function' && cause !== NO_CAUSE ? (...given: unknown[]) => this.run(cause, () => void Reflect.apply(callback, undefined, given)) : callback;
      Reflect.apply(original, target, [call, ...args]);
    });
  }

  /** `import { setTimeout } from 'node:timers/promises'`: the sleep of a loop that must end with its cell. */
  #wrapSleep(): void {
    const original = timersPromises.setTimeout;
    const wrapped = async (ms?: number, value?: unknown, options: { signal?: AbortSignal; ref?: boolean } = {}): Promise<unknown> => {
      const cause = this.#current;
      if (cause === NO_CAUSE) return original(ms, value, options);
      const abort = new AbortController();
      const signal = options.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal]);
      // An interrupted sleep never ends, as an interrupted timer never fires: nothing after it runs.
      const end = (): void => abort.abort(INTERRUPTED);
      this.#remember(cause, abort, end);
      try {
        return await original(ms, value, { ...options, signal });
      } catch (error) {
        if (abort.signal.aborted) return await new Promise(() => undefined);
        throw error;
      } finally {
        this.#timers.get(cause)?.delete(abort);
      }
    };
    Reflect.set(timersPromises, 'setTimeout', wrapped);
  }

  #remember(cause: ExecutionId, timer: object, end: () => void): void {
    let timers = this.#timers.get(cause);
    if (timers === undefined) {
      timers = new Map<object, () => void>();
      this.#timers.set(cause, timers);
    }
    timers.set(timer, end);
  }
}

const INTERRUPTED = new Error('the cell was interrupted');
