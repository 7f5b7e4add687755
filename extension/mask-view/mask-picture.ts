import { KERNEL_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import type { MimeBundle } from '../../kernel/protocol/messages.js';

/** What the panel draws. */
export interface MaskPicture {
  /** A file's name, or the expression. */
  readonly title: string;
  readonly mime: string;
  readonly payload: unknown;
}

/** The view in a value's bundle: that of a mask, or that of a kernel. */
export function pictureIn(bundle: MimeBundle, title: string): MaskPicture | undefined {
  const mime = [MASK_MIME, KERNEL_MIME].find((candidate) => bundle[candidate] !== undefined);
  return mime === undefined ? undefined : { title, mime, payload: bundle[mime] };
}

/** A value's whole text. */
export function textIn(bundle: MimeBundle): string {
  const text = bundle['text/plain'];
  if (typeof text === 'string' && text !== '') return text;
  return Object.keys(bundle).length === 0 ? 'undefined' : `a value of type ${Object.keys(bundle).join(', ')}`;
}

/** A value in words: the first line of its text, cut. */
export function valueInWords(bundle: MimeBundle): string {
  const [line = '', ...more] = textIn(bundle).split('\n');
  return line.length > 80 || more.length > 0 ? `${line.slice(0, 80)}…` : line;
}
