/**
 * SVG -> PNG in a thread of its own, which starts with the first picture and keeps no process alive.
 *
 * Two ways to ask: with a promise, or blocking. `show.kernel(layer, { file })` has written its file when it returns, and resvg's
 * binding can only be set up asynchronously: so the calling thread sleeps until this one has answered.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { assetFile } from './assets.js';
import type { RasterReply, RasterRequest } from './rasterizer-messages.js';

const TIMEOUT_MS = 30_000;

interface Waiter {
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
}

let thread: Worker | undefined;
let lastId = 0;
const waiters = new Map<number, Waiter>();

/** Starts the thread before the first picture is wanted, so that it does not wait for the start. */
export function warmRasterizer(): void {
  startThread();
}

/** Rejects when the text is not an SVG document, or when the thread dies. */
export function rasterize(svg: string): Promise<Uint8Array> {
  const id = ++lastId;
  const request: RasterRequest = { id, svg };
  return new Promise((resolve, reject) => {
    waiters.set(id, { resolve, reject });
    startThread().postMessage(request);
  });
}

/** @throws Error when the text is not an SVG document, or when no answer came within 30 s. */
export function rasterizeBlocking(svg: string): Uint8Array {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const request: RasterRequest = { id: ++lastId, svg, waiting: { port: port2, flag } };
  const worker = startThread();
  worker.postMessage(request, [port2]);
  const outcome = Atomics.wait(flag, 0, 0, TIMEOUT_MS);
  const received = receiveMessageOnPort(port1);
  port1.close();
  if (outcome === 'timed-out' || !received) {
    thread = undefined;
    void worker.terminate();
    throw new Error(`The picture was not made within ${TIMEOUT_MS / 1000} s`);
  }
  // SAFETY: only the rasterizer thread holds the other port, and it sends RasterReply.
  return pngOf(received.message as RasterReply);
}

function pngOf(reply: RasterReply): Uint8Array {
  if ('error' in reply) throw new Error(`The picture could not be made: ${reply.error}`);
  return reply.png;
}

function startThread(): Worker {
  if (thread) return thread;
  const worker = new Worker(assetFile('rasterizer.js'));
  worker.on('message', (reply: RasterReply) => {
    const waiter = waiters.get(reply.id);
    waiters.delete(reply.id);
    try {
      waiter?.resolve(pngOf(reply));
    } catch (error) {
      waiter?.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const ended = (reason: string): void => {
    if (thread === worker) thread = undefined;
    for (const waiter of waiters.values()) waiter.reject(new Error(`The picture thread ended: ${reason}`));
    waiters.clear();
  };
  worker.once('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.once('exit', (code) => ended(`exit code ${code}`));
  // Only now: a listener for messages takes the thread into account again.
  worker.unref();
  thread = worker;
  return worker;
}
