/** Workers that run parts of jobs. They sleep between jobs, end with the process, and never keep it alive. */
import { Worker } from 'node:worker_threads';
import { MAX_WORKERS, POOL_BYTES, POOL_STARTED, POOL_WORKERS } from './jobs.js';
import type { KernelMemory } from './memory.js';
import type { Module } from './web-assembly.js';

/** All that a worker does is written in `assembly/index.ts`; this loads it. A string, so that every bundle has it. */
const SCRIPT = `const { workerData: { module, memory, pool, worker } } = require('node:worker_threads');
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(pool, worker);`;

export class ThreadPool {
  /** Where the pool's words lie. */
  readonly at: number;
  /** Their number. No `Worker` in the type: who checks against these types may have none of Node's. */
  readonly workers: number;
  readonly #memory: KernelMemory;

  /** @throws RangeError for more workers than the pool has words for */
  constructor(module: Module, memory: KernelMemory, workers: number) {
    if (!Number.isInteger(workers) || workers < 1 || workers > MAX_WORKERS) throw new RangeError(`threads: 1 to ${MAX_WORKERS + 1}, got ${workers + 1}`);
    this.#memory = memory;
    this.at = memory.allocate(POOL_BYTES);
    memory.words(this.at, POOL_BYTES / 4).fill(0);
    memory.words(this.at, POOL_BYTES / 4)[POOL_WORKERS / 4] = workers;
    this.workers = workers;
    for (let worker = 0; worker < workers; worker++) {
      const thread = new Worker(SCRIPT, {
        eval: true,
        execArgv: [],
        name: 'sparse-kernels',
        workerData: { module, memory: memory.memory, pool: this.at, worker },
      });
      // Without it a failure would be the process's; a job is done without the worker, too.
      thread.on('error', () => undefined);
      thread.unref();
    }
  }

  /** Workers that have started. */
  get started(): number {
    return Atomics.load(this.#memory.words(this.at + POOL_STARTED, 1), 0);
  }

  /** Blocks until all workers have started, or for so many milliseconds. Returns whether they have. */
  waitUntilStarted(milliseconds = 1000): boolean {
    const words = this.#memory.words(this.at + POOL_STARTED, 1);
    const until = performance.now() + milliseconds;
    for (let started = this.started; started < this.workers; started = this.started) {
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(words, 0, started, left);
    }
    return true;
  }
}
