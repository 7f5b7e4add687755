/**
 * The line of a source text that an error is about, with a caret under the column:
 * ```
 *       2 | mask.flip()
 *         |      ^
 * ```
 * Line and column are 1-based. A line that does not exist gives nothing.
 */
export function codeFrame(source: string, line: number, column: number): string[] {
  const text = source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1];
  if (text === undefined) return [];
  const number = String(line).padStart(5);
  const start = Math.max(0, column - MAX_CHARS / 2);
  const cut = text.slice(start, start + MAX_CHARS).replaceAll('\t', ' ');
  return [`  ${number} | ${cut}`, `  ${' '.repeat(number.length)} | ${' '.repeat(Math.max(0, column - 1 - start))}^`];
}

/** A line of minified code would fill the screen. */
const MAX_CHARS = 160;
