import { nnz, type MaskData } from '../mask-data.js';
import { MaskFileError, quoted } from './mask-file-error.js';
import { extensionOf, EXTENSIONS_IN_WORDS } from './read-mask-file.js';
import { npyOfInt32, npyOfInt64, npyOfMask, npyOfTrue, npyOfWord } from './write-npy.js';

/** A file with one entry for every pair of input and output is refused above this. */
const MAX_ENTRIES = 2 ** 28;
const LINES_PER_PIECE = 65_536;

/**
 * The content of a mask file, in pieces to be written one after the other; the extension of its name says in which format.
 * What is written is read again by `readMaskFile`, and `.mtx`, `.npy` and `.npz` by SciPy and NumPy: `.npz` is
 * `scipy.sparse.save_npz` of a bool CSR matrix.
 *
 * @param zip a zip archive of these files
 * @throws MaskFileError for an unknown extension, and for a mask that is too large for a file that holds every 0
 */
export function maskFilePieces(file: string, mask: MaskData, zip: (files: Record<string, Uint8Array>) => Uint8Array): Iterable<string | Uint8Array> {
  const extension = extensionOf(file);
  switch (extension) {
    case 'mtx':
      return matrixMarketPieces(mask);
    case 'csv':
      checkEntries(file, mask);
      return csvPieces(mask);
    case 'npy':
      checkEntries(file, mask);
      return [npyOfMask(mask)];
    case 'npz':
      return [zip(sparseArrays(mask))];
    case 'json':
      return [JSON.stringify({ shape: [mask.inputs, mask.outputs], indptr: Array.from(mask.indptr), indices: Array.from(mask.indices) })];
    default:
      throw new MaskFileError(file, '', `the extension is ${quoted(extension)}, not one of ${EXTENSIONS_IN_WORDS}`, 'Give the file one of these.');
  }
}

function checkEntries(file: string, mask: MaskData): void {
  const entries = mask.inputs * mask.outputs;
  if (entries <= MAX_ENTRIES) return;
  throw new MaskFileError(file, '', `a mask of ${mask.inputs} × ${mask.outputs} has ${entries} entries, and such a file holds each of them`, `Above ${MAX_ENTRIES} save it as .npz or .mtx, which hold connections only.`);
}

function* matrixMarketPieces(mask: MaskData): Generator<string, void, undefined> {
  yield `%%MatrixMarket matrix coordinate pattern general\n${mask.inputs} ${mask.outputs} ${nnz(mask)}\n`;
  let lines: string[] = [];
  for (let i = 0; i < mask.inputs; i++) {
    for (let k = mask.indptr[i] ?? 0; k < (mask.indptr[i + 1] ?? 0); k++) lines.push(`${i + 1} ${(mask.indices[k] ?? 0) + 1}\n`);
    if (lines.length < LINES_PER_PIECE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

function* csvPieces(mask: MaskData): Generator<string, void, undefined> {
  for (let i = 0; i < mask.inputs; i++) {
    const row = new Array<number>(mask.outputs).fill(0);
    for (const j of mask.indices.subarray(mask.indptr[i], mask.indptr[i + 1])) row[j] = 1;
    yield `${row.join(',')}\n`;
  }
}

/** The arrays of `scipy.sparse.save_npz(path, csr_matrix)`. */
const sparseArrays = (mask: MaskData): Record<string, Uint8Array> => ({
  'indices.npy': npyOfInt32(mask.indices),
  'indptr.npy': npyOfInt32(mask.indptr),
  'format.npy': npyOfWord('csr'),
  'shape.npy': npyOfInt64([mask.inputs, mask.outputs]),
  'data.npy': npyOfTrue(nnz(mask)),
});
