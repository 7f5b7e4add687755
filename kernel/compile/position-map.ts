import type { PositionMapData } from './cell.js';

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** Offsets of the first character of each line; lines end as ECMAScript says (LF, CR, CR LF, U+2028, U+2029). */
export function lineStarts(text: string): number[] {
  const starts = [0];
  const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;
  while (lineEnd.test(text)) starts.push(lineEnd.lastIndex);
  return starts;
}

/** Line and column of an offset. */
export function positionAt(starts: readonly number[], offset: number): Position {
  const line = lastAtMost(starts.length, offset, (at) => starts[at] ?? 0);
  return { line: line + 1, column: Math.max(0, offset - (starts[line] ?? 0)) + 1 };
}

/** Where a position of the generated code, as V8 tells it (1-based), stands in the text that the user wrote. */
export function originalPosition(map: PositionMapData, line: number, column: number): Position {
  const starts = map.generatedLineStarts;
  const lineStart = starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
  return positionAt(map.originalLineStarts, originalOffset(map.segments, lineStart + column - 1));
}

/**
 * The original offset of a generated one. Text that we inserted belongs to the place where it was inserted.
 *
 * @param segments triples (generated offset, original offset, length), ascending
 */
export function originalOffset(segments: readonly number[], generated: number): number {
  if (segments.length === 0) return 0;
  const at = 3 * lastAtMost(segments.length / 3, generated, (index) => segments[3 * index] ?? 0);
  const [start = 0, original = 0, length = 0] = segments.slice(at, at + 3);
  return original + Math.min(Math.max(0, generated - start), Math.max(0, length - 1));
}

/** Index of the last of `count` ascending keys that is at most `value`; 0 when none is. */
export function lastAtMost(count: number, value: number, key: (index: number) => number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (key(middle) <= value) low = middle;
    else high = middle;
  }
  return low;
}
