/**
 * The interrupt ladder: ask, settle, terminate.
 *
 * 1. The shared flag: `train` and `progress` loops end after their step, and keep what they have.
 * 2. A message: an idle main thread (an await that never resolves) settles the cell without any force.
 * 3. `Runtime.terminateExecution`: V8 stops the loop, the process and its variables stay.
 *    A terminate that meets no running code may end the next callback instead, so a settle message follows each one
 *    and is sent again without a terminate in between.
 */
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { SharedWord } from '../protocol/threads.js';

/** How long a train or progress loop gets to end after its step. */
const COOPERATIVE_GRACE_MS = 1_000;
/** And the cell, once its loop has ended, to come to its next statement or `await`. */
const AFTER_LOOP_GRACE_MS = 100;
const SETTLE_GRACE_MS = 25;
const BETWEEN_ATTEMPTS_MS = 100;
/** After this the client offers a restart. */
const GIVE_UP_MS = 10_000;

export interface Interruptible {
  isRunning(): boolean;
  /** Asks the main thread to settle the execution. */
  settle(): void;
}

export class Interrupter {
  readonly #shared: Int32Array;
  readonly #session = new Session();
  #connected = false;

  constructor(shared: Int32Array) {
    this.#shared = shared;
  }

  /** Resolves to whether the execution has ended. */
  async interrupt(target: Interruptible): Promise<boolean> {
    if (!target.isRunning()) return true;
    Atomics.store(this.#shared, SharedWord.interruptRequested, 1);
    try {
      const until = Date.now() + GIVE_UP_MS;
      if (this.#loops > 0) {
        await this.#waitFor(() => this.#loops === 0 || !target.isRunning(), COOPERATIVE_GRACE_MS);
        if (this.#loops === 0 && (await this.#ends(target, AFTER_LOOP_GRACE_MS))) return true;
      }
      target.settle();
      if (await this.#ends(target, SETTLE_GRACE_MS)) return true;
      while (Date.now() < until) {
        this.#terminate();
        target.settle();
        if (await this.#ends(target, BETWEEN_ATTEMPTS_MS)) return true;
        target.settle();
        if (await this.#ends(target, BETWEEN_ATTEMPTS_MS)) return true;
      }
      return false;
    } finally {
      Atomics.store(this.#shared, SharedWord.interruptRequested, 0);
    }
  }

  /** Node waits at its exit for a session that is still connected. */
  dispose(): void {
    if (this.#connected) this.#session.disconnect();
    this.#connected = false;
  }

  /** @throws where this Node has no inspector */
  connect(): void {
    if (this.#connected) return;
    this.#session.connectToMainThread();
    this.#connected = true;
  }

  #terminate(): void {
    this.connect();
    this.#session.post('Runtime.terminateExecution', () => undefined);
  }

  get #loops(): number {
    return Atomics.load(this.#shared, SharedWord.cooperativeLoops);
  }

  #ends(target: Interruptible, ms: number): Promise<boolean> {
    return this.#waitFor(() => !target.isRunning(), ms);
  }

  async #waitFor(condition: () => boolean, ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    while (!condition()) {
      if (Date.now() >= until) return false;
      await sleep(2);
    }
    return true;
  }
}
