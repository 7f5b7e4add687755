/**
 * The interrupt ladder: ask, settle, terminate.
 *
 * 1. The shared flag: `train` and `progress` loops end after their step, and keep what they have.
 * 2. A message: an idle main thread (an await that never resolves) settles the cell without any force.
 * 3. `Runtime.terminateExecution`: V8 stops the loop, the process and its variables stay.
 *    A terminate that meets no running code may end the next callback instead, so a settle message follows each one
 *    and is sent again without a terminate in between.
 * 4. SIGINT, then SIGKILL, to what the cell started: it may be inside `execSync`.
 * 5. What remains is a restart; the answer says why.
 */
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { SharedWord } from '../protocol/threads.js';
import { youngDescendants } from './child-processes.js';

/** How long a train or progress loop gets to end after its step. */
const COOPERATIVE_GRACE_MS = 1_000;
/** And the cell, once its loop has ended, to come to its next statement or `await`. */
const AFTER_LOOP_GRACE_MS = 100;
const SETTLE_GRACE_MS = 25;
const BETWEEN_ATTEMPTS_MS = 100;
/** A main thread that no terminate reaches is in native code: perhaps it waits for a child. */
const SIGINT_AFTER_MS = 250;
const SIGKILL_AFTER_MS = 1_500;
/** The system counts ages in hundredths of a second. */
const AGE_SLACK_MS = 50;
/** After this the client offers a restart. */
const GIVE_UP_MS = 10_000;
/** The same where force must not be used: only code that waits can be ended. */
const GIVE_UP_WITHOUT_FORCE_MS = 1_000;

export interface Interruptible {
  isRunning(): boolean;
  /** When the execution started, in milliseconds of `Date.now()`. */
  readonly since: number;
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

  /** Resolves to undefined when the execution has ended, or to the reason why it has not, with what to do. */
  async interrupt(target: Interruptible): Promise<string | undefined> {
    if (!target.isRunning()) return undefined;
    Atomics.store(this.#shared, SharedWord.interruptRequested, 1);
    try {
      return (await this.#ask(target)) ? undefined : await this.#force(target);
    } finally {
      Atomics.store(this.#shared, SharedWord.interruptRequested, 0);
    }
  }

  async #ask(target: Interruptible): Promise<boolean> {
    if (this.#loops > 0) {
      await this.#waitFor(() => this.#loops === 0 || !target.isRunning(), COOPERATIVE_GRACE_MS);
      if (this.#loops === 0 && (await this.#ends(target, AFTER_LOOP_GRACE_MS))) return true;
    }
    target.settle();
    return this.#ends(target, SETTLE_GRACE_MS);
  }

  async #force(target: Interruptible): Promise<string | undefined> {
    const started = Date.now();
    const signals: { readonly signal: NodeJS.Signals; readonly after: number }[] = [
      { signal: 'SIGINT', after: SIGINT_AFTER_MS },
      { signal: 'SIGKILL', after: SIGKILL_AFTER_MS },
    ];
    while (Date.now() - started < (this.#mustNotTerminate ? GIVE_UP_WITHOUT_FORCE_MS : GIVE_UP_MS)) {
      if (!this.#mustNotTerminate) this.#terminate();
      target.settle();
      if (await this.#ends(target, BETWEEN_ATTEMPTS_MS)) return undefined;
      target.settle();
      if (await this.#ends(target, BETWEEN_ATTEMPTS_MS)) return undefined;
      const due = signals[0];
      if (due === undefined || Date.now() - started < due.after) continue;
      signals.shift();
      await signalChildren(due.signal, (Date.now() - target.since + AGE_SLACK_MS) / 1000);
    }
    return this.#mustNotTerminate ? HOOKS : NATIVE;
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

  get #mustNotTerminate(): boolean {
    return Atomics.load(this.#shared, SharedWord.mustNotTerminate) === 1;
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

/** Also those that a cell left running in the background, if it is this one. */
async function signalChildren(signal: NodeJS.Signals, seconds: number): Promise<void> {
  for (const pid of await youngDescendants(process.pid, seconds).catch(() => [])) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

const HOOKS = `The cell has not stopped: an AsyncLocalStorage or an async hook is in use, and on Node ${process.versions.node} ending a loop by force would then end the kernel. Restart the kernel to stop it; its variables are lost. On Node 24 and later an AsyncLocalStorage is no obstacle.`;
const NATIVE = 'The cell has not stopped: it is inside native code, which cannot be interrupted. It ends when it comes back from there; to stop it now restart the kernel, and its variables are lost.';
