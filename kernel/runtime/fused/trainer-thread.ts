/** The main thread's end of the trainer's thread, which is started once and sleeps between runs. */
import { Worker } from 'node:worker_threads';
import { assetFile } from '../../picture/assets.js';
import { sparseEngine } from '../simd/engine.js';
import { ThreadPool } from '../simd/thread-pool.js';
import type { FromTrainer, GoCommand, Paused, RunData, SessionData, ToTrainer } from './messages.js';

interface Waiter {
  resolve(paused: Paused): void;
  reject(error: Error): void;
}

export type LogListener = (kind: 'steps' | 'epochs', rows: Float64Array) => void;

export class TrainerThread {
  readonly #worker: Worker;
  /** Settles when the thread can train. */
  readonly ready: Promise<void>;
  readonly #pools = new Map<number, ThreadPool>();
  #waiter: Waiter | undefined;
  #listen: LogListener = () => undefined;
  #dead: Error | undefined;

  constructor() {
    const { module, memory } = sparseEngine();
    this.#worker = new Worker(assetFile('trainer.js'), { execArgv: [], name: 'patchbay-trainer', workerData: { module, memory: memory.memory } });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromTrainer) => {
        if (message.type !== 'ready') return this.#receive(message);
        // Until here a script waits for it.
        this.#worker.unref();
        resolve();
      });
      const dies = (error: Error): void => {
        this.#dead = error;
        reject(error);
        this.#settle((waiter) => waiter.reject(error));
      };
      this.#worker.on('error', (error) => dies(error instanceof Error ? error : new Error(String(error))));
      this.#worker.on('exit', (code) => dies(new Error(`the trainer's thread ended with code ${code}`)));
    });
    // Whoever waits hears of it.
    this.ready.catch(() => undefined);
  }

  get isDead(): boolean {
    return this.#dead !== undefined;
  }

  /** Address of the words of a pool that is this thread's; 0 for one thread. */
  poolAt(threads: number): number {
    if (threads <= 1) return 0;
    const { module, memory } = sparseEngine();
    const pool = this.#pools.get(threads) ?? new ThreadPool(module, memory, threads - 1);
    this.#pools.set(threads, pool);
    return pool.at;
  }

  begin(session: SessionData, run: RunData, listen: LogListener): void {
    this.#listen = listen;
    this.#post({ type: 'session', buffer: sparseEngine().memory.memory.buffer, session, run });
  }

  /** Goes on until so many steps or epochs are done. @throws Error when the thread has failed */
  go(command: GoCommand): Promise<Paused> {
    if (this.#dead) return Promise.reject(this.#dead);
    // It keeps a script alive while it is at work.
    this.#worker.ref();
    this.#post({ type: 'go', command });
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  #post(message: ToTrainer): void {
    this.#worker.postMessage(message);
  }

  #receive(message: Exclude<FromTrainer, { type: 'ready' }>): void {
    if ('rows' in message) this.#listen(message.type, message.rows);
    else if (message.type === 'paused') this.#settle((waiter) => waiter.resolve(message));
    else this.#settle((waiter) => waiter.reject(new Error(`the fused trainer failed: ${message.message}`)));
  }

  #settle(act: (waiter: Waiter) => void): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    this.#worker.unref();
    if (waiter) act(waiter);
  }
}
