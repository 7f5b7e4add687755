/** What a hover shows of a mask or a masked layer beside its type: its sentence, and a small picture. */
import type { Hover, LineRange } from '../../kernel/protocol/language.js';
import type { MimeBundle } from '../../kernel/protocol/messages.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { maskSentence } from '../../kernel/model/views/matrix-sentence.js';
import { MASK_MIME } from '../../kernel/model/views/media-types.js';
import { isProblem } from '../../kernel/model/views/problem.js';
import { matrixPicture } from '../../kernel/model/views/svg/matrix-picture.js';
import { pngDataUri } from '../../kernel/picture/encode-png.js';
import { plain } from './markdown.js';

const MASK_TYPE = /^(?:const|let|var|using|await using) [^\n]*: (?:(Mask)|MaskedDense|MaskedConv2d|MaskedLayer)$/;

/** CSS pixels. */
const WIDTH = 300;
/** VS Code cuts Markdown of more than 100,000 characters. */
const MOST_CHARACTERS = 90_000;

/**
 * What to evaluate for the variable under the mouse when its type is that of a mask or a masked layer: itself, or its mask.
 * Anything but a variable could be code of the user's, and looking at code runs none of it.
 *
 * @param lines the cell's text
 */
export function maskExpression({ signature, range }: Hover, lines: readonly string[]): string | undefined {
  const type = MASK_TYPE.exec(signature.trim());
  if (type === null || range.start.line !== range.end.line) return undefined;
  const name = textIn(lines, range);
  const before = (lines[range.start.line] ?? '').slice(0, range.start.character);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || /[.#]\s*$/.test(before)) return undefined;
  return type[1] === undefined ? `${name}.mask` : name;
}

const textIn = (lines: readonly string[], { start, end }: LineRange): string => (lines[start.line] ?? '').slice(start.character, end.character);

/** Markdown of the value's view; undefined when it has none. */
export function maskMarkdown(bundle: MimeBundle): string | undefined {
  const view = parseMaskView(bundle[MASK_MIME]);
  if (isProblem(view)) return undefined;
  const address = `data:image/svg+xml;base64,${Buffer.from(matrixPicture(view, pngDataUri)).toString('base64')}`;
  const picture = address.length > MOST_CHARACTERS ? '' : `\n\n<img src="${address}" width="${WIDTH}">`;
  return plain(maskSentence(view)) + picture;
}
