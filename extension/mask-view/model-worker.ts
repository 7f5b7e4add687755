/**
 * Reads a file of a model on a thread of its own, with the runtime that the kernel has: it brings TensorFlow.js and HDF5, which
 * the extension does not. Nothing in the file is run.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { LookReply } from '../../kernel/model/look/look.js';
import { HOST_KEY, type RuntimeHost, type ValueKnowledge } from '../../kernel/protocol/host.js';

export interface ModelRequest {
  /** Absolute. */
  readonly path: string;
  /** As messages and the picture's title call the file. */
  readonly file: string;
  readonly layer: string | undefined;
  /** dist/kernel */
  readonly kernelFolder: string;
}

export type ModelReply = { readonly reply: LookReply } | { readonly problem: string };

/** Of the runtime's own names. */
interface Runtime {
  readonly ready: Promise<void>;
  readonly models: Readonly<Record<'load' | 'importKeras', (file: string) => Promise<object>>>;
}

let knowledge: ValueKnowledge | undefined;

/** A kernel's place in which nothing is displayed or asked. */
function host(notebookFolder: string): RuntimeHost {
  return {
    notebookFolder,
    display: () => undefined,
    clearOutput: () => undefined,
    comm: { send: () => undefined, onMessage: () => undefined },
    input: () => Promise.reject(new Error('nobody can be asked')),
    interruptRequested: false,
    checkpoint: () => undefined,
    enterLoop: () => () => undefined,
    knowValues: (values) => void (knowledge = values),
    afterForce: () => undefined,
  };
}

async function read(request: ModelRequest): Promise<ModelReply> {
  try {
    Reflect.set(globalThis, HOST_KEY, host(path.dirname(request.path)));
    // SAFETY: the runtime's bundle is of this version and has these names.
    const { ready, models } = createRequire(path.join(request.kernelFolder, 'main.js'))('./runtime.js') as Runtime;
    await ready;
    const model = await (/\.json$/i.test(request.path) ? models.load(request.path) : models.importKeras(request.path));
    const reply = knowledge?.look(model, { title: request.file, layer: request.layer });
    // SAFETY: `look` of the runtime gives LookReplies.
    return reply === undefined ? { problem: `${request.file} holds no model` } : { reply: reply as LookReply };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

// SAFETY: file-look.ts starts this worker, with a ModelRequest.
void read(workerData as ModelRequest).then((reply) => parentPort?.postMessage(reply));
