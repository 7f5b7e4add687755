import type { MaskData } from '../mask-data.js';
import { readCsv } from './csv.js';
import { readJson } from './json.js';
import { MaskFileError, quoted } from './mask-file-error.js';
import { readMatrixMarket } from './matrix-market.js';
import { readNpy } from './npy.js';
import { readNpz, type NpzTools } from './npz.js';

/** The extensions of mask files, without the dot. */
export const MASK_FILE_EXTENSIONS = ['mtx', 'csv', 'npy', 'npz', 'json'] as const;

/** `.mtx, .csv, …` */
export const EXTENSIONS_IN_WORDS = MASK_FILE_EXTENSIONS.map((known) => `.${known}`).join(', ');

/** What follows the last dot of a file's name, in lower case; empty without one. */
export const extensionOf = (file: string): string => /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';

export type MaskFileTools = NpzTools;

/**
 * Reads a mask from the bytes of a file; the extension of its name says in which format.
 *
 * @param file name or path, as an error shall call it
 * @throws MaskFileError for everything that is wrong with name or bytes
 */
export function readMaskFile(file: string, bytes: Uint8Array, tools: MaskFileTools): MaskData {
  const extension = extensionOf(file);
  switch (extension) {
    case 'mtx':
      return readMatrixMarket(file, decode(file, bytes, tools));
    case 'csv':
      return readCsv(file, decode(file, bytes, tools));
    case 'json':
      return readJson(file, decode(file, bytes, tools));
    case 'npy':
      return readNpy(file, bytes, (part) => decode(file, part, tools));
    case 'npz':
      return readNpz(file, bytes, { ...tools, decodeText: (part) => decode(file, part, tools) });
    default:
      throw new MaskFileError(file, '', `the extension is ${quoted(extension)}, not one of ${EXTENSIONS_IN_WORDS}`, 'Rename the file, or save the mask with mask.save(…) in a cell.');
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
