import type { MaskData } from '../mask-data.js';
import { readCsv } from './csv.js';
import { readJson } from './json.js';
import { MaskFileError, quoted } from './mask-file-error.js';
import { readMatrixMarket } from './matrix-market.js';
import { readNpy } from './npy.js';

/** The extensions of mask files, without the dot. */
export const MASK_FILE_EXTENSIONS = ['mtx', 'csv', 'npy', 'json'] as const;

/** What this leaf lacks and its caller has. */
export interface MaskFileTools {
  /** UTF-8 to text; throws on bytes that are none. */
  decodeText(bytes: Uint8Array): string;
}

/**
 * Reads a mask from the bytes of a file; the extension of its name says in which format.
 *
 * @param file name or path, as an error shall call it
 * @throws MaskFileError for everything that is wrong with name or bytes
 */
export function readMaskFile(file: string, bytes: Uint8Array, tools: MaskFileTools): MaskData {
  const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  switch (extension) {
    case 'mtx':
      return readMatrixMarket(file, decode(file, bytes, tools));
    case 'csv':
      return readCsv(file, decode(file, bytes, tools));
    case 'json':
      return readJson(file, decode(file, bytes, tools));
    case 'npy':
      return readNpy(file, bytes, (part) => decode(file, part, tools));
    default:
      throw new MaskFileError(file, '', `the extension is ${quoted(extension)}, not one of ${MASK_FILE_EXTENSIONS.map((known) => `.${known}`).join(', ')}`, 'Rename the file, or save the mask with mask.save(…) in a cell.');
  }
}

function decode(file: string, bytes: Uint8Array, tools: MaskFileTools): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new MaskFileError(file, 'byte 0', 'the text is UTF-16', 'Save it as UTF-8.');
  }
  try {
    return tools.decodeText(bytes);
  } catch {
    throw new MaskFileError(file, '', 'the text is not UTF-8', 'Save it as UTF-8.');
  }
}
