import { decode } from '@jridgewell/sourcemap-codec';
import { lastAtMost, lineStarts } from './position-map.js';

/** Pairs (offset in the generated text, offset in the source), ascending: what a source map says, without lines. */
export interface OffsetMap {
  readonly generated: readonly number[];
  readonly original: readonly number[];
}

/** @param mappings the `mappings` of a source map (ECMA-426) with one source */
export function offsetMap(mappings: string, generated: string, source: string): OffsetMap {
  const generatedLines = lineStarts(generated);
  const sourceLines = lineStarts(source);
  const map: { generated: number[]; original: number[] } = { generated: [], original: [] };
  decode(mappings).forEach((line, lineIndex) => {
    for (const segment of line) {
      if (segment.length === 1) continue;
      const [column, , sourceLine, sourceColumn] = segment;
      map.generated.push((generatedLines[lineIndex] ?? 0) + column);
      map.original.push((sourceLines[sourceLine] ?? 0) + sourceColumn);
    }
  });
  return map;
}

/** The source offset of a generated one: that of the token it is in. */
export function throughOffsetMap(map: OffsetMap, offset: number): number {
  return map.original[lastAtMost(map.generated.length, offset, (at) => map.generated[at] ?? 0)] ?? 0;
}

/** Segments into a transformed text become segments into the text that was transformed. */
export function composeSegments(segments: readonly number[], map: OffsetMap, transformed: string, source: string): number[] {
  const out: number[] = [];
  for (let at = 0; at < segments.length; at += 3) {
    const [generated = 0, start = 0, length = 0] = segments.slice(at, at + 3);
    out.push(generated, throughOffsetMap(map, start), 0);
    let next = lastAtMost(map.generated.length, start, (index) => map.generated[index] ?? 0);
    if ((map.generated[next] ?? 0) < start) next++;
    for (; next < map.generated.length; next++) {
      const from = map.generated[next] ?? 0;
      if (from >= start + length) break;
      const original = map.original[next] ?? 0;
      const end = Math.min(map.generated[next + 1] ?? Infinity, start + length);
      out.push(generated + from - start, original, commonLength(transformed, from, end, source, original));
    }
  }
  return out;
}

/** How far both texts read the same. */
function commonLength(a: string, aStart: number, aEnd: number, b: string, bStart: number): number {
  let length = 0;
  while (aStart + length < aEnd && a[aStart + length] === b[bStart + length]) length++;
  return length;
}
