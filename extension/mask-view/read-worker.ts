/** Reads a mask file on a thread of its own: a large one would hold up the extension host. */
import { unzipSync } from 'fflate';
import { parentPort, workerData } from 'node:worker_threads';
import type { Look } from '../../kernel/model/look/look.js';
import { matrixLook } from '../../kernel/model/look/matrix-look.js';
import { isModelJson } from '../../kernel/model/look/model-json.js';
import { MaskFileError } from '../../kernel/model/files/mask-file-error.js';
import { readMaskFile } from '../../kernel/model/files/read-mask-file.js';

export interface ReadRequest {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** `isModel`: the file describes a model, which another thread reads. */
export type ReadReply = { readonly look: Look } | { readonly isModel: true } | { readonly problem: string; readonly isFileError: boolean };

function read({ file, bytes }: ReadRequest): ReadReply {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    if (/\.json$/i.test(file) && isModelJson(new TextDecoder().decode(bytes))) return { isModel: true };
    const mask = readMaskFile(file, bytes, { decodeText: (part) => decoder.decode(part), unzip: unzipSync });
    return { look: { matrix: matrixLook(mask, { what: 'a mask file', title: file }) } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), isFileError: error instanceof MaskFileError };
  }
}

// SAFETY: file-look.ts starts this worker, with a ReadRequest.
parentPort?.postMessage(read(workerData as ReadRequest));
