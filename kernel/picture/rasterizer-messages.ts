/** What the rasterizer thread is asked, and what it answers through its parent port. */
import type { MessagePort } from 'node:worker_threads';

export interface RasterRequest {
  readonly id: number;
  readonly svg: string;
  /** Given by a thread that waits with `Atomics.wait`: the answer goes to `port`, then `flag[0]` becomes 1 and is notified. */
  readonly waiting?: { readonly port: MessagePort; readonly flag: Int32Array<SharedArrayBuffer> };
}

export type RasterReply = { readonly id: number; readonly png: Uint8Array } | { readonly id: number; readonly error: string };
