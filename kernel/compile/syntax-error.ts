import type { CellSyntaxError, PositionMapData } from './cell.js';
import { lineStarts, originalPosition, positionAt } from './position-map.js';

/** A cell that cannot run, found while compiling it; `offset` is in the cell's own text. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }

  describe(source: string): CellSyntaxError {
    return { message: this.message, ...positionAt(lineStarts(source), this.offset) };
  }
}

/**
 * The position of a SyntaxError that V8 threw when it compiled a cell (`new vm.Script(cell.code, { filename })`), in the
 * cell's own text. Undefined for any other error, such as a SyntaxError that the running cell made itself.
 *
 * Node puts file, line and a line of carets in front of the stack of such an error.
 */
export function scriptSyntaxError(error: unknown, fileName: string, map: PositionMapData): CellSyntaxError | undefined {
  if (!(error instanceof SyntaxError) || typeof error.stack !== 'string' || !error.stack.startsWith(`${fileName}:`)) return undefined;
  const [place = '', ...rest] = error.stack.slice(fileName.length + 1).split('\n');
  const line = Number.parseInt(place, 10);
  if (!Number.isInteger(line)) return undefined;
  const carets = rest.find((text) => /^[ \t]*\^+[ \t]*$/.test(text));
  return { message: error.message, ...originalPosition(map, line, carets === undefined ? 1 : carets.indexOf('^') + 1) };
}
