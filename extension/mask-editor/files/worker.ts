/** Reads and encodes mask files on a thread of its own: a large one would hold up the extension host. */
import { unzipSync } from 'fflate';
import { parentPort, workerData } from 'node:worker_threads';
import { readMaskFile } from '../../../kernel/model/files/read-mask-file.js';
import { BitMatrix, MAX_CELLS } from '../document/bit-matrix.js';
import { encodeMaskFile } from './encode.js';
import { readQuickly } from './quick-read.js';
import { styleOf, type FileStyle } from './style.js';

export interface PlainMatrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly words: Uint32Array;
}

export type FileRequest = { readonly kind: 'read'; readonly file: string; readonly bytes: Uint8Array } | { readonly kind: 'encode'; readonly file: string; readonly matrix: PlainMatrix; readonly style: FileStyle | undefined };

export type FileReply = { readonly matrix: PlainMatrix; readonly style: FileStyle | undefined } | { readonly bytes: Uint8Array } | { readonly problem: string };

export function answer(request: FileRequest): FileReply {
  try {
    if (request.kind === 'read') return read(request.file, request.bytes);
    const { inputs, outputs, words } = request.matrix;
    return { bytes: encodeMaskFile(request.file, new BitMatrix(inputs, outputs, words).toMask(), request.style) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function read(file: string, bytes: Uint8Array): FileReply {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const matrix = readQuickly(file, bytes) ?? ofMask(file, readMaskFile(file, bytes, { decodeText: (part) => decoder.decode(part), unzip: unzipSync }));
  const { inputs, outputs, words } = matrix;
  return { matrix: { inputs, outputs, words }, style: styleOf(file, bytes) };
}

function ofMask(file: string, mask: ReturnType<typeof readMaskFile>): BitMatrix {
  const cells = mask.inputs * mask.outputs;
  if (cells > MAX_CELLS) throw new Error(`${file}: ${mask.inputs} × ${mask.outputs} are ${cells} cells, and masks of up to ${MAX_CELLS} are edited. Look at it with Patchbay: Visualize Mask, or edit a part: mask.slice(…).save(…) in a cell.`);
  return BitMatrix.ofMask(mask);
}

// SAFETY: mask-files.ts starts this worker, with a FileRequest.
parentPort?.postMessage(answer(workerData as FileRequest));
