import path from 'node:path';
import type { LookReply } from '../../kernel/model/look/look.js';
import { patchbayError } from '../errors/catalogue.js';
import { askWorker } from '../threads/ask-worker.js';
import type { ModelReply, ModelRequest } from './model-worker.js';
import type { ReadReply, ReadRequest } from './read-worker.js';

const MAX_MEGABYTES = 256;

export interface LookedAtFile {
  /** As messages and the picture's title call it. */
  readonly name: string;
  /** Absolute; undefined when the file lies somewhere else than on this machine's disk. */
  readonly path: string | undefined;
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
}

/**
 * Reads a mask file, or the file of a model, each on a thread of its own.
 *
 * @param layer key of the layer to show, of a model
 * @param dist the folder of the bundles
 * @throws PatchbayError `fileTooLarge`, `badMaskFile` with the reader's message, or `unreadableFile`
 */
export async function fileLook(file: LookedAtFile, layer: string | undefined, dist: string): Promise<LookReply> {
  if (/\.(keras|h5|hdf5)$/i.test(file.name)) return modelLook(file, layer, dist);
  const megabytes = Math.ceil((await file.size()) / 2 ** 20);
  if (megabytes > MAX_MEGABYTES) throw patchbayError('fileTooLarge', file.name, megabytes, MAX_MEGABYTES);
  const request: ReadRequest = { file: file.name, bytes: await file.read() };
  const reply = await onWorker<ReadReply>(path.join(dist, 'mask-file-worker.js'), request);
  if ('look' in reply) return { status: 'drawn', look: reply.look };
  if ('isModel' in reply) return modelLook(file, layer, dist);
  throw 'isFileError' in reply && reply.isFileError ? patchbayError('badMaskFile', reply.problem) : patchbayError('unreadableFile', file.name, reply.problem);
}

async function modelLook(file: LookedAtFile, layer: string | undefined, dist: string): Promise<LookReply> {
  if (file.path === undefined) throw patchbayError('unreadableFile', file.name, 'files of models are read from the disk of this machine only; copy it there');
  const request: ModelRequest = { path: file.path, file: file.name, layer, kernelFolder: path.join(dist, 'kernel') };
  const reply = await onWorker<ModelReply>(path.join(dist, 'model-file-worker.js'), request);
  if ('reply' in reply) return reply.reply;
  throw patchbayError('unreadableFile', file.name, reply.problem.replace(/^models\.\w+: (file \S+ )?/, '').replace(/\.$/, ''));
}

/** A worker that fails answers with why. Layers are read and not computed, so the simplest backend does. */
function onWorker<Reply>(workerFile: string, workerData: object): Promise<Reply | { readonly problem: string }> {
  return askWorker('the reader', workerFile, workerData, { env: { ...process.env, PATCHBAY_BACKEND: 'cpu' }, stdout: true, stderr: true });
}
