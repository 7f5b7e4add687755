import path from 'node:path';
import { Worker } from 'node:worker_threads';

interface Waiter {
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

type RasterizerReply = { readonly id: number } & ({ readonly png: Uint8Array } | { readonly error: string });

/** SVG -> PNG in a worker of its own, started with the first picture: neither cells nor answers wait for it. */
export class Pictures {
  readonly #file: string;
  readonly #waiters = new Map<number, Waiter>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(kernelFolder: string) {
    this.#file = path.join(kernelFolder, 'rasterizer.js');
  }

  make(svg: string): Promise<Uint8Array> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject });
      this.#start().postMessage({ id, svg });
    });
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#file);
    worker.unref();
    worker.on('message', (reply: RasterizerReply) => {
      const waiter = this.#waiters.get(reply.id);
      this.#waiters.delete(reply.id);
      if ('png' in reply) waiter?.resolve(reply.png);
      else waiter?.reject(new Error(reply.error));
    });
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.#fail(new Error(`the picture worker ended with code ${code}`)));
    this.#worker = worker;
    return worker;
  }

  #fail(error: Error): void {
    this.#worker = undefined;
    const waiters = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(error);
  }
}
