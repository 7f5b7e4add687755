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
/** Types whose values *Visualize Mask* draws. */
const DRAWN_TYPE = /^(?:const|let|var|using|await using|\(alias\) (?:const|let|var)) [^\n]*: (?:Mask(?:\[\])?|Masked(?:Dense|Conv2d|Layer)|(?:\w+\.)?(?:Sequential|LayersModel|Tensor2D|Variable))$/;

/** CSS pixels. */
const WIDTH = 300;
/** VS Code cuts Markdown of more than 100,000 characters. */
const MOST_CHARACTERS = 90_000;

/** The variable under the mouse, when *Visualize Mask* draws what its type says it holds. */
export function drawnVariable(hover: Hover, lines: readonly string[]): string | undefined {
  return DRAWN_TYPE.test(hover.signature.trim()) ? variableAt(hover, lines) : undefined;
}

/** A link that visualizes a variable. */
export function visualizeLink(notebook: string, expression: string): string {
  // Parentheses would end the address.
  const argument = encodeURIComponent(JSON.stringify([{ notebook, expression }])).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return `[$(table) Visualize Mask](command:${VISUALIZE}?${argument} "Draw ${expression} in a panel beside the notebook")`;
}

export const VISUALIZE = 'patchbay.visualizeMask';

/**
 * What to evaluate for the variable under the mouse when its type is that of a mask or a masked layer: itself, or its mask.
 * Anything but a variable could be code of the user's, and looking at code runs none of it.
 *
 * @param lines the cell's text
 */
export function maskExpression(hover: Hover, lines: readonly string[]): string | undefined {
  const type = MASK_TYPE.exec(hover.signature.trim());
  const name = type === null ? undefined : variableAt(hover, lines);
  if (type === null || name === undefined) return undefined;
  return type[1] === undefined ? `${name}.mask` : name;
}

function variableAt({ range }: Hover, lines: readonly string[]): string | undefined {
  if (range.start.line !== range.end.line) return undefined;
  const name = textIn(lines, range);
  const before = (lines[range.start.line] ?? '').slice(0, range.start.character);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || /[.#]\s*$/.test(before)) return undefined;
  return name;
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
