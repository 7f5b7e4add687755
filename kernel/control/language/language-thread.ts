/**
 * The language thread from the control thread's side: started by the first request, restarted when it dies.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DiagnosticsContent } from '../../protocol/language.js';
import { CANCEL_WORDS, isChange, LANGUAGE_WORDS, LanguageWord, type FromLanguage, type LanguageThreadData, type ThreadMethod, type ThreadMethods, type ThreadRequest } from './messages.js';

export interface LanguageThreadEdges {
  readonly kernelFolder: string;
  readonly folder: string;
  readonly onDiagnostics: (content: DiagnosticsContent) => void;
  readonly log: (line: string) => void;
  /** What a new thread must know before the first request; asked for at every start. */
  readonly restore: () => readonly { readonly method: ThreadMethod; readonly params: unknown }[];
}

export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** TypeScript recurses into what it reads: 10,000 `+` in one expression are 10,000 calls. */
const STACK_MB = 32;
/**
 * Three spaces of 64 MB. Declarations live as long as the thread, and what TypeScript knows of types until the next edit: with
 * V8's own spaces of 16 MB both are copied again and again before they are old or gone (half of the time after an edit).
 */
const YOUNG_GENERATION_MB = 192;

interface Waiter {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class LanguageThread {
  readonly #edges: LanguageThreadEdges;
  readonly #waiters = new Map<number, Waiter>();
  #worker: { readonly thread: Worker; readonly words: Int32Array } | undefined;
  #lastId = 0;
  #told = new Set<string>();

  constructor(edges: LanguageThreadEdges) {
    this.#edges = edges;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * The reply, and the way to say that nobody wants it any more. The promise rejects with a CancelledError when it was
   * cancelled, and with an Error when the request made no sense or the thread died of it.
   */
  request<Method extends ThreadMethod>(method: Method, params: ThreadMethods[Method][0], version = 0): { readonly id: number; readonly reply: Promise<ThreadMethods[Method][1]> } {
    this.#start();
    return this.#post(method, params, version);
  }

  /** Ends the thread; the next request starts another one. */
  async stop(): Promise<void> {
    await this.#worker?.thread.terminate();
  }

  cancel(id: number): void {
    if (this.#worker !== undefined && this.#waiters.has(id)) Atomics.store(this.#worker.words, LanguageWord.cancelled + (id % CANCEL_WORDS), id);
  }

  #post<Method extends ThreadMethod>(method: Method, params: unknown, version = 0): { readonly id: number; readonly reply: Promise<ThreadMethods[Method][1]> } {
    const id = ++this.#lastId;
    const reply = new Promise<ThreadMethods[Method][1]>((resolve, reject) => {
      // SAFETY: the thread's handlers are typed by ThreadMethods, and the reply has the request's id.
      this.#waiters.set(id, { resolve: (result) => resolve(result as ThreadMethods[Method][1]), reject });
    });
    const request: ThreadRequest = { id, method, params, version };
    if (this.#worker !== undefined && isChange(method)) Atomics.add(this.#worker.words, LanguageWord.changes, 1);
    this.#worker?.thread.postMessage(request);
    return { id, reply };
  }

  #start(): void {
    if (this.#worker !== undefined) return;
    const { kernelFolder, folder } = this.#edges;
    const words = new Int32Array(new SharedArrayBuffer(LANGUAGE_WORDS * Int32Array.BYTES_PER_ELEMENT));
    const workerData: LanguageThreadData = { kernelFolder, folder, words: words.buffer };
    const thread = new Worker(path.join(kernelFolder, 'language.js'), { workerData, resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
    thread.on('message', (message: FromLanguage) => this.#take(message));
    let cause = '';
    thread.once('error', (error) => (cause = error instanceof Error ? error.message : String(error)));
    thread.once('exit', (code) => this.#ended(thread, cause === '' ? `exit code ${code}` : cause));
    // Only now: a listener for messages takes the thread into account again.
    thread.unref();
    this.#worker = { thread, words };
    for (const { method, params } of this.#edges.restore()) this.#post(method, params).reply.catch(() => undefined);
  }

  #take(message: FromLanguage): void {
    if (message.type === 'diagnostics') {
      this.#edges.onDiagnostics(message.content);
    } else if (message.type === 'problem') {
      this.#tell(message.text);
    } else {
      const waiter = this.#waiters.get(message.id);
      this.#waiters.delete(message.id);
      if (message.status === 'ok') waiter?.resolve(message.result);
      else waiter?.reject(message.status === 'cancelled' ? new CancelledError('the request was cancelled') : new Error(message.message));
    }
  }

  #ended(thread: Worker, reason: string): void {
    if (this.#worker?.thread !== thread) return;
    this.#worker = undefined;
    this.#tell(`the language service ended (${reason}); it starts again with the next question`);
    const waiters = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(new Error(`the language service ended: ${reason}`));
  }

  /** The same line once: a file that is broken is broken in every cell. */
  #tell(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    this.#edges.log(line);
  }
}
