import { inspect } from 'node:util';
import { codeFrame } from '../../compile/code-frame.js';
import type { ErrorContent } from '../../protocol/messages.js';
import { firstPlace } from './stack.js';

/** Source text by label: `Cell 3` -> its text. */
export type CellTexts = ReadonlyMap<string, string>;

/** Causes of causes, and inner errors of an AggregateError, and no further. */
const MAX_CAUSES = 5;

/**
 * What a client shows of a thrown value: `ename` its name, `evalue` its message, and a trace that names cell and line,
 * shows the line itself, the error's own fields and its causes.
 */
export function errorContent(thrown: unknown, cells: CellTexts): ErrorContent {
  const { ename, evalue, traceback: lines } = contentOf(thrown, cells);
  // A lone surrogate is no text that a client could save.
  return { ename: ename.toWellFormed(), evalue: evalue.toWellFormed(), traceback: lines.map((line) => line.toWellFormed()) };
}

function contentOf(thrown: unknown, cells: CellTexts): ErrorContent {
  if (!isError(thrown)) {
    const shown = inspect(thrown, { depth: 2 });
    return { ename: 'Thrown', evalue: shown, traceback: [`Thrown: ${shown}`, 'The cell threw a value that is no Error, so there is no trace.'] };
  }
  return { ename: text(thrown.name, 'Error'), evalue: text(thrown.message, ''), traceback: traceback(thrown, cells, MAX_CAUSES) };
}

function traceback(error: Error, cells: CellTexts, causes: number): string[] {
  const stack = text(error.stack, '');
  const name = text(error.name, 'Error');
  const message = text(error.message, '');
  const frames = withoutHeadline(stack, name, message).split('\n').filter((line) => /^ {4}at /.test(line));
  const place = firstPlace(frames.join('\n'), (label) => cells.has(label));
  const source = place === undefined ? undefined : cells.get(place.file);
  if (place !== undefined && source !== undefined) {
    const at = frames.findIndex((frame) => frame.includes(`${place.file}, line ${place.line}, column ${place.column}`));
    frames.splice(at + 1, 0, ...codeFrame(source, place.line, place.column));
  }
  const lines = [message === '' ? name : `${name}: ${message}`, ...frames];
  const own = ownFields(error);
  if (own !== undefined) lines.push(own);
  if (error instanceof AggregateError && causes > 0) {
    const inner: unknown[] = error.errors;
    for (const one of inner.slice(0, MAX_CAUSES)) lines.push(...indented(isError(one) ? traceback(one, cells, causes - 1) : [inspect(one, { depth: 1 })]));
    if (inner.length > MAX_CAUSES) lines.push(`  … and ${inner.length - MAX_CAUSES} more errors`);
  }
  if (error.cause !== undefined && causes > 0) {
    const cause = isError(error.cause) ? traceback(error.cause, cells, causes - 1) : [inspect(error.cause, { depth: 1 })];
    lines.push(`Caused by ${cause[0] ?? ''}`, ...cause.slice(1));
  }
  return lines;
}

const indented = (lines: readonly string[]): string[] => lines.map((line, i) => (i === 0 ? `  - ${line}` : `    ${line}`));

/** A message may have lines that look like frames. */
function withoutHeadline(stack: string, name: string, message: string): string {
  const headline = message === '' ? name : `${name}: ${message}`;
  return stack.startsWith(headline) ? stack.slice(headline.length) : stack;
}

/** Fields that the program gave its error, such as `code`. */
function ownFields(error: Error): string | undefined {
  const fields = Object.fromEntries(Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause', 'errors'].includes(key)));
  if (Object.keys(fields).length === 0) return undefined;
  return `  ${inspect(fields, { depth: 1, breakLength: 100, maxArrayLength: 10, maxStringLength: 500 })}`;
}

function isError(value: unknown): value is Error {
  return value instanceof Error || (typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Error]');
}

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
