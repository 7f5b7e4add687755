/** A mask that is not saved yet, as VS Code keeps it until the window opens again. */
import { crc32 } from '../../../kernel/model/crc32.js';
import { BitMatrix } from './bit-matrix.js';
import type { Recipe } from './recipes.js';

export interface Backup {
  readonly matrix: BitMatrix;
  /** Fills that were used, for the code of the mask. */
  readonly recipes: readonly Recipe[];
  /** Fingerprint of the file that the edits began from; undefined when there is none. */
  readonly base: string | undefined;
}

const MAGIC = 0x504d4231; // PMB1
const HEAD_BYTES = 20;

/**
 * Little-endian numbers of 4 bytes: magic, CRC-32 of all that follows, length of the text, inputs, outputs; then the text (JSON)
 * and the words.
 */
export function encodeBackup({ matrix, recipes, base }: Backup): Uint8Array {
  const text = JSON.stringify({ recipes, base });
  const bytes = new Uint8Array(HEAD_BYTES + text.length + 4 * matrix.words.length);
  const view = new DataView(bytes.buffer);
  [text.length, matrix.inputs, matrix.outputs].forEach((value, k) => view.setUint32(8 + 4 * k, value, true));
  // Numbers and hexadecimal digits: ASCII.
  for (let k = 0; k < text.length; k++) bytes[HEAD_BYTES + k] = text.charCodeAt(k);
  matrix.words.forEach((word, k) => view.setUint32(HEAD_BYTES + text.length + 4 * k, word, true));
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, crc32(bytes.subarray(8)), true);
  return bytes;
}

/** @throws Error that says why these bytes are no backup */
export function decodeBackup(bytes: Uint8Array): Backup {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || view.getUint32(0, true) !== MAGIC) throw new Error('the backup is none of a mask');
  if (crc32(bytes.subarray(8)) !== view.getUint32(4, true)) throw new Error('the backup is damaged: its checksum is wrong');
  const length = view.getUint32(8, true);
  const words = new Uint32Array((bytes.length - HEAD_BYTES - length) / 4);
  for (let k = 0; k < words.length; k++) words[k] = view.getUint32(HEAD_BYTES + length + 4 * k, true);
  const text = String.fromCharCode(...bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  // SAFETY: the checksum says that this is what encodeBackup wrote.
  const { recipes, base } = JSON.parse(text) as Pick<Backup, 'recipes' | 'base'>;
  return { matrix: new BitMatrix(view.getUint32(12, true), view.getUint32(16, true), words), recipes, base };
}
