import type { LinePosition, LineRange } from '../../../protocol/language.js';

/** Offset of each line's first character. Lines end with \n, \r\n or \r, as in VS Code. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}

/** The offset of a position; one beyond the end of its line or text is the nearest that there is. */
export function offsetAt(text: string, starts: readonly number[], { line, character }: LinePosition): number {
  if (line < 0) return 0;
  const start = starts[line];
  if (start === undefined) return text.length;
  const next = starts[line + 1];
  const end = next === undefined ? text.length : next - (text.startsWith('\r\n', next - 2) ? 2 : 1);
  return Math.min(Math.max(start + character, start), end);
}

/** The position of an offset; one inside \r\n is before it. */
export function positionAt(starts: readonly number[], offset: number): LinePosition {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

export function rangeAt(starts: readonly number[], start: number, end: number): LineRange {
  return { start: positionAt(starts, start), end: positionAt(starts, end) };
}

/** The one change that makes `after` of `before`: what is equal at the start and at the end stays. */
export function changeBetween(before: string, after: string): { readonly start: number; readonly removed: number; readonly inserted: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, removed: before.length - start - same, inserted: after.length - start - same };
}
