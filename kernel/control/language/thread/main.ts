/**
 * Entry of the language thread: TypeScript's language service, which may think for a second, beside the control thread, which
 * may not. Requests are answered in order; diagnostics of the editor's cells fill the time between.
 */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { CellText, NotebookChange } from '../../../protocol/language.js';
import { loadTypeScript } from '../../load-typescript.js';
import { CANCEL_WORDS, isChange, LanguageWord, type FromLanguage, type LanguageThreadData, type ThreadMethods, type ThreadRequest } from '../messages.js';
import { BackgroundDiagnostics } from './background-diagnostics.js';
import { BundledTypes } from './bundled-types.js';
import { giveWay } from './give-way.js';
import { Language } from './language.js';
import { requestHandlers } from './requests.js';

giveWay();
if (parentPort === null) throw new Error('the language thread is started by the control thread');
const port = parentPort;
// SAFETY: language-thread.ts makes the worker with exactly this.
const data = workerData as LanguageThreadData;
const words = new Int32Array(data.words);
const send = (message: FromLanguage): void => port.postMessage(message);

/** When this and nothing else happened for so long, V8's cached data is worth writing. */
const CACHE_DELAY_MS = 4_000;

const loaded = loadTypeScript(data.kernelFolder, 'language');
setTimeout(() => loaded.saveCache(), CACHE_DELAY_MS).unref();
const ts = loaded.exports;
const types = BundledTypes.read(path.join(data.kernelFolder, 'types.pack'));

let isUnwanted = (): boolean => false;
let seenChanges = 0;
const language = new Language(ts, { folder: data.folder, types, cancellation: { isCancellationRequested: () => isUnwanted() }, onProblem: (text) => send({ type: 'problem', text }) });
const handlers = requestHandlers(language);
const background = new BackgroundDiagnostics({
  context: () => language.context('editor'),
  run: (work) => cancellable(() => Atomics.load(words, LanguageWord.changes) !== seenChanges, work),
  send: (content) => send({ type: 'diagnostics', content }),
});

/** Undefined when the work was cancelled, or when TypeScript failed, which the log is told of. */
function cancellable<T>(unwanted: () => boolean, work: () => T): T | undefined {
  isUnwanted = unwanted;
  try {
    return work();
  } catch (error) {
    failed(error);
    return undefined;
  } finally {
    isUnwanted = () => false;
  }
}

/** TypeScript may have left its checker half-way: the next question gets a new one. A RangeError is the question's own fault. */
function failed(error: unknown): void {
  if (error instanceof ts.OperationCanceledException) return;
  language.renew();
  if (!(error instanceof RangeError)) send({ type: 'problem', text: `the language service failed: ${reason(error)}` });
}

const reason = (error: unknown): string => (error instanceof RangeError && error.message.includes('call stack') ? 'a cell is nested too deeply' : error instanceof Error ? error.message : String(error));

function answer({ id, method, params, version }: ThreadRequest): void {
  if (isChange(method)) seenChanges++;
  isUnwanted = () => !isChange(method) && Atomics.load(words, LanguageWord.cancelled + (id % CANCEL_WORDS)) === id;
  if (isUnwanted()) {
    send({ type: 'reply', id, status: 'cancelled' });
    return;
  }
  try {
    if (language.refresh()) background.changed([], version);
    // SAFETY: who sends a request takes its params from ThreadMethods; what an editor sends is checked by the handlers' use of it.
    const handle = handlers[method] as (params: unknown) => unknown;
    send({ type: 'reply', id, status: 'ok', result: handle(params) });
  } catch (error) {
    failed(error);
    send(error instanceof ts.OperationCanceledException ? { type: 'reply', id, status: 'cancelled' } : { type: 'reply', id, status: 'error', message: reason(error) });
  } finally {
    isUnwanted = () => false;
  }
  if (isChange(method)) background.changed(changedCells(params), version);
}

/** The cells that the user is at. */
function changedCells(params: unknown): readonly string[] {
  // SAFETY: the params of an open or a change, which the handler has read.
  const { changes = [] } = params as Partial<ThreadMethods['notebook/change'][0]>;
  return changes.map((change: NotebookChange) => idOf(change.cell));
}

const idOf = (cell: string | CellText): string => (typeof cell === 'string' ? cell : cell.id);

port.on('message', answer);
