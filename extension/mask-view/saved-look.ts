/** What is drawn as a file: a picture, or the mask in any of its formats. */
import { extensionOf, MASK_FILE_EXTENSIONS } from '../../kernel/model/files/read-mask-file.js';
import { maskFilePieces } from '../../kernel/model/files/write-mask-file.js';
import type { MatrixLook } from '../../kernel/model/look/look.js';
import { maskOfExact } from '../../kernel/model/look/matrix-look.js';
import { parseKernelView } from '../../kernel/model/views/kernel-view.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { KERNEL_MIME } from '../../kernel/model/views/media-types.js';
import { isProblem } from '../../kernel/model/views/problem.js';
import { matrixPicture } from '../../kernel/model/views/svg/matrix-picture.js';
import { pngDataUri } from '../../kernel/picture/encode-png.js';
import { patchbayError } from '../errors/catalogue.js';

/** Of VS Code's save dialog: the first is the default. */
export const SAVE_FILTERS: Readonly<Record<string, string[]>> = {
  'PNG Picture': ['png'],
  'SVG Picture': ['svg'],
  'CSV of 0 and 1': ['csv'],
  'Matrix Market': ['mtx'],
  'NumPy Array': ['npy'],
  'SciPy Sparse Matrix': ['npz'],
  'JSON of Patchbay': ['json'],
};

export interface SaveTools {
  readonly rasterize: (svg: string) => Promise<Uint8Array>;
  readonly zip: (files: Record<string, Uint8Array>) => Uint8Array;
}

/**
 * The content of a file in pieces; its extension says in which format.
 *
 * @param title of what is drawn, for messages
 * @throws PatchbayError `unknownFormat`, `tooLargeToSave`; MaskFileError for a mask that is too large for its format
 */
export async function savedLook(file: string, title: string, matrix: MatrixLook, { rasterize, zip }: SaveTools): Promise<Iterable<string | Uint8Array>> {
  const extension = extensionOf(file);
  if (extension === 'svg') return [pictureOf(matrix)];
  if (extension === 'png') return [await rasterize(pictureOf(matrix))];
  const known: readonly string[] = MASK_FILE_EXTENSIONS;
  if (!known.includes(extension)) throw patchbayError('unknownFormat', file, ['png', 'svg', ...known].map((format) => `.${format}`).join(', '));
  if (matrix.exact === undefined) throw patchbayError('tooLargeToSave', title);
  return maskFilePieces(file, maskOfExact(matrix.exact), zip);
}

function pictureOf({ mime, payload }: MatrixLook): string {
  const view = mime === KERNEL_MIME ? parseKernelView(payload) : parseMaskView(payload);
  if (isProblem(view)) throw new Error(view.problem);
  return matrixPicture(view, pngDataUri);
}
