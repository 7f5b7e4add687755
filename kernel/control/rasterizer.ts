/**
 * The rasterizer thread: `{ id, svg }` in, `{ id, png }` or `{ id, error }` out, in order.
 *
 * Started when the first picture is wanted: by the control thread for pictures of outputs, by the runtime for files.
 */
import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { assetFile } from '../picture/assets.js';
import { createRasterizer } from '../picture/rasterize.js';
import type { RasterReply, RasterRequest } from '../picture/rasterizer-messages.js';

const rasterizer = createRasterizer({
  wasm: new Uint8Array(fs.readFileSync(assetFile('resvg.wasm'))),
  font: fs.readFileSync(assetFile('DejaVuSans.ttf')),
});

async function answer({ id, svg }: RasterRequest): Promise<RasterReply> {
  try {
    return { id, png: (await rasterizer)(svg) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: RasterRequest) => {
  void answer(request).then((reply) => {
    const { waiting } = request;
    if (!waiting) return parentPort?.postMessage(reply);
    waiting.port.postMessage(reply);
    waiting.port.close();
    Atomics.store(waiting.flag, 0, 1);
    Atomics.notify(waiting.flag, 0);
  });
});
