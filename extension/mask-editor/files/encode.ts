/** The bytes of a mask file, in the style of the file that is replaced. */
import { zipSync } from 'fflate';
import { maskFilePieces } from '../../../kernel/model/files/write-mask-file.js';
import { npyHeader } from '../../../kernel/model/files/write-npy.js';
import { forEachEdge, nnz, type MaskData } from '../../../kernel/model/mask-data.js';
import type { CsvStyle, FileStyle, MatrixMarketStyle, NpyStyle } from './style.js';

/**
 * @param file its extension says the format
 * @param style how the file was written so far; of another format, it is passed over
 * @throws MaskFileError for an unknown extension, and for a mask too large for a format that holds every 0
 */
export function encodeMaskFile(file: string, mask: MaskData, style: FileStyle | undefined): Uint8Array {
  const pieces = maskFilePieces(file, mask, (files) => zipSync(files));
  if (style === undefined || !file.toLowerCase().endsWith(`.${style.kind}`)) return joined(pieces);
  switch (style.kind) {
    case 'csv':
      return joined(csvPieces(mask, style));
    case 'mtx':
      return joined(matrixMarketPieces(mask, style));
    case 'npy':
      return npyBytes(mask, style);
  }
}

function joined(pieces: Iterable<string | Uint8Array>): Uint8Array {
  const encoder = new TextEncoder();
  const parts = Array.from(pieces, (piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Names and labels stay as long as there are as many units as they name. */
function* csvPieces(mask: MaskData, { delimiter, eol, head, labels, off, on }: CsvStyle): Generator<string> {
  const isLabelled = labels?.length === mask.inputs;
  const names = head.at(-1);
  const isNamed = names === undefined || names.trim().startsWith('#') || names.split(delimiter === ' ' ? /\s+/ : delimiter).length === mask.outputs + (labels ? 1 : 0);
  // Row labels without a line of names would be read as entries, and the other way round.
  const keeps = isNamed && (labels === undefined || isLabelled);
  for (const line of keeps ? head : head.filter((text) => text.trim() === '' || text.trimStart().startsWith('#'))) yield `${line}${eol}`;
  for (let i = 0; i < mask.inputs; i++) {
    const row = new Array<string>(mask.outputs).fill(off);
    for (const j of mask.indices.subarray(mask.indptr[i], mask.indptr[i + 1])) row[j] = on;
    const label = keeps && labels ? `${labels[i] ?? ''}${delimiter}` : '';
    yield `${label}${row.join(delimiter)}${eol}`;
  }
}

/** Symmetry is not kept: an edit need not be symmetric. */
function* matrixMarketPieces(mask: MaskData, { isArray, field, comments }: MatrixMarketStyle): Generator<string> {
  yield `%%MatrixMarket matrix ${isArray ? 'array' : 'coordinate'} ${field} general\n`;
  for (const comment of comments) yield `${comment}\n`;
  const imaginary = field === 'complex' ? ' 0' : '';
  if (!isArray) {
    yield `${mask.inputs} ${mask.outputs} ${nnz(mask)}\n`;
    const value = field === 'pattern' ? '' : ` 1${imaginary}`;
    for (let i = 0; i < mask.inputs; i++) {
      let lines = '';
      for (let k = mask.indptr[i] ?? 0; k < (mask.indptr[i + 1] ?? 0); k++) lines += `${i + 1} ${(mask.indices[k] ?? 0) + 1}${value}\n`;
      yield lines;
    }
    return;
  }
  yield `${mask.inputs} ${mask.outputs}\n`;
  const on = new Uint8Array(mask.inputs * mask.outputs);
  forEachEdge(mask, (i, j) => (on[j * mask.inputs + i] = 1));
  for (let j = 0; j < mask.outputs; j++) yield Array.from(on.subarray(j * mask.inputs, (j + 1) * mask.inputs), (bit) => `${bit}${imaginary}\n`).join('');
}

/** The same type of numbers, in the same order: a 1 is the same bytes everywhere. */
function npyBytes(mask: MaskData, { descr, fortranOrder }: NpyStyle): Uint8Array {
  const one = oneOf(descr);
  const header = npyHeader(descr, `(${mask.inputs}, ${mask.outputs})`, fortranOrder);
  const bytes = new Uint8Array(header.length + one.length * mask.inputs * mask.outputs);
  bytes.set(header);
  forEachEdge(mask, (i, j) => bytes.set(one, header.length + one.length * (fortranOrder ? j * mask.inputs + i : i * mask.outputs + j)));
  return bytes;
}

function oneOf(descr: string): Uint8Array {
  const size = Number(descr.slice(2));
  const view = new DataView(new ArrayBuffer(size));
  const isLittle = !descr.startsWith('>');
  if (descr[1] !== 'f') view.setUint8(isLittle ? 0 : size - 1, 1);
  else if (size === 8) view.setFloat64(0, 1, isLittle);
  else if (size === 4) view.setFloat32(0, 1, isLittle);
  else view.setUint16(0, 0x3c00, isLittle); // 1 as a half
  return new Uint8Array(view.buffer);
}
