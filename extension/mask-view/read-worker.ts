/** Reads a mask file on a thread of its own: a large one would hold up the extension host. */
import { unzipSync } from 'fflate';
import { parentPort, workerData } from 'node:worker_threads';
import { MaskFileError } from '../../kernel/model/files/mask-file-error.js';
import { readMaskFile } from '../../kernel/model/files/read-mask-file.js';
import { encodeMaskView, maskView, type MaskViewJson } from '../../kernel/model/views/mask-view.js';

export interface ReadRequest {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export type ReadReply = { readonly payload: MaskViewJson } | { readonly problem: string; readonly isFileError: boolean };

function read({ file, bytes }: ReadRequest): ReadReply {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const mask = readMaskFile(file, bytes, { decodeText: (part) => decoder.decode(part), unzip: unzipSync });
    return { payload: encodeMaskView(maskView(mask, { title: file })) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), isFileError: error instanceof MaskFileError };
  }
}

// SAFETY: file-picture.ts starts this worker, with a ReadRequest.
parentPort?.postMessage(read(workerData as ReadRequest));
