/** Jupyter counts the characters of a text in code points (protocol 5.2), JavaScript in UTF-16 units. */

export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

export function toCodePoints(text: string, offset: number): number {
  let count = 0;
  for (let at = 0; at < Math.min(offset, text.length); at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}
