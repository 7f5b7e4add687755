import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { SHARED_WORDS, SharedWord, type ToControl } from '../protocol/threads.js';
import { Outbox } from './outbox.js';

function rig() {
  const posted: ToControl[] = [];
  const shared = new Int32Array(new SharedArrayBuffer(4 * SHARED_WORDS));
  return { posted, shared, outbox: new Outbox({ postMessage: (message) => void posted.push(message) }, shared) };
}

it('sends a long text in pieces', () => {
  const { posted, outbox } = rig();
  outbox.stream(1, 'stdout', 'x'.repeat(6_000_000));
  expect(posted).toHaveLength(2);
});

it('waits until the other thread has taken what it sent, also where the counts wrap around', async () => {
  const { shared, outbox } = rig();
  for (const word of [SharedWord.outputsPosted, SharedWord.outputsTaken]) Atomics.store(shared, word, 2 ** 31 - 1000);
  outbox.stream(1, 'stdout', 'x'.repeat(7_000 * 1024));
  const worker = new Worker("const { workerData } = require('node:worker_threads'); setTimeout(() => { Atomics.add(workerData, 3, 7_000); Atomics.notify(workerData, 3) }, 150)", { eval: true, workerData: shared });
  await new Promise((resolve) => worker.once('online', resolve));
  const started = performance.now();
  outbox.stream(1, 'stdout', 'x'.repeat(2_000 * 1024));
  expect(performance.now() - started).toBeGreaterThan(50);
  await worker.terminate();
});
