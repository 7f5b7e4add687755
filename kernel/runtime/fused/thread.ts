/** The trainer's thread: a bundle of its own, `dist/kernel/trainer.js`, that the main thread starts once and keeps. */
import { parentPort, workerData } from 'node:worker_threads';
import { webAssembly, type Memory, type Module } from '../simd/web-assembly.js';
import { CONTROL, type FromTrainer, type ToTrainer } from './messages.js';
import { Trainer, type Kernels } from './trainer.js';

if (!parentPort) throw new Error('trainer.js is a worker of Patchbay; it does nothing by itself');
const port = parentPort;
// SAFETY: `trainer-thread.ts` starts this with these.
const { module, memory } = workerData as { module: Module; memory: Memory };
// SAFETY: `assembly/index.ts` exports it.
const kernels = new webAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
const send = (message: FromTrainer): void => port.postMessage(message, 'rows' in message ? [message.rows.buffer as ArrayBuffer] : []); // SAFETY: a copy that `slice` made

let trainer: Trainer | undefined;
let running: { words: Int32Array; at: number } | undefined;

port.on('message', (message: ToTrainer) => {
  try {
    if (message.type === 'session') {
      trainer = new Trainer(kernels, message.buffer, message.session, message.run, send);
      running = { words: new Int32Array(message.buffer), at: message.session.control / 4 + CONTROL.running };
    } else if (trainer && running) {
      const paused = trainer.go(message.command);
      setRunning(0);
      send(paused);
    }
  } catch (error) {
    setRunning(0);
    send({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
send({ type: 'ready' });

function setRunning(value: 0 | 1): void {
  if (!running) return;
  Atomics.store(running.words, running.at, value);
  Atomics.notify(running.words, running.at);
}
