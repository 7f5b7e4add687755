/**
 * SVG -> PNG before the call returns, in a thread of its own.
 *
 * `show.kernel(layer, { file })` has written its file when it returns, and resvg's binding can only be set up asynchronously.
 * So the calling thread sleeps until the rasterizer thread has answered.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { assetFile } from './assets.js';
import type { RasterReply, RasterRequest } from './rasterizer-messages.js';

const TIMEOUT_MS = 30_000;

let thread: Worker | undefined;
let lastId = 0;

/** @throws Error when the text is not an SVG document, or when no answer came within 30 s. */
export function rasterizeBlocking(svg: string): Uint8Array {
  const worker = (thread ??= startThread());
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const request: RasterRequest = { id: ++lastId, svg, waiting: { port: port2, flag } };
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
  const reply = received.message as RasterReply;
  if ('error' in reply) throw new Error(`The picture could not be made: ${reply.error}`);
  return reply.png;
}

function startThread(): Worker {
  const worker = new Worker(assetFile('rasterizer.js'));
  // A picture must not keep a script alive that has ended otherwise.
  worker.unref();
  worker.once('error', () => (thread = undefined));
  return worker;
}
