import type { CellSyntaxError } from '../compile/index.js';
import { codeFrame } from '../compile/code-frame.js';
import type { ErrorContent } from '../protocol/messages.js';

/** The error of a cell that does not parse: what, where, and the line itself. */
export function syntaxErrorContent(error: CellSyntaxError, source: string, label: string): ErrorContent {
  const where = `    at ${label}, line ${error.line}, column ${error.column}`;
  const frame = codeFrame(source, error.line, error.column);
  return { ename: 'SyntaxError', evalue: error.message, traceback: [`SyntaxError: ${error.message}`, where, ...frame] };
}
