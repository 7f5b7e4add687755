/**
 * Jobs, one after the other, on this thread and those of the pool.
 *
 * A job's items are handed out by a ticket in shared memory, so a thread that is late or busy elsewhere holds nobody up: the
 * caller does what nobody takes. Every item is computed whole by one thread, in one order, hence the same bits for any number
 * of threads.
 */
import {
  JOB_BYTES, JOB_GRAIN, JOB_ITEMS, MAX_WORKERS, POOL_BUSY, POOL_GENERATION, POOL_JOB, POOL_STARTED, POOL_TICKET, POOL_WORKERS,
} from '../jobs';
import { runPart } from './run';

/** Turns of waiting before a thread goes to sleep: about 30 microseconds. */
const SPINS: i32 = 2000;

/** Runs `count` jobs that lie one behind the other. @param pool its words, or 0 for none */
export function run(jobs: usize, count: i32, pool: usize): void {
  for (let n = 0; n < count; n++) {
    const job = jobs + <usize>n * JOB_BYTES;
    const items = load<i32>(job, JOB_ITEMS);
    if (items <= 0) continue;
    if (pool == 0 || items <= load<i32>(job, JOB_GRAIN) || atomic.load<i32>(pool + POOL_STARTED) == 0) runPart(job, 0, items);
    else share(job, items, pool);
  }
}

function share(job: usize, items: i32, pool: usize): void {
  settle(pool);
  store<u32>(pool + POOL_JOB, <u32>job);
  atomic.store<i64>(pool + POOL_TICKET, <i64>items << 32);
  atomic.add<i32>(pool + POOL_GENERATION, 1);
  atomic.notify(pool + POOL_GENERATION, MAX_WORKERS);
  work(pool);
  waitForWorkers(pool);
}

/** Ends what an interrupted call has left: nothing more is handed out, and the parts that workers have are waited for. */
export function settle(pool: usize): void {
  atomic.store<i64>(pool + POOL_TICKET, 0);
  waitForWorkers(pool);
}

/** Takes parts of the job until none is left. */
function work(pool: usize): void {
  const ticket = pool + POOL_TICKET;
  while (true) {
    const now = atomic.load<i64>(ticket);
    const items = <i32>(now >> 32);
    const next = <i32>now;
    if (next >= items) return;
    // Only who gets the ticket may trust the job: it stays until all parts are done.
    const job = <usize>load<u32>(pool + POOL_JOB);
    const grain = load<i32>(job, JOB_GRAIN);
    const end = min(next + max(grain, 1), items);
    if (atomic.cmpxchg<i64>(ticket, now, (<i64>items << 32) | <i64>end) == now) runPart(job, next, end);
  }
}

function waitForWorkers(pool: usize): void {
  const workers = load<i32>(pool + POOL_WORKERS);
  for (let w = 0; w < workers; w++) {
    const busy = pool + POOL_BUSY + (<usize>w << 6);
    let spins = 0;
    while (atomic.load<i32>(busy) != 0) {
      if (++spins > SPINS) atomic.wait<i32>(busy, 1, 1000000);
    }
  }
}

/** What a worker does all its life. */
export function serve(pool: usize, worker: i32): void {
  const generation = pool + POOL_GENERATION;
  const busy = pool + POOL_BUSY + (<usize>worker << 6);
  atomic.add<i32>(pool + POOL_STARTED, 1);
  atomic.notify(pool + POOL_STARTED, MAX_WORKERS);
  while (true) {
    const seen = atomic.load<i32>(generation);
    atomic.store<i32>(busy, 1);
    work(pool);
    atomic.store<i32>(busy, 0);
    atomic.notify(busy, 1);
    let spins = 0;
    while (atomic.load<i32>(generation) == seen) {
      if (++spins > SPINS) {
        atomic.wait<i32>(generation, seen, -1);
        spins = 0;
      }
    }
  }
}
