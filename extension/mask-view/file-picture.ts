import { Worker } from 'node:worker_threads';
import { MASK_MIME } from '../../kernel/model/views/media-types.js';
import { patchbayError } from '../errors/catalogue.js';
import type { MaskPicture } from './mask-picture.js';
import type { ReadReply, ReadRequest } from './read-worker.js';

const MAX_MEGABYTES = 256;

export interface MaskFile {
  /** As messages and the panel's title call it. */
  readonly name: string;
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
}

/**
 * Reads a mask file into its view, on a thread of its own.
 *
 * @param workerFile dist/mask-file-worker.js
 * @throws PatchbayError `fileTooLarge`, `badMaskFile` with the reader's message, or `unreadableFile`
 */
export async function filePicture(file: MaskFile, workerFile: string): Promise<MaskPicture> {
  const megabytes = Math.ceil((await file.size()) / 2 ** 20);
  if (megabytes > MAX_MEGABYTES) throw patchbayError('fileTooLarge', file.name, megabytes, MAX_MEGABYTES);
  const reply = await readOnWorker({ file: file.name, bytes: await file.read() }, workerFile);
  if ('payload' in reply) return { title: file.name, mime: MASK_MIME, payload: reply.payload };
  throw reply.isFileError ? patchbayError('badMaskFile', reply.problem) : patchbayError('unreadableFile', file.name, reply.problem);
}

function readOnWorker(request: ReadRequest, workerFile: string): Promise<ReadReply> {
  return new Promise((resolve) => {
    const fail = (problem: string): void => resolve({ problem, isFileError: false });
    const worker = new Worker(workerFile, { workerData: request });
    worker.once('message', (reply: ReadReply) => resolve(reply));
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', (code) => fail(`the reader ended with code ${code}`));
  });
}
