import { askWorker } from '../../threads/ask-worker.js';
import { BitMatrix } from '../document/bit-matrix.js';
import type { FileStyle } from './style.js';
import type { FileReply, FileRequest } from './worker.js';

export interface ReadMask {
  readonly matrix: BitMatrix;
  readonly style: FileStyle | undefined;
}

/** Mask files as bytes, read and encoded by dist/mask-editor-worker.js. */
export class MaskFiles {
  constructor(readonly workerFile: string) {}

  /** @throws Error with the reader's sentence: file, place, what is wrong, what to do */
  async read(file: string, bytes: Uint8Array): Promise<ReadMask> {
    const reply = await this.#ask({ kind: 'read', file, bytes });
    if (!('matrix' in reply)) throw new Error('problem' in reply ? reply.problem : 'the reader gave no mask');
    const { inputs, outputs, words } = reply.matrix;
    return { matrix: new BitMatrix(inputs, outputs, words), style: reply.style };
  }

  /** @throws Error when the extension is unknown, or the mask too large for the format */
  async encode(file: string, { inputs, outputs, words }: BitMatrix, style: FileStyle | undefined): Promise<Uint8Array> {
    const reply = await this.#ask({ kind: 'encode', file, matrix: { inputs, outputs, words }, style });
    if (!('bytes' in reply)) throw new Error('problem' in reply ? reply.problem : 'the writer gave no bytes');
    return reply.bytes;
  }

  /** The request is copied, so whatever changes meanwhile is not in the answer. */
  #ask(request: FileRequest): Promise<FileReply> {
    return askWorker('the thread that reads mask files', this.workerFile, request);
  }
}
