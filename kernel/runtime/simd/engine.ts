/** The sparse kernels, loaded: memory, the module, and pools of threads that run jobs on it. */
import fs from 'node:fs';
import { assetFile } from '../../picture/assets.js';
import { JOB_BYTES } from './jobs.js';
import { KernelMemory } from './memory.js';
import { writeJob, type Job } from './operations.js';
import { ThreadPool } from './thread-pool.js';
import { webAssembly, type Module } from './web-assembly.js';

interface KernelExports {
  run(jobs: number, count: number, pool: number): void;
  settle(pool: number): void;
}

/** Jobs that were written once and can run many times. */
export class Program {
  readonly jobs: readonly Job[];
  /** Where the jobs lie. */
  readonly at: number;
  readonly #memory: KernelMemory;

  constructor(memory: KernelMemory, jobs: readonly Job[]) {
    this.#memory = memory;
    this.jobs = jobs;
    this.at = memory.allocate(Math.max(1, jobs.length) * JOB_BYTES);
    jobs.forEach((job, n) => this.#write(job, n));
  }

  /** Gives some arguments of a job other values. */
  update(n: number, values: Readonly<Record<string, number>>): void {
    const old = this.jobs[n];
    if (!old) throw new RangeError(`job ${n}: the program has ${this.jobs.length}`);
    this.#write({ ...old, values: { ...old.values, ...values } }, n);
  }

  release(): void {
    this.#memory.release(this.at);
  }

  #write(job: Job, n: number): void {
    const at = this.at + n * JOB_BYTES;
    writeJob(job, this.#memory.words(at, JOB_BYTES / 4), this.#memory.floats(at, JOB_BYTES / 4));
  }
}

/** One per thread of JavaScript that computes; they share nothing. */
export class SparseEngine {
  readonly memory = new KernelMemory();
  /** For other threads, over the same memory. */
  readonly module: Module;
  readonly #exports: KernelExports;
  readonly #pools = new Map<number, ThreadPool>();
  /** The pool of a call that has not come back, because it was interrupted. */
  #unsettled: number | undefined;
  #scratch: { at: number; bytes: number } | undefined;

  constructor() {
    this.module = new webAssembly.Module(fs.readFileSync(assetFile('sparse-kernels.wasm')));
    const { exports } = new webAssembly.Instance(this.module, { env: { memory: this.memory.memory } });
    // SAFETY: `assembly/index.ts` exports these functions.
    this.#exports = exports as unknown as KernelExports;
  }

  program(jobs: readonly Job[]): Program {
    return new Program(this.memory, jobs);
  }

  /**
   * Runs a program. The numbers are the same, bit by bit, for any number of threads.
   *
   * @param threads how many may work on a job, this one included. Workers are started at the first call that asks for them;
   *   until they are ready this thread does their part.
   */
  run(program: Program, threads = 1): void {
    if (this.#unsettled) this.#exports.settle(this.#unsettled);
    const pool = threads > 1 ? this.pool(threads).at : 0;
    this.#unsettled = pool;
    this.#exports.run(program.at, program.jobs.length, pool);
    this.#unsettled = undefined;
  }

  /** Runs jobs once. */
  runJobs(jobs: readonly Job[], threads = 1): void {
    const program = this.program(jobs);
    try {
      this.run(program, threads);
    } finally {
      program.release();
    }
  }

  /** The workers for so many threads, this one included; started when they are first asked for. */
  pool(threads: number): ThreadPool {
    const existing = this.#pools.get(threads);
    if (existing) return existing;
    const pool = new ThreadPool(this.module, this.memory, threads - 1);
    this.#pools.set(threads, pool);
    return pool;
  }

  /**
   * A place of at least so many bytes for one call's work; the next call gets the same. Nothing may keep anything there.
   */
  scratch(bytes: number): number {
    if (this.#scratch && this.#scratch.bytes >= bytes) return this.#scratch.at;
    if (this.#scratch) this.memory.release(this.#scratch.at);
    this.#scratch = { at: this.memory.allocate(bytes), bytes };
    return this.#scratch.at;
  }
}

let own: SparseEngine | undefined;

/** The engine of this thread, loaded at the first call. */
export const sparseEngine = (): SparseEngine => (own ??= new SparseEngine());
