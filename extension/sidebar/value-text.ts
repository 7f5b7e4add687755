import type { MimeBundle } from '../../kernel/protocol/messages.js';

/** A value's whole text. */
export function textIn(bundle: MimeBundle): string {
  const text = bundle['text/plain'];
  if (typeof text === 'string' && text !== '') return text;
  return Object.keys(bundle).length === 0 ? 'undefined' : `a value of type ${Object.keys(bundle).join(', ')}`;
}
