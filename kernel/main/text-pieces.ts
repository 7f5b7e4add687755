/** A text of 50 MB goes as a few messages: none of them takes the client's breath away. */
export const MAX_PIECE_CHARS = 4 << 20;

/** The text in pieces that are whole characters each; lone surrogates are replaced. */
export function wellFormedPieces(text: string, max = MAX_PIECE_CHARS): string[] {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  const pieces: string[] = [];
  for (let at = 0; at < whole.length; ) {
    let end = Math.min(whole.length, at + max);
    if (end < whole.length && isHighSurrogate(whole.charCodeAt(end - 1))) end--;
    pieces.push(whole.slice(at, end));
    at = end;
  }
  return pieces;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
