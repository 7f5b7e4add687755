/** What a hover shows of a mask or a masked layer beside its type: its sentence, and a small picture. */
import type { Hover, LineRange } from '../../kernel/protocol/language.js';
import type { MimeBundle } from '../../kernel/protocol/messages.js';
import { parseKernelView } from '../../kernel/model/views/kernel-view.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { kernelSentence, maskSentence } from '../../kernel/model/views/matrix-sentence.js';
import { KERNEL_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import { matrixPicture } from '../../kernel/model/views/svg/matrix-picture.js';
import { pngDataUri } from '../../kernel/picture/encode-png.js';
import { plain } from './markdown.js';

const MASK_TYPE = /^(?:const|let|var|using|await using) [^\n]*: (?:Mask|Masked\w+)$/;

/** CSS pixels. */
const WIDTH = 300;
/** VS Code cuts Markdown of more than 100,000 characters. */
const MOST_CHARACTERS = 90_000;

/**
 * The variable under the mouse when its type is that of a mask or a masked layer. Anything but a variable would have to be
 * evaluated, and looking at code runs none of it.
 *
 * @param lines the cell's text
 */
export function maskVariable({ signature, range }: Hover, lines: readonly string[]): string | undefined {
  if (!MASK_TYPE.test(signature.trim()) || range.start.line !== range.end.line) return undefined;
  const name = textIn(lines, range);
  const before = (lines[range.start.line] ?? '').slice(0, range.start.character);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !/(?:\?\.|\.|#)\s*$/.test(before) ? name : undefined;
}

const textIn = (lines: readonly string[], { start, end }: LineRange): string => (lines[start.line] ?? '').slice(start.character, end.character);

/** Markdown of the value's view; undefined when it has none. */
export function maskMarkdown(bundle: MimeBundle): string | undefined {
  const mask = bundle[MASK_MIME] === undefined ? undefined : parseMaskView(bundle[MASK_MIME]);
  const kernel = bundle[KERNEL_MIME] === undefined ? undefined : parseKernelView(bundle[KERNEL_MIME]);
  const view = mask ?? kernel;
  if (view === undefined || !('view' in view)) return undefined;
  const sentence = view.view === 'mask' ? maskSentence(view) : kernelSentence(view);
  const address = `data:image/svg+xml;base64,${Buffer.from(matrixPicture(view, pngDataUri)).toString('base64')}`;
  const picture = address.length > MOST_CHARACTERS ? '' : `\n\n<img src="${address}" width="${WIDTH}">`;
  return plain(sentence) + picture;
}
